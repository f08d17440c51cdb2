using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>Earnings in the search of both faces, by deal or partner; a partner's people find their own.</summary>
internal sealed class EarningSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(IncentivesPermissions.View)) return [];
        var rows = work.Db.Set<Earning>().AsNoTracking();
        if (work.Actor.Partner is { } me) rows = rows.Where(e => e.PartnerId == me);
        var found = await rows.Matching(work.Db, folded).Take(ISearchSource.Candidates).Select(e => new { e.Id, e.DealTitle, e.Amount, e.Currency }).ToListAsync(ct);
        var root = work.Actor.IsPartner ? "/portal/earnings/" : "/app/incentives/earnings/";
        return [.. found.Best(folded, limit, e => e.DealTitle).Select(e => new Hit("Earning", e.DealTitle, new Money(e.Amount, e.Currency).ToString(), root + e.Id))];
    }
}

/// <summary>Payouts in the search, by the reference of the transfer.</summary>
internal sealed class PayoutSearch(Work work) : ISearchSource
{
    // A company pays out once a week or less; the newest are enough to look through.
    private const int Looked = 500;

    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (work.Actor.IsPartner || !work.Actor.May(IncentivesPermissions.ViewLedger)) return [];
        var newest = await work.Db.Set<Payout>().AsNoTracking().OrderByDescending(p => p.CreatedAt).ThenByDescending(p => p.Id).Take(Looked).Select(p => new { p.Id, p.Reference, p.Total, p.Currency }).ToListAsync(ct);
        return [.. newest.Where(p => p.Reference is not null && Text.Fold(p.Reference).Contains(folded, StringComparison.Ordinal) || Ids.Text(p.Id) == folded).Take(limit)
            .Select(p => new Hit("Payout", p.Reference ?? Ids.Text(p.Id), new Money(p.Total, p.Currency).ToString(), $"/app/incentives/payouts/{p.Id}"))];
    }
}

/// <summary>Incentive plans in the search, by name or number.</summary>
internal sealed class PlanSearch(Work work) : ISearchSource
{
    private const int Looked = 200;

    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (work.Actor.IsPartner || !work.Actor.May(IncentivesPermissions.ViewPlans)) return [];
        var words = Searching.WordsOf(folded);
        var all = await work.Db.Set<Plan>().AsNoTracking().OrderByDescending(p => p.Number).Take(Looked).Select(p => new { p.Id, p.Name, p.Number, p.State }).ToListAsync(ct);
        return [.. all.Where(p => Text.Fold(p.Name, $"plan {p.Number}") is var text && words.All(w => text.Contains(w, StringComparison.Ordinal))).Best(folded, limit, p => p.Name)
            .Select(p => new Hit("Incentive plan", p.Name, Words.Label(p.State), $"/app/incentives/plans/{p.Id}"))];
    }
}
