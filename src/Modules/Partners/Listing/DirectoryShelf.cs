using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Partners.Applying;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.Solutions;

namespace Trellis.Partners.Listing;

/// <summary>A partner as strangers see it: nothing that it has not said yes to.</summary>
internal sealed record PublicPartner(
    string Slug, string Name, PartnerType Type, string Country, string Region, string? City, Tier Tier, string? Headline, string? About, string? Website, string? ContactUrl,
    IReadOnlyList<string> Competencies, IReadOnlyList<string> Verticals, IReadOnlyList<string> Languages, IReadOnlyList<string> Territories, IReadOnlyList<string> Technologies)
{
    /// <summary>What a search looks in.</summary>
    public string Folded { get; } = Text.Fold(Name, Headline, City, Countries.Name(Country), string.Join(' ', Competencies), string.Join(' ', Verticals), string.Join(' ', Technologies), string.Join(' ', Territories));
}

/// <summary>A solution as strangers see it: only the parts of partners that are listed themselves.</summary>
internal sealed record PublicSolution(string Anchor, string Name, string Offer, string? Vertical, string? PartOf, IReadOnlyList<PublicPart> Parts);

internal sealed record PublicPart(string Slug, string Name, string Does, bool Leads);

/// <summary>A directory as it stands on the shelf.</summary>
internal sealed record PublicDirectory(bool Open, bool Indexed, string Title, string? Intro, IReadOnlyList<PublicPartner> Partners)
{
    /// <summary>Whether companies may apply to become a partner.</summary>
    public bool TakesApplications { get; init; }

    /// <summary>What listed partners offer together.</summary>
    public IReadOnlyList<PublicSolution> Solutions { get; init; } = [];

    /// <summary>Addresses of records that were merged, with the address of the partner that stayed.</summary>
    public IReadOnlyDictionary<string, string> Moved { get; init; } = new Dictionary<string, string>();

    public static readonly PublicDirectory Closed = new(false, false, "", null, []);
}

