using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>The published versions of a tenant.</summary>
internal static class RuleBook
{
    /// <summary>The version that decides today. A tenant without any gets the shipped rules as version 1, so that its decisions name a stored version.</summary>
    public static async Task<RuleSet> CurrentAsync(Work work, CancellationToken ct)
    {
        var asks = new Asks(work.Db);
        var inForce = AskInForce(asks, work.Today);
        await asks.RunAsync(ct);
        return await CurrentAsync(work, inForce, ct);
    }

    /// <summary>The same where <see cref="AskInForce"/> has been asked along with other things.</summary>
    public static async Task<RuleSet> CurrentAsync(Work work, IReadOnlyList<RuleSetId> inForce, CancellationToken ct)
    {
        // Which one decides is asked each time.
        if (inForce.Count > 0) return (await VersionAsync(work, inForce[0], ct))!;
        await work.LockAsync("deals.rules", ct);
        if (await EffectiveAsync(work, ct) is { } rival) return rival;
        var first = First(work.Tenant, work.NewId<RuleSetId>(), work.Now);
        work.Db.Add(first);
        return first;
    }

    /// <summary>Asks which version decides today.</summary>
    public static List<RuleSetId> AskInForce(Asks asks, DateOnly today) =>
        asks.For("SELECT id FROM deals_rule_set WHERE tenant_id = $1 AND effective_from <= $2 AND withdrawn_at IS NULL ORDER BY effective_from DESC, number DESC LIMIT 1", row => row.Id<RuleSetId>(0), today);

    /// <summary>The version that decides today, or null where none was ever stored.</summary>
    public static async Task<RuleSet?> EffectiveAsync(Work work, CancellationToken ct)
    {
        var asks = new Asks(work.Db);
        var inForce = AskInForce(asks, work.Today);
        await asks.RunAsync(ct);
        return inForce.Count == 0 ? null : await VersionAsync(work, inForce[0], ct);
    }

    /// <summary>A stored version, or null. It never changes, so what was read once is kept.</summary>
    public static async Task<RuleSet?> VersionAsync(Work work, RuleSetId id, CancellationToken ct)
    {
        if (Versions.TryGetValue((work.Tenant, id), out var known)) return known;
        if (await work.Db.Set<RuleSet>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } stored) return null;
        if (Versions.Count >= MostKept) Versions.Clear();
        return Versions[(work.Tenant, id)] = stored;
    }

    /// <summary>The version published last, in force or not; the shipped rules where none was ever stored.</summary>
    public static async Task<RuleSet> NewestAsync(Work work, CancellationToken ct) =>
        await work.Db.Set<RuleSet>().AsNoTracking().OrderByDescending(r => r.Number).FirstOrDefaultAsync(ct) ?? First(work.Tenant, default, work.Now);

    /// <summary>Pure: whether this version has decided, for an hour at least, among all that were published. The best chance was its own beginning; later there are only more of them.</summary>
    public static bool WasInForce(RulesVersion version, IEnumerable<RulesVersion> all, DateTime now)
    {
        var begin = version.EffectiveFrom.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) is var first && first > version.PublishedAt ? first : version.PublishedAt;
        return !version.Withdrawn && begin <= now && !all.Any(v => !v.Withdrawn && v.PublishedAt <= begin && v.EffectiveFrom <= DateOnly.FromDateTime(begin)
            && (v.EffectiveFrom, v.Number).CompareTo((version.EffectiveFrom, version.Number)) > 0);
    }

    private const int MostKept = 64;
    private static readonly ConcurrentDictionary<(TenantId, RuleSetId), RuleSet> Versions = [];
    private static readonly ConcurrentDictionary<(TenantId, RuleSetId), DecisionTable> Kept = [];

    /// <summary>The table of a stored version, ready to be asked. A version never changes, so what was read once is kept.</summary>
    public static DecisionTable TableOf(RuleSet rules)
    {
        if (Kept.TryGetValue((rules.TenantId, rules.Id), out var kept)) return kept;
        if (Kept.Count >= MostKept) Kept.Clear();
        return Kept[(rules.TenantId, rules.Id)] = DecisionTable.Of(RuleSetText.FromJson(rules.Content));
    }

    public static RuleSet First(TenantId tenant, RuleSetId id, DateTime at) => new()
    {
        TenantId = tenant,
        Id = id,
        Number = 1,
        EffectiveFrom = DateOnly.FromDateTime(at),
        Content = DefaultRules.Text.ToJson(),
        Note = "The rules that Trellis ships with.",
        PublishedAt = at,
        PublishedByName = "Trellis",
    };
}
