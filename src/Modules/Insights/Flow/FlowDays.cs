using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Flow;

/// <summary>Keeps <see cref="FlowDay"/>: a day changes by the steps that its registrations have now less those that they had before.</summary>
internal static class FlowDays
{
    public static IReadOnlyList<FlowDay> Of(TenantId tenant, IEnumerable<FlowRow> rows) => [.. Sums(rows).Select(s => Row(tenant, s.Key, s.Value))];

    public static async Task ChangeAsync(Work work, IEnumerable<FlowRow> before, IEnumerable<FlowRow> after, CancellationToken ct)
    {
        var change = Sums(after);
        foreach (var (key, (deals, amount)) in Sums(before))
        {
            var now = change.GetValueOrDefault(key);
            change[key] = (now.Deals - deals, now.Amount - amount);
        }

        var moved = change.Where(c => c.Value != default).ToList();
        if (moved.Count == 0) return;
        await work.LockAsync("insights.day_figures", ct);
        var days = moved.Select(m => m.Key.Day).Distinct().ToArray();
        var steps = moved.Select(m => m.Key.Step).Distinct().ToArray();
        var took = moved.Select(m => m.Key.Took).Distinct().ToArray();
        // Read anew under the lock, and not as this context remembers it.
        var kept = await work.Db.Set<FlowDay>().Where(d => days.Contains(d.Day) && steps.Contains(d.Step) && took.Contains(d.Took)).ToDictionaryAsync(d => new Key(d.Day, d.Step, d.Motion, d.Tier, d.Took), ct);
        foreach (var (key, (deals, amount)) in moved)
        {
            if (kept.TryGetValue(key, out var row)) (row.Deals, row.Amount) = (row.Deals + deals, row.Amount + amount);
            else work.Db.Add(Row(work.Tenant, key, (deals, amount)));
        }
    }

    private static Dictionary<Key, (int Deals, long Amount)> Sums(IEnumerable<FlowRow> rows)
    {
        var sums = new Dictionary<Key, (int Deals, long Amount)>();
        foreach (var row in rows)
        {
            foreach (var (step, day, took) in FlowRules.Steps(row))
            {
                var key = new Key(day, step, DayFigures.Word(row.Motion), row.Tier, took);
                var (deals, amount) = sums.GetValueOrDefault(key);
                sums[key] = (deals + 1, amount + row.Amount);
            }
        }

        return sums;
    }

    private static FlowDay Row(TenantId tenant, Key key, (int Deals, long Amount) sum) => new()
    {
        TenantId = tenant,
        Day = key.Day,
        Step = key.Step,
        Motion = key.Motion,
        Tier = key.Tier,
        Took = key.Took,
        Deals = sum.Deals,
        Amount = sum.Amount,
    };

    private readonly record struct Key(DateOnly Day, FlowStep Step, string Motion, Tier Tier, int Took);
}
