using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Partners.Records;

namespace Trellis.Partners.Assets;

/// <summary>An entry of the catalogue. What its review said stands there for its owner and for the vendor only.</summary>
internal sealed record AssetItem(
    AssetId Id, PartnerId Partner, string PartnerName, AssetKind Kind, string Name, string Description, string[] Products, string[] Verticals, string? Link, FileId? File, string? FileName, string? Terms, bool ForPartners,
    AssetState State, string? StateReason, string? StateBy, DateTime StateAt, DateOnly? PublishedOn, long Version) : IHasVersion
{
    /// <summary>What may happen to it next.</summary>
    public IReadOnlyList<AssetTrigger> Allowed { get; init; } = [];
}

/// <summary>What is looked for.</summary>
internal sealed record AssetFilter(string? Search = null, AssetKind? Kind = null, AssetState? State = null, string? Product = null, string? Vertical = null, PartnerId? Partner = null);

/// <summary>Reads the catalogue: the vendor's people see all; a partner sees its own and what others have published for partners.</summary>
internal static class AssetList
{
    public static async Task<Page<AssetItem>> PageAsync(Work work, AssetFilter filter, Paging paging, CancellationToken ct)
    {
        var rows = Seen(work);
        foreach (var word in Text.Fold(filter.Search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6)) rows = rows.Where(a => a.SearchText.Contains(word));
        if (filter.Kind is { } kind) rows = rows.Where(a => a.Kind == kind);
        if (filter.State is { } state) rows = rows.Where(a => a.State == state);
        if (filter.Partner is { } partner) rows = rows.Where(a => a.PartnerId == partner);
        if (Word(filter.Product) is { } product) rows = rows.Where(a => a.Products.Contains(product));
        if (Word(filter.Vertical) is { } vertical) rows = rows.Where(a => a.Verticals.Contains(vertical));
        var page = await Named(work, rows).PageAsync(a => a.Name, a => a.Id, false, paging, ct);
        var told = await ToldAsync(work, page.Items, ct);
        return page.Select(a => told[a.Id]);
    }

    public static async Task<Result<AssetItem>> FindAsync(Work work, AssetId id, CancellationToken ct)
    {
        var row = await Named(work, Seen(work).Where(a => a.Id == id)).SingleOrDefaultAsync(ct);
        return row is null ? Problem.Missing("entry of the catalogue") : (await ToldAsync(work, [row], ct))[id];
    }

    internal static IQueryable<Asset> Seen(Work work) => work.Db.Set<Asset>().AsNoTracking();

    // The partner's name is read past the actor's sight, and that lifts the filter of the entries, too: who sees which stands here. The vendor and the owner see all; others see what is
    // published for partners by one that is still a partner.
    private static IQueryable<Named> Named(Work work, IQueryable<Asset> rows)
    {
        var (inside, me) = (!work.Actor.IsPartner, work.Actor.Partner);
        return
            from a in rows
            join p in work.Db.Set<Partner>().IgnoreQueryFilters([Db.PartnerFilter]) on new { a.TenantId, Id = a.PartnerId } equals new { p.TenantId, p.Id }
            where inside || a.PartnerId == me || (a.State == AssetState.Published && a.ForPartners && p.State != PartnerState.Former && p.State != PartnerState.Suspended)
            select new Named { Id = a.Id, Name = a.Name, PartnerName = p.Name, Row = a };
    }

    private static async Task<Dictionary<AssetId, AssetItem>> ToldAsync(Work work, IReadOnlyList<Named> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.Row.FileId).OfType<FileId>().ToArray();
        var files = ids.Length == 0 ? [] : await work.Db.Set<PartnerFile>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, f => f.Name, ct);
        var (actor, reviews, submits) = (work.Actor, work.Actor.May(AssetPermissions.Review), work.Actor.May(AssetPermissions.Submit));
        return rows.ToDictionary(r => r.Id, r =>
        {
            var (a, inside) = (r.Row, !actor.IsPartner || r.Row.PartnerId == actor.Partner);
            return new AssetItem(a.Id, a.PartnerId, r.PartnerName, a.Kind, a.Name, a.Description, TextList.Items(a.Products), TextList.Items(a.Verticals), a.Link,
                a.FileId, a.FileId is { } file ? files.GetValueOrDefault(file) : null, a.Terms, a.ForPartners, a.State, inside ? a.StateReason : null, inside ? a.StateBy : null, a.StateAt, a.PublishedOn, a.Version)
            {
                Allowed = [.. AssetLifecycle.Machine.Allowed(a.State).Where(t => t is AssetTrigger.Publish or AssetTrigger.Return ? reviews && !actor.IsPartner : submits && actor.Partner == a.PartnerId)],
            };
        });
    }

    private static string? Word(string? asked) => asked is { Length: > 0 and <= 100 } && Text.IsClean(asked) ? asked : null;
}

/// <summary>A row with the name of its partner, before it is told.</summary>
internal sealed class Named
{
    public AssetId Id { get; init; }
    public string Name { get; init; } = "";
    public string PartnerName { get; init; } = "";
    public Asset Row { get; init; } = null!;
}

/// <summary>The catalogue in the search box.</summary>
internal sealed class AssetSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(AssetPermissions.View) || folded.Length == 0) return [];
        var rows = AssetList.Seen(work).Where(a => a.State == AssetState.Published);
        foreach (var word in folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6)) rows = rows.Where(a => a.SearchText.Contains(word));
        var found = await rows.OrderBy(a => a.Name).Take(ISearchSource.Candidates).Select(a => new { a.Id, a.Name, a.Kind }).ToListAsync(ct);
        return [.. found.Best(folded, limit, a => a.Name).Select(a => new Hit("Catalogue of partners", a.Name, Words.Label(a.Kind), $"{(work.Actor.IsPartner ? "/portal" : "/app/partners")}/catalogue/{a.Id}"))];
    }
}

/// <summary>What a partner has published counts as its contribution.</summary>
internal sealed class AssetGifts(Work work) : IPartnerContributions
{
    public async Task<IReadOnlyList<PartnerGift>> OfAsync(PartnerId partner, int most, CancellationToken ct)
    {
        var rows = await work.Db.Set<Asset>().AsNoTracking().Where(a => a.PartnerId == partner && a.State == AssetState.Published && a.PublishedOn != null).OrderByDescending(a => a.PublishedOn).Take(most)
            .Select(a => new { a.Id, a.Name, a.Kind, a.PublishedOn, a.By }).ToListAsync(ct);
        var root = work.Actor.IsPartner ? "/portal/catalogue/" : "/app/partners/catalogue/";
        return [.. rows.Select(a => new PartnerGift(a.PublishedOn!.Value, "In the catalogue", a.Name, Words.Label(a.Kind), a.By, root + a.Id))];
    }
}
