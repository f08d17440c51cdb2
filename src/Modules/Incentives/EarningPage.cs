using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>One step of the computation: what was looked at, what was found, what came out.</summary>
internal sealed record WhyStep(string Step, string Given, string Outcome);

/// <summary>An entry of the ledger that belongs to the line.</summary>
internal sealed record EntryItem(DateTime At, TransactionKind Kind, LedgerAccount Account, long Amount, string Currency);

/// <summary>A line in full.</summary>
internal sealed record EarningDetails(
    EarningItem Earning, IReadOnlyList<WhyStep> Why, IReadOnlyList<EarningTrigger> Allowed, DateTime StateSince, string StateBy, IReadOnlyList<EntryItem> Entries, long Version) : IHasVersion;

internal static class EarningPage
{
    public static async Task<Result<EarningDetails>> LoadAsync(Work work, EarningId id, CancellationToken ct)
    {
        var earning = await work.Db.Set<Earning>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct);
        if (earning is null) return IncentivesProblems.NoEarning();
        var item = await EarningList.Items(work.Db, work.Db.Set<Earning>().AsNoTracking().Where(e => e.Id == id)).SingleAsync(ct);
        IReadOnlyList<EntryItem> entries = work.Actor.May(IncentivesPermissions.ViewLedger) ? await EntriesAsync(work, id, ct) : [];
        var allowed = earning.Kind == EarningKind.Clawback ? [] : EarningLifecycle.Allowed(work.Actor, earning.State);
        return new EarningDetails(item, Why(item), allowed, earning.StateSince, earning.StateBy, entries, earning.Version);
    }

    /// <summary>Why this amount, step by step; the same words on the portal, on the staff page and over the API.</summary>
    public static IReadOnlyList<WhyStep> Why(EarningItem e)
    {
        var (deal, part, amount) = (new Money(e.DealAmount, e.Currency), new Money(e.BaseAmount, e.Currency), new Money(e.Amount, e.Currency));
        var added = e.RewardBasisPoints ?? 0;
        List<WhyStep> steps =
        [
            new("Value of the deal", $"Won on {e.WonAt.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}", deal.ToString()),
            new("Share of the deal", Share(e, Words.Label(e.Role).ToLowerInvariant()), part.ToString()),
            new("Rate", e.Compensation is { } named ? $"Plan {e.PlanNumber}: “{named.Replace('_', ' ')}”, which the rules of engagement named for this registration" : Rate(e, Words.Label(e.Role).ToLowerInvariant()), Percent(e.RateBasisPoints - added)),
            .. e.Reward is { } reward ? new[] { new WhyStep("Reward", $"Plan {e.PlanNumber}: “{reward}”, for which the partner qualified when the deal was won", $"+ {Percent(added)}") } : [],
            new("Earning", $"{part} × {Percent(e.RateBasisPoints)}", (e.Kind == EarningKind.Clawback ? new Money(-e.Amount, e.Currency) : amount).ToString()),
        ];
        if (e.Kind == EarningKind.Clawback) steps.Add(new("Taken back", e.Reason ?? "", amount.ToString()));
        return steps;
    }

    // Lines of before say nothing of the motion.
    private static string Rate(EarningItem e, string role) => e.TierMotion is { } motion
        ? $"Plan {e.PlanNumber}: {role} at tier {Words.Label(e.Tier)}, which the partner had in the motion {PartnerWords.Label(motion)}"
        : $"Plan {e.PlanNumber}: {role} at tier {Words.Label(e.Tier)}";

    private static string Share(EarningItem e, string role) => e.CreditBasisPoints is { } credit
        ? $"{Percent(e.ShareBasisPoints)} as {role} partner, as agreed on the deal team; {Percent(credit)} of it counts, by the rules of engagement"
        : $"{Percent(e.ShareBasisPoints)} as {role} partner, as agreed on the deal team";

    public static string Percent(int basisPoints) => $"{(basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture)} %";

    private static async Task<IReadOnlyList<EntryItem>> EntriesAsync(Work work, EarningId id, CancellationToken ct) => await (
        from e in work.Db.Set<LedgerEntry>()
        join t in work.Db.Set<LedgerTransaction>() on new { e.TenantId, Id = e.TransactionId } equals new { t.TenantId, t.Id }
        where e.EarningId == id
        orderby t.At, e.TransactionId, e.Line
        select new EntryItem(t.At, t.Kind, e.Account, e.Amount, e.Currency)).Take(50).ToListAsync(ct);
}
