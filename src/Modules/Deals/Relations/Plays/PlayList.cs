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

    private static readonly OpportunityStage[] OpenStages = [OpportunityStage.Prospecting, OpportunityStage.Engaging];

    public static async Task<Result<List<PlayLine>>> OfDealAsync(Work work, DealId id, CancellationToken ct) =>
        !work.Actor.IsPartner && (await RowsAsync(work, [id], ct)).SingleOrDefault() is { } rows ? await OfDealAsync(work, rows, ct) : DealsProblems.Missing();

    /// <summary>The same of a deal that was read already.</summary>
    public static async Task<Result<List<PlayLine>>> OfDealAsync(Work work, DealRows rows, CancellationToken ct) =>
        work.Actor.IsPartner || rows.Deal.State == DealState.Draft || (await Sights.OfAsync(work, rows.Deal, ct)).Level != DealVisibility.Full ? DealsProblems.Missing() : (await OfDealsAsync(work, [rows], ct))[rows.Deal.Id];

    /// <summary>Of the newest protected deals, a page of them at a time, those with a suggestion that nobody has reviewed. A page may hold none, and the next one some.</summary>
    public static async Task<Page<OpenPlays>> FindAsync(Work work, string? cursor, CancellationToken ct)
    {
        var deals = await DealList.FindAsync(work, new DealFilter { View = DealView.Approved }, new Paging(cursor, DealsAPage), ct);
        var rows = work.Actor.IsPartner ? [] : await RowsAsync(work, [.. deals.Items.Select(d => d.Id)], ct);
        List<DealRows> seen = [];
        foreach (var deal in rows)
            if ((await Sights.OfAsync(work, deal.Deal, ct)).Level == DealVisibility.Full) seen.Add(deal);
        var plays = await OfDealsAsync(work, seen, ct);
        return new Page<OpenPlays>([.. from d in deals.Items where plays.TryGetValue(d.Id, out var open) && open.Count > 0 select new OpenPlays(d.Id, d.Title, d.PartnerName, plays[d.Id])], deals.Next, deals.Previous);
    }

    /// <summary>Partners to bring in at an account with an open opportunity of the direct team.</summary>
    public static async Task<Result<List<PlayLine>>> OfAccountAsync(Work work, AccountId account, CancellationToken ct)
    {
        if (work.Actor.IsPartner || !await work.Db.Set<AccountRow>().AnyAsync(a => a.Id == account, ct)) return RelationProblems.NoAccount();
        var open = await work.Db.Set<OpportunityRow>().Where(o => o.AccountId == account && OpenStages.Contains(o.Stage)).OrderByDescending(o => o.OpenedOn).Select(o => new { o.Id, o.ProductId }).FirstOrDefaultAsync(ct);
        if (open is null) return new List<PlayLine>();
        DealState[] alive = [.. DealLifecycle.Pending, .. DealLifecycle.Claiming];
        var there = await work.Db.Set<Deal>().Where(d => d.AccountId == account && alive.Contains(d.State)).Select(d => d.PartnerId).Take(200).ToListAsync(ct);
        var read = await PlayReading.OfAsync(work, [account], [open.ProductId], ct);
        var plays = PlayRules.Suggest(new PlayFacts { OfDeal = false, Product = read.ProductOf(open.ProductId)?.Name, Team = there.ToHashSet(), Candidates = read.CandidatesAt(account, open.ProductId) });
        var reviewed = plays.Count == 0 ? null : await ReviewedAsync(work, [account.ToString()], ct);
        return Open(plays, reviewed?[account.ToString()], p => $"/app/target-lists?partner={p.Partner}&account={account}");
    }

    private static async Task<List<DealRows>> RowsAsync(Work work, DealId[] ids, CancellationToken ct)
    {
        if (ids.Length == 0) return [];
        var deals = await work.Db.Set<Deal>().AsNoTracking().Where(d => ids.Contains(d.Id)).ToListAsync(ct);
        var places = (await work.Db.Set<DealMember>().AsNoTracking().Where(m => ids.Contains(m.DealId)).ToListAsync(ct)).ToLookup(m => m.DealId);
        return deals.ConvertAll(d => new DealRows(d, [.. places[d.Id]], null));
    }

    // Deals that the actor reads in full; one that is over has no suggestions any more.
    private static async Task<Dictionary<DealId, List<PlayLine>>> OfDealsAsync(Work work, IReadOnlyList<DealRows> deals, CancellationToken ct)
    {
        var alive = deals.Where(d => !DealLifecycle.IsOver(d.Deal.State)).ToList();
        Dictionary<DealId, List<PlayLine>> lines = deals.ToDictionary(d => d.Deal.Id, _ => new List<PlayLine>());
        if (alive.Count == 0) return lines;
        var read = await PlayReading.OfAsync(work, [.. alive.Select(d => d.Deal.AccountId).OfType<AccountId>()], [.. alive.Select(d => d.Deal.ProductId)], ct);
        PartnerId[] holders = [.. alive.Select(d => d.Deal.PartnerId).Distinct()];
        var delivering = (await work.Db.Set<PartnerMotionRow>().Where(m => holders.Contains(m.PartnerId) && m.Motion == Motion.Deliver && m.State == MotionState.Active).Select(m => m.PartnerId).ToListAsync(ct)).ToHashSet();
        await WorkspacePage.KnowCommitteesAsync(work, [.. alive.Select(d => d.Deal.Id)], ct);
        Dictionary<DealId, IReadOnlyList<Play>> plays = [];
        foreach (var (deal, places, _) in alive)
        {
            var members = places.Where(m => m.State is MemberState.Proposed or MemberState.Invited or MemberState.Accepted).ToList();
            var people = await WorkspacePage.CommitteeAsync(work, deal.Id, ct);
            plays[deal.Id] = PlayRules.Suggest(new PlayFacts
            {
                Product = read.ProductOf(deal.ProductId)?.Name,
                Team = members.Select(m => m.PartnerId).Append(deal.PartnerId).ToHashSet(),
                DeliveryCovered = members.Exists(m => m.Role is DealRole.Deliver or DealRole.Integrate) || delivering.Contains(deal.PartnerId),
                Gaps = people.Count == 0 ? [] : Threads.Gaps([.. people.Select(p => (p.Role, p.Influence, p.Stance, p.CoveredBy))]),
                Candidates = deal.AccountId is { } account ? read.CandidatesAt(account, deal.ProductId) : [],
                Teams = read.TeamsOf(deal.ProductId),
            });
        }

        var reviewed = await ReviewedAsync(work, [.. plays.Where(p => p.Value.Count > 0).Select(p => p.Key.ToString())], ct);
        foreach (var (deal, found) in plays) lines[deal] = Open(found, reviewed[deal.ToString()], p => Href(deal, p));
        return lines;
    }

    private static string Href(DealId deal, Play play) => play.Kind switch
    {
        PlayKind.OpenContact => $"/app/deals/{deal}?task={Uri.EscapeDataString(play.Title)}#tasks",
        PlayKind.WinningTeam => $"/app/deals/{deal}#agreements",
        PlayKind.CoverDelivery => $"/app/deals/{deal}?invite={play.Partner?.ToString() ?? "none"}&role=deliver#team",
        _ => $"/app/deals/{deal}?invite={play.Partner}&role=influence#team",
    };

    private static List<PlayLine> Open(IReadOnlyList<Play> plays, IEnumerable<string>? reviewed, Func<Play, string> href)
    {
        var done = reviewed?.ToHashSet() ?? [];
        return [.. plays.Where(p => !done.Contains(p.Key)).Select(p => new PlayLine(p.Key, p.Kind, p.Title, p.Reasons, p.Partner, href(p)) { InEnglish = p.InEnglish })];
    }

    private static async Task<ILookup<string, string>> ReviewedAsync(Work work, string[] places, CancellationToken ct)
    {
        List<(string Place, string Key)> found = [];
        if (places.Length > 0) found = [.. (await work.Db.Set<PlayReview>().Where(r => places.Contains(r.Place)).Select(r => new { r.Place, r.Key }).ToListAsync(ct)).Select(r => (r.Place, r.Key))];
        return found.ToLookup(r => r.Place, r => r.Key);
    }
}