/// <summary>
/// The directories of this node in memory, read anew once a minute or when something in them was changed here: a page for strangers costs no statement, however
/// often it is asked for.
/// </summary>
internal sealed class DirectoryShelf(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int Most = 5000;
    private const int LongestChain = 10;

    // Whether a partner is at risk or dormant is the vendor's own judgement and no business of strangers.
    private static readonly PartnerState[] Shown = [PartnerState.Activated, PartnerState.Active, PartnerState.AtRisk, PartnerState.Dormant];

    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<TenantId, (DateTimeOffset Until, Lazy<Task<PublicDirectory>> Directory)> _shelf = [];
    private (DateTimeOffset Until, TenantId? Only) _only;

    public void Forget(TenantId tenant) => _shelf.TryRemove(tenant, out _);

    /// <summary>The tenant whose directory is meant: the named one, or the only one of this installation; with several, nobody is named to strangers.</summary>
    public async Task<TenantId?> TenantAsync(string? program, CancellationToken ct)
    {
        if (program is not null) return Ids.Parse<TenantId>(program);
        if (_only.Until > clock.GetUtcNow()) return _only.Only;
        await using var scope = scopes.CreateAsyncScope();
        TenantId? only = await scope.ServiceProvider.GetRequiredService<ITenants>().AllAsync(ct) is [var one] ? one : null;
        _only = (clock.GetUtcNow() + Keep, only);
        return only;
    }

    public async Task<PublicDirectory> OfAsync(TenantId tenant)
    {
        if (_shelf.TryGetValue(tenant, out var kept) && kept.Until > clock.GetUtcNow() && !kept.Directory.Value.IsFaulted) return await kept.Directory.Value;
        // Those who ask at the same moment wait for one reading.
        var fresh = _shelf.AddOrUpdate(tenant, _ => New(), (_, old) => old.Until > clock.GetUtcNow() && !old.Directory.Value.IsFaulted ? old : New());
        var directory = await fresh.Directory.Value;
        // A made-up tenant must not stay in memory.
        if (!directory.Open) Forget(tenant);
        return directory;

        (DateTimeOffset, Lazy<Task<PublicDirectory>>) New() => (clock.GetUtcNow() + Keep, new Lazy<Task<PublicDirectory>>(() => ReadAsync(tenant)));
    }

    private async Task<PublicDirectory> ReadAsync(TenantId tenant)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        const string why = "the directory is for everybody";
        var settings = await db.AllTenants<DirectorySettings>(why).AsNoTracking().SingleOrDefaultAsync(s => s.TenantId == tenant);
        if (settings is not { Open: true }) return PublicDirectory.Closed;
        var rows = await (
            from l in db.AllTenants<PublicListing>(why).AsNoTracking()
            join p in db.AllTenants<Partner>(why).AsNoTracking() on new { l.TenantId, Id = l.PartnerId } equals new { p.TenantId, p.Id }
            join e in db.AllTenants<Expertise>(why).AsNoTracking() on new { p.TenantId, PartnerId = p.Id } equals new { e.TenantId, e.PartnerId } into told
            from e in told.DefaultIfEmpty()
            where l.TenantId == tenant && l.Listed && p.MergedInto == null && Shown.Contains(p.State)
            orderby p.Name
            select new { Listing = l, Partner = p, Territories = e.Territories, Technologies = e.Technologies }).Take(Most).ToListAsync();
        var listed = rows.ToDictionary(r => r.Partner.Id, r => (r.Listing.Slug, r.Partner.Name));
        return new PublicDirectory(true, settings.Indexed, settings.Title ?? "Find a partner", settings.Intro,
        [
            .. rows.Select(r => new PublicPartner(
                r.Listing.Slug, r.Partner.Name, r.Partner.MainType, r.Partner.Country, r.Partner.Region, r.Partner.City, r.Partner.Tier, r.Listing.Headline, r.Listing.About ?? r.Partner.Description,
                r.Partner.Website, r.Listing.ContactUrl, TextList.Items(r.Partner.Competencies), TextList.Items(r.Partner.Verticals), TextList.Items(r.Partner.Languages),
                TextList.Items(r.Territories ?? ""), TextList.Items(r.Technologies ?? ""))),
        ])
        { TakesApplications = await db.AllTenants<ApplicationSettings>(why).AnyAsync(s => s.TenantId == tenant && s.Open), Solutions = await SolutionsAsync(db, tenant, listed, why), Moved = await MovedAsync(db, tenant, listed, why) };
    }

    private static async Task<IReadOnlyDictionary<string, string>> MovedAsync(Db db, TenantId tenant, IReadOnlyDictionary<PartnerId, (string Slug, string Name)> listed, string why)
    {
        var merged = await db.AllTenants<Partner>(why).Where(p => p.TenantId == tenant && p.MergedInto != null).Select(p => new { p.Id, Into = p.MergedInto!.Value }).ToDictionaryAsync(p => p.Id, p => p.Into);
        if (merged.Count == 0) return new Dictionary<string, string>();
        var left = await (
            from l in db.AllTenants<PublicListing>(why).AsNoTracking()
            join p in db.AllTenants<Partner>(why) on new { l.TenantId, Id = l.PartnerId } equals new { p.TenantId, p.Id }
            where l.TenantId == tenant && l.Listed && p.MergedInto != null
            select new { l.Slug, l.PartnerId }).ToListAsync();
        var moved = new Dictionary<string, string>();
        foreach (var listing in left)
        {
            var at = listing.PartnerId;
            for (var step = 0; step < LongestChain && merged.TryGetValue(at, out var next); step++) at = next;
            if (listed.TryGetValue(at, out var stayed)) moved[listing.Slug] = stayed.Slug;
        }

        return moved;
    }

    // One listed partner alone is no solution of several.
    private static async Task<IReadOnlyList<PublicSolution>> SolutionsAsync(Db db, TenantId tenant, IReadOnlyDictionary<PartnerId, (string Slug, string Name)> listed, string why)
    {
        var groups = await db.AllTenants<SolutionGroup>(why).AsNoTracking().Where(g => g.TenantId == tenant && g.Public).OrderBy(g => g.Name).Take(Most).ToListAsync();
        var ids = groups.Select(g => g.Id).ToArray();
        var parts = (await db.AllTenants<SolutionPart>(why).AsNoTracking().Where(p => p.TenantId == tenant && p.State == PartState.Accepted && ids.Contains(p.GroupId)).ToListAsync()).Where(p => listed.ContainsKey(p.PartnerId)).ToLookup(p => p.GroupId);
        var shown = groups.Where(g => parts[g.Id].Count() > 1).ToList();
        var names = shown.ToDictionary(g => g.Id, g => g.Name);
        return [.. shown.Select(g => new PublicSolution(g.Id.ToString(), g.Name, g.Offer, g.Vertical, g.ParentId is { } parent ? names.GetValueOrDefault(parent) : null,
            [.. parts[g.Id].OrderByDescending(p => p.Leads).ThenBy(p => listed[p.PartnerId].Name, StringComparer.Ordinal).Select(p => new PublicPart(listed[p.PartnerId].Slug, listed[p.PartnerId].Name, p.Does, p.Leads))]))];
    }
}
