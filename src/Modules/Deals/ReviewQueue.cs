using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>A registration that waits for a person.</summary>
/// <param name="Line">The deal.</param>
/// <param name="Version">For the buttons.</param>
/// <param name="Reviewer">The role that decides.</param>
/// <param name="RuleId">The rule that held it.</param>
/// <param name="Why">What that rule says to the vendor.</param>
/// <param name="Matches">How many accounts resemble the customer.</param>
/// <param name="Rivals">How many other registrations name the customer.</param>
/// <param name="Choose">Whether the reviewer must say which account the customer is.</param>
internal sealed record QueueItem(DealLine Line, long Version, string? Reviewer, string? RuleId, string Why, int Matches, int Rivals, bool Choose);

/// <summary>The review queue: what waits longest stands first.</summary>
internal static class ReviewQueue
{
    private const int Most = 100;

    public static async Task<IReadOnlyList<QueueItem>> FindAsync(Work work, string? reviewer, CancellationToken ct)
    {
        var waiting = work.Db.Set<Deal>().AsNoTracking().Where(d => d.State == DealState.InReview);
        if (reviewer is not null) waiting = waiting.Where(d => d.Reviewer == reviewer);
        var deals = await waiting.OrderBy(d => d.DecideBy).ThenBy(d => d.Id).Take(Most)
            .Select(d => new Waiting(d.Id, d.Version, d.Reviewer, d.StateReason, d.AccountState == AccountState.Pending && d.AccountId == null)).ToListAsync(ct);
        var ids = deals.Select(d => d.Id).ToArray();
        var lines = await DealList.Lines(work.Db.Set<Deal>().AsNoTracking().Where(d => ids.Contains(d.Id))).ToDictionaryAsync(l => l.Id, ct);
        await DealList.NameAsync(work, [.. lines.Values], ct);
        var decisions = (await work.Db.Set<Decision>().AsNoTracking().Where(d => ids.Contains(d.DealId)).Select(d => new Decided(d.DealId, d.At, d.RuleId, d.ForVendor, d.Evidence)).ToListAsync(ct))
            .GroupBy(d => d.Deal).ToDictionary(g => g.Key, g => g.MaxBy(d => d.At)!);
        return [.. deals.Select(d => Item(d, lines[d.Id], decisions.GetValueOrDefault(d.Id)))];
    }

    public static Task<int> CountAsync(Work work, CancellationToken ct) =>
        work.Db.Set<Deal>().Where(d => d.State == DealState.InReview).CountCappedAsync(ct);

    private static QueueItem Item(Waiting deal, DealLine line, Decided? decision)
    {
        var evidence = decision is null ? null : Evidence.FromJson(decision.Evidence);
        return new QueueItem(line, deal.Version, deal.Reviewer, decision?.RuleId, decision?.ForVendor ?? deal.Reason ?? "",
            evidence?.Matches.Count ?? 0, (evidence?.Rivals.Count ?? 0) + (evidence?.Perhaps.Count ?? 0), deal.Choose);
    }

    private sealed record Waiting(DealId Id, long Version, string? Reviewer, string? Reason, bool Choose);

    private sealed record Decided(DealId Deal, DateTime At, string? RuleId, string? ForVendor, string Evidence);
}
