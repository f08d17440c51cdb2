using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Relations.Strength;
using Trellis.Deals.Workspace;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Relations.Plays;

/// <summary>A suggestion as a page and the API give it, with the page on which it is carried out.</summary>
internal sealed record PlayLine(string Key, PlayKind Kind, string Title, IReadOnlyList<string> Reasons, PartnerId? Partner, string Href)
{
    [JsonIgnore]
    public string InEnglish { get; init; } = "";
}

/// <summary>A deal with its open suggestions.</summary>
internal sealed record OpenPlays(DealId Deal, string Title, string PartnerName, IReadOnlyList<PlayLine> Plays);

/// <summary>Suggestions for a deal or an account, without those that somebody has reviewed. The vendor's people only: they speak of other partners.</summary>
internal static class PlayList
{
    /// <summary>Deals that a page looks through: each is a handful of questions.</summary>
    public const int DealsAPage = 10;

    private const int MostFormations = 40;
    private static readonly OpportunityStage[] OpenStages = [OpportunityStage.Prospecting, OpportunityStage.Engaging];

    public static async Task<Result<List<PlayLine>>> OfDealAsync(Work work, DealId id, CancellationToken ct)
    {
        var deal = work.Actor.IsPartner ? null : await work.Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct);
        return deal is null ? DealsProblems.Missing() : await OfDealAsync(work, new DealRows(deal, await work.Db.Set<DealMember>().AsNoTracking().Where(m => m.DealId == id).ToListAsync(ct), null), ct);
    }

    /// <summary>The same of a deal that was read already.</summary>
    public static async Task<Result<List<PlayLine>>> OfDealAsync(Work work, DealRows rows, CancellationToken ct)
    {
        var (deal, id) = (rows.Deal, rows.Deal.Id);
        if (work.Actor.IsPartner || deal.State == DealState.Draft || await Sights.LevelAsync(work, deal, ct) != DealVisibility.Full) return DealsProblems.Missing();
        if (DealLifecycle.IsOver(deal.State)) return new List<PlayLine>();
        var members = rows.Places.Where(m => m.State is MemberState.Proposed or MemberState.Invited or MemberState.Accepted).ToList();
        var people = await WorkspacePage.CommitteeAsync(work, id, ct);
        var (product, series) = await ProductAsync(work, deal.ProductId, ct);
        var holder = deal.PartnerId;
        var facts = new PlayFacts
        {
            Product = product,
            Team = members.Select(m => m.PartnerId).Append(holder).ToHashSet(),
            DeliveryCovered = members.Exists(m => m.Role is DealRole.Deliver or DealRole.Integrate) || await work.Db.Set<PartnerMotionRow>().AnyAsync(m => m.PartnerId == holder && m.Motion == Motion.Deliver && m.State == MotionState.Active, ct),
            Gaps = people.Count == 0 ? [] : Threads.Gaps([.. people.Select(p => (p.Role, p.Influence, p.Stance, p.CoveredBy))]),
            Candidates = deal.AccountId is { } account ? await CandidatesAsync(work, account, product, series, ct) : [],
            Teams = await TeamsAsync(work, deal.ProductId, ct),
        };
        var root = $"/app/deals/{id}";
        return await OpenAsync(work, id.ToString(), PlayRules.Suggest(facts), p => p.Kind switch
        {
            PlayKind.OpenContact => $"{root}?task={Uri.EscapeDataString(p.Title)}#tasks",
            PlayKind.WinningTeam => $"{root}#agreements",
            PlayKind.CoverDelivery => $"{root}?invite={p.Partner?.ToString() ?? "none"}&role=deliver#team",
            _ => $"{root}?invite={p.Partner}&role=influence#team",
        }, ct);
    }

    /// <summary>Of the newest protected deals, a page of them at a time, those with a suggestion that nobody has reviewed. A page may hold none, and the next one some.</summary>
    public static async Task<Page<OpenPlays>> FindAsync(Work work, string? cursor, CancellationToken ct)
    {
        var deals = await DealList.FindAsync(work, new DealFilter { View = DealView.Approved }, new Paging(cursor, DealsAPage), ct);
        List<OpenPlays> open = [];
        foreach (var deal in deals.Items)
            if (await OfDealAsync(work, deal.Id, ct) is { Ok: true, Value: { Count: > 0 } plays }) open.Add(new OpenPlays(deal.Id, deal.Title, deal.PartnerName, plays));
        return new Page<OpenPlays>(open, deals.Next, deals.Previous);
    }

    /// <summary>Partners to bring in at an account with an open opportunity of the direct team.</summary>
    public static async Task<Result<List<PlayLine>>> OfAccountAsync(Work work, AccountId account, CancellationToken ct)
    {
        if (work.Actor.IsPartner || !await work.Db.Set<AccountRow>().AnyAsync(a => a.Id == account, ct)) return RelationProblems.NoAccount();
        var open = await work.Db.Set<OpportunityRow>().Where(o => o.AccountId == account && OpenStages.Contains(o.Stage)).OrderByDescending(o => o.OpenedOn).Select(o => new { o.Id, o.ProductId }).FirstOrDefaultAsync(ct);
        if (open is null) return new List<PlayLine>();
        var (product, series) = await ProductAsync(work, open.ProductId, ct);
        DealState[] alive = [.. DealLifecycle.Pending, .. DealLifecycle.Claiming];
        var there = await work.Db.Set<Deal>().Where(d => d.AccountId == account && alive.Contains(d.State)).Select(d => d.PartnerId).Take(200).ToListAsync(ct);
        var plays = PlayRules.Suggest(new PlayFacts { OfDeal = false, Product = product, Team = there.ToHashSet(), Candidates = await CandidatesAsync(work, account, product, series, ct) });
        return await OpenAsync(work, account.ToString(), plays, p => $"/app/target-lists?partner={p.Partner}&account={account}", ct);
    }

    private static async Task<List<PlayLine>> OpenAsync(Work work, string place, IReadOnlyList<Play> plays, Func<Play, string> href, CancellationToken ct)
    {
        var reviewed = plays.Count == 0 ? [] : await work.Db.Set<PlayReview>().Where(r => r.Place == place).Select(r => r.Key).ToListAsync(ct);
        return [.. plays.Where(p => !reviewed.Contains(p.Key)).Select(p => new PlayLine(p.Key, p.Kind, p.Title, p.Reasons, p.Partner, href(p)) { InEnglish = p.InEnglish })];
    }

    private static async Task<(string? Name, string? Series)> ProductAsync(Work work, ProductId? product, CancellationToken ct)
    {
        if (product is not { } id) return (null, null);
        var found = await work.Db.Set<ProductRow>().Where(p => p.Id == id).Select(p => new { p.Name, p.Series }).SingleOrDefaultAsync(ct);
        return (found?.Name, found?.Series);
    }

    private static async Task<List<PlayCandidate>> CandidatesAsync(Work work, AccountId account, string? product, string? series, CancellationToken ct)
    {
        var ranked = await StrengthList.OfAccountAsync(work, account, ct);
        if (!ranked.Ok || ranked.Value.Count == 0) return [];
        var (ids, today) = (ranked.Value.Select(r => r.Partner).ToList(), work.Today);
        var rows = await work.Db.Set<PartnerRow>().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.State }).ToDictionaryAsync(p => p.Id, p => p.State, ct);
        var held = (await work.Db.Set<CertificationRow>().Where(c => ids.Contains(c.PartnerId) && c.State == CertificationState.Confirmed && c.ValidFrom <= today && (c.ValidUntil == null || c.ValidUntil >= today))
            .Select(c => new { c.PartnerId, c.Subject }).Take(1000).ToListAsync(ct)).ToLookup(c => c.PartnerId, c => Text.Fold(c.Subject));
        var room = await work.Db.Set<PartnerCapacityRow>().Where(c => ids.Contains(c.PartnerId)).Select(c => new { c.PartnerId, c.ProjectCapacity }).ToDictionaryAsync(c => c.PartnerId, c => c.ProjectCapacity, ct);
        var delivering = await work.Db.Set<PartnerMotionRow>().Where(m => ids.Contains(m.PartnerId) && m.Motion == Motion.Deliver && m.State == MotionState.Active).Select(m => m.PartnerId).ToListAsync(ct);
        return
        [
            .. ranked.Value.Where(r => rows.TryGetValue(r.Partner, out var state) && Registration.MayRegister(state))
                .Select(r => new PlayCandidate(r.Partner, r.PartnerName, r.Points, held[r.Partner].Any(s => (product is not null && s == Text.Fold(product)) || (series is not null && s == Text.Fold(series))), room.GetValueOrDefault(r.Partner), delivering.Contains(r.Partner))),
        ];
    }

    // Of the teams that the vendor has kept, those whose deal was of the same product.
    private static async Task<List<PlayTeam>> TeamsAsync(Work work, ProductId? product, CancellationToken ct)
    {
        if (product is null) return [];
        var found = await (
            from f in work.Db.Set<Formation>().AsNoTracking()
            join d in work.Db.Set<Deal>() on new { f.TenantId, Id = f.DealId } equals new { d.TenantId, d.Id }
            where f.OwnerId == null && d.ProductId == product && d.State == DealState.Won
            orderby f.SavedAt descending
            select f).Take(MostFormations).ToListAsync(ct);
        return [.. found.Select(f => new PlayTeam(f.Id, f.Name, [.. f.Places.Select(p => p.Partner)], [.. f.Places.Select(p => p.PartnerName)]))];
    }
}
