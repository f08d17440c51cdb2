using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>
/// Gathers the payable lines of one currency into a payout. A partner whose lines do not reach the plan's smallest payout, or who owes after
/// clawbacks, waits for the next one. A partner is paid wholly or not at all, so that what it owes is never left behind; who waits longest comes first.
/// </summary>
internal sealed class CreatePayout(Work work) : UseCase<string, PayoutId>(work)
{
    private const int MostLines = 2000;

    protected override Permission Permission => IncentivesPermissions.Pay;

    protected override async Task<Result<PayoutId>> HandleAsync(string currency, CancellationToken ct)
    {
        if (currency is not { Length: 3 } || !currency.All(char.IsAsciiLetterUpper)) return Problem.Invalid("currency", "The currency is a code of three letters, such as USD.");
        await Work.LockAsync("incentives.payout", ct);
        var plan = await Plans.EffectiveAsync(Db, Work.Today, ct);
        var least = plan?.Currency == currency ? Math.Max(1, plan.Minimum) : 1;
        var payable = Db.Set<Earning>().Where(e => e.State == EarningState.Payable && e.Currency == currency);
        var due = await payable.GroupBy(e => e.PartnerId).Select(g => new { Partner = g.Key, Amount = g.Sum(e => e.Amount), Lines = g.Count(), Since = g.Min(e => e.StateSince) })
            .Where(d => d.Amount >= least).OrderBy(d => d.Since).ThenBy(d => d.Partner).Take(MostLines).Select(d => new PartnerDue(d.Partner, d.Lines)).ToListAsync(ct);
        var partners = Choose(due, MostLines);
        if (partners.Count == 0) return IncentivesProblems.NothingPayable(currency);
        var chosen = await payable.Where(e => partners.Contains(e.PartnerId)).ToListAsync(ct);
        var payout = new Payout
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<PayoutId>(),
            Currency = currency,
            Total = chosen.Sum(e => e.Amount),
            Lines = chosen.Count,
            Partners = chosen.Select(e => e.PartnerId).Distinct().Count(),
            CreatedAt = Work.Now,
            CreatedBy = Work.Actor.Name,
        };
        Db.Add(payout);
        foreach (var earning in chosen)
        {
            var moved = earning.Move(Work, EarningTrigger.Batch);
            if (!moved.Ok) return moved.Problem;
            earning.PutIn(payout.Id);
        }

        return payout.Id;
    }

    /// <summary>The first partners that have together no more than so many lines; the first in any case.</summary>
    internal static IReadOnlyList<PartnerId> Choose(IEnumerable<PartnerDue> due, int most)
    {
        var lines = 0;
        return [.. due.TakeWhile((d, i) => (lines += d.Lines) <= most || i == 0).Select(d => d.Partner)];
    }
}

/// <summary>A partner whose payable lines reach the smallest payout, and how many they are.</summary>
internal sealed record PartnerDue(PartnerId Partner, int Lines);

internal static class PayoutLines
{
    /// <summary>Closes a payout and moves its lines along.</summary>
    public static async Task<Result<(Payout Payout, List<Earning> Lines)>> CloseAsync(Work work, PayoutId id, PayoutTrigger on, EarningTrigger each, string? reference, CancellationToken ct)
    {
        await work.LockAsync("incentives.payout", ct);
        var payout = await work.Db.Set<Payout>().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (payout is null) return IncentivesProblems.NoPayout();
        var moved = work.Move(PayoutLifecycle.Machine, payout.Id.ToString(), payout.State, on, reference);
        if (!moved.Ok) return moved.Problem;
        payout.Close(moved.Value, reference, work.Actor.Name, work.Now);
        var lines = await work.Db.Set<Earning>().Where(e => e.PayoutId == id).ToListAsync(ct);
        foreach (var earning in lines)
        {
            if (earning.Move(work, each) is { Ok: false, Problem: { } problem }) return problem;
        }

        return (payout, lines);
    }
}
