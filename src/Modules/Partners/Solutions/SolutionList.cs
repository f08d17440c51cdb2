using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Solutions;

/// <summary>A partner's part of a solution, as its reader may see it.</summary>
internal sealed record PartLine(PartnerId Partner, string Name, string Does, bool Leads, PartState State, DateTime Since);

/// <summary>A solution with its parts.</summary>
internal sealed record SolutionDetails(
    SolutionGroupId Id, string Name, string Offer, string? Vertical, SolutionGroupId? Parent, string? ParentName, bool Public, string By, DateTime At, IReadOnlyList<PartLine> Parts, IReadOnlyList<SolutionName> Contains, long Version) : IHasVersion
{
    /// <summary>For a partner: where its own part stands.</summary>
    public PartState? Mine { get; init; }
}

internal sealed record SolutionName(SolutionGroupId Id, string Name);

internal sealed record SolutionPartName(SolutionGroupId Id, string Name, string Does);

/// <summary>Reads solutions: staff pages, portal page and API.</summary>
internal static class SolutionList
{
    private const int Most = 300;

    public static Task<IReadOnlyList<SolutionDetails>> AllAsync(Work work, string? search, CancellationToken ct)
    {
        var groups = work.Db.Set<SolutionGroup>().AsNoTracking();
        if (search is { Length: > Searching.Longest }) return Task.FromResult<IReadOnlyList<SolutionDetails>>([]);
        foreach (var word in Text.Fold(search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6)) groups = groups.Where(g => g.SearchText.Contains(word));
        return ReadAsync(work, groups, ct);
    }

    public static async Task<Result<SolutionDetails>> FindAsync(Work work, SolutionGroupId id, CancellationToken ct) =>
        await ReadAsync(work, work.Db.Set<SolutionGroup>().AsNoTracking().Where(g => g.Id == id), ct) is [var one] ? one : SolutionProblems.Missing();

    /// <summary>The solutions of one partner.</summary>
    public static Task<IReadOnlyList<SolutionDetails>> OfPartnerAsync(Work work, PartnerId partner, CancellationToken ct) =>
        ReadAsync(work, work.Db.Set<SolutionGroup>().AsNoTracking().Where(g => work.Db.Set<SolutionPart>().Any(p => p.TenantId == g.TenantId && p.GroupId == g.Id && p.PartnerId == partner && (p.State == PartState.Invited || p.State == PartState.Accepted))), ct);

    /// <summary>The same for the vendor's people, only what the record shows: its name, and what the partner does in it.</summary>
    public static Task<List<SolutionPartName>> NamesOfPartnerAsync(Work work, PartnerId partner, CancellationToken ct) => (
        from p in work.Db.Set<SolutionPart>().AsNoTracking()
        join g in work.Db.Set<SolutionGroup>() on new { p.TenantId, Id = p.GroupId } equals new { g.TenantId, g.Id }
        where p.PartnerId == partner && (p.State == PartState.Invited || p.State == PartState.Accepted)
        orderby g.Name
        select new SolutionPartName(g.Id, g.Name, p.Does)).Take(Most).ToListAsync(ct);

    private static async Task<IReadOnlyList<SolutionDetails>> ReadAsync(Work work, IQueryable<SolutionGroup> groups, CancellationToken ct)
    {
        var (db, me) = (work.Db, work.Actor.Partner);
        var rows = await groups.OrderBy(g => g.Name).Take(Most).ToListAsync(ct);
        if (rows.Count == 0) return [];
        var ids = rows.Select(g => g.Id).ToArray();
        // Whoever is in it itself reads who else has said yes; whoever is only asked reads its own part.
        var joined = me is null ? [.. ids] : await db.Set<SolutionPart>().Where(p => p.PartnerId == me && p.State == PartState.Accepted && ids.Contains(p.GroupId)).Select(p => p.GroupId).ToArrayAsync(ct);
        var parts = (await (
            from p in db.Set<SolutionPart>().IgnoreQueryFilters([Db.PartnerFilter])
            join partner in db.Set<Partner>() on new { p.TenantId, Id = p.PartnerId } equals new { partner.TenantId, partner.Id }
            where ids.Contains(p.GroupId) && (me == null || p.PartnerId == me || (p.State == PartState.Accepted && joined.Contains(p.GroupId)))
            orderby p.Leads descending, partner.Name
            select new { p.GroupId, p.PartnerId, partner.Name, p.Does, p.Leads, p.State, Since = p.AnsweredAt ?? p.InvitedAt }).ToListAsync(ct)).ToLookup(p => p.GroupId);
        var around = await db.Set<SolutionGroup>().AsNoTracking().Where(g => ids.Contains(g.Id) || (g.ParentId != null && ids.Contains(g.ParentId.Value)) || db.Set<SolutionGroup>().Any(x => x.TenantId == g.TenantId && ids.Contains(x.Id) && x.ParentId == g.Id))
            .Select(g => new { g.Id, g.Name, g.ParentId }).ToListAsync(ct);
        var names = around.ToDictionary(g => g.Id, g => g.Name);
        return [.. rows.Select(g => new SolutionDetails(
            g.Id, g.Name, g.Offer, g.Vertical, g.ParentId, g.ParentId is { } parent ? names.GetValueOrDefault(parent) : null, g.Public, me is null ? g.By : "", g.At,
            [.. parts[g.Id].Select(p => new PartLine(p.PartnerId, p.Name, p.Does, p.Leads, p.State, p.Since))],
            [.. around.Where(x => x.ParentId == g.Id).OrderBy(x => x.Name, StringComparer.Ordinal).Select(x => new SolutionName(x.Id, x.Name))], g.Version)
        {
            Mine = parts[g.Id].Where(p => p.PartnerId == me).Select(p => (PartState?)p.State).FirstOrDefault(),
        })];
    }
}

/// <summary>Solutions in the search box: of the vendor all, of a partner its own.</summary>
internal sealed class SolutionSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(SolutionPermissions.View) || folded.Length == 0) return [];
        var groups = work.Db.Set<SolutionGroup>().AsNoTracking();
        foreach (var word in folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6)) groups = groups.Where(g => g.SearchText.Contains(word));
        var found = await groups.OrderBy(g => g.Name).Take(ISearchSource.Candidates).Select(g => new { g.Id, g.Name, g.Vertical }).ToListAsync(ct);
        return [.. found.Best(folded, limit, g => g.Name).Select(g => new Hit("Solution", g.Name, g.Vertical ?? "For every industry", work.Actor.IsPartner ? $"/portal/solutions#{g.Id}" : $"/app/partners/solutions/{g.Id}"))];
    }
}
