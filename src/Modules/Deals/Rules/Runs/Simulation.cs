using System.Diagnostics;
using System.Text;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>A decision of the past with what it said.</summary>
internal sealed record PastDecision
{
    public required DecisionId Id { get; init; }
    public required DealId Deal { get; init; }
    public required PartnerId Partner { get; init; }
    public required DateTime At { get; init; }
    public required string Facts { get; init; }
    public required long Amount { get; init; }
    public required Outcome Outcome { get; init; }
    public string? Rule { get; init; }
    public ReasonCode? Reason { get; init; }
    public string? Reviewer { get; init; }
    public int? Days { get; init; }
    public int? ExtensionLimit { get; init; }
    public int? CreditBasisPoints { get; init; }
    public string? Compensation { get; init; }
}

/// <summary>A past decision beside what the draft says.</summary>
internal readonly record struct Changed(PastDecision Past, Verdict Now, Effect Effect);

/// <summary>
/// Runs a table over past decisions: which would differ, who gains, who loses, by how much money, and whether small partners fare otherwise than
/// large ones. Reading the facts and deciding allocate nothing per decision.
/// </summary>
internal sealed class Simulation
{
    private sealed class Tally
    {
        public long Decisions, Gains, Loses, Gained, Lost;
        public readonly HashSet<PartnerId> Partners = [];
    }

    private static readonly (int From, string Label)[] Sizes = [(200, "200 and more registrations"), (50, "50 to 199"), (10, "10 to 49"), (1, "1 to 9")];
    private const int MostPartners = 200;

    private readonly CompiledTable _table;
    private readonly string _currency;
    private readonly Slot[] _facts;
    private readonly int[] _absent;
    private readonly Dictionary<PartnerId, Tally> _partners = [];
    private readonly Dictionary<string, Tally> _tiers = [];
    private readonly Dictionary<string, (long Before, long Now)> _rules = [];
    private readonly Dictionary<(Outcome, Outcome), long> _moves = [];
    private byte[] _bytes = new byte[4096];
    private Verdict[] _verdicts = [];
    private int[] _tierOf = [];
    private long _decisions, _differ, _ticks;

    public Simulation(DecisionTable table, string currency)
    {
        (_table, _currency) = (new CompiledTable(table), currency);
        (_facts, _absent) = (new Slot[_table.Width], new int[_table.Width]);
    }

    /// <summary>Decides a batch and returns what differs.</summary>
    public List<Changed> Take(IReadOnlyList<PastDecision> batch)
    {
        if (_verdicts.Length < batch.Count) (_verdicts, _tierOf) = (new Verdict[batch.Count], new int[batch.Count]);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < batch.Count; i++) _verdicts[i] = Decide(batch[i].Facts, out _tierOf[i]);
        _ticks += Stopwatch.GetTimestamp() - began;

        List<Changed> changed = [];
        for (var i = 0; i < batch.Count; i++)
        {
            var (past, now) = (batch[i], _verdicts[i]);
            Use(past.Rule ?? "", NameOf(now) ?? "");
            var effect = Differs(past, now) ? EffectOf(past, now) : (Effect?)null;
            Count(past, _tierOf[i] < 0 ? "unknown" : Vocabulary.Tiers[_tierOf[i]], effect);
            if (effect is not { } e) continue;
            changed.Add(new Changed(past, now, e));
            _moves[(past.Outcome, now.Outcome)] = _moves.GetValueOrDefault((past.Outcome, now.Outcome)) + 1;
        }

        (_decisions, _differ) = (_decisions + batch.Count, _differ + changed.Count);
        return changed;
    }

    /// <summary>Decides one stored case; it allocates nothing.</summary>
    public Verdict Decide(string facts, out int tier)
    {
        if (_bytes.Length < facts.Length * 3) _bytes = new byte[facts.Length * 3];
        var length = Encoding.UTF8.GetBytes(facts, _bytes);
        _table.Read(_bytes.AsSpan(0, length), _facts, _absent);
        tier = _table.TierOf(_facts);
        return _table.Decide(_facts);
    }

    public string? NameOf(Verdict verdict) => verdict.Rule >= 0 ? _table.Text.Rules[verdict.Rule].Id : null;

    public RunSummary Summary(long listed) => new()
    {
        Decisions = _decisions,
        Differ = _differ,
        Gains = _partners.Values.Sum(t => t.Gains),
        Loses = _partners.Values.Sum(t => t.Loses),
        Gained = _partners.Values.Sum(t => t.Gained),
        Lost = _partners.Values.Sum(t => t.Lost),
        Currency = _currency,
        Seconds = (double)_ticks / Stopwatch.Frequency,
        Listed = listed,
        Moves = [.. _moves.OrderByDescending(m => m.Value).Select(m => new OutcomeMove(m.Key.Item1, m.Key.Item2, m.Value))],
        ByTier = [.. Vocabulary.Tiers.Append("unknown").Where(_tiers.ContainsKey).Select(t => Group(t, _tiers[t], _tiers[t].Partners.Count))],
        BySize = [.. Sizes.Select((s, i) => BySize(s, i == 0 ? long.MaxValue : Sizes[i - 1].From)).Where(g => g.Partners > 0)],
        Partners = [.. _partners.Where(p => p.Value.Gains + p.Value.Loses > 0).OrderByDescending(p => p.Value.Gained + p.Value.Lost).ThenBy(p => p.Key.Value).Take(MostPartners)
            .Select(p => new RunPartner(p.Key, p.Value.Decisions, p.Value.Gains, p.Value.Loses, p.Value.Gained, p.Value.Lost))],
        Rules = [.. _rules.OrderByDescending(r => Math.Abs(r.Value.Now - r.Value.Before)).ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => new RuleUse(r.Key, r.Value.Before, r.Value.Now))],
        Absent = _table.Facts.Select((f, i) => (f.Name, Count: (long)_absent[i])).Where(a => a.Count > 0).ToDictionary(a => a.Name, a => a.Count),
    };

    public static bool Differs(PastDecision past, Verdict now) =>
        past.Outcome != now.Outcome || past.Reason != now.Reason || past.Reviewer != now.Reviewer || past.Days != now.Days
        || past.ExtensionLimit != now.ExtensionLimit || past.CreditBasisPoints != now.CreditBasisPoints || past.Compensation != now.Compensation;

    /// <summary>Better or worse for the partner. What one side does not state cannot be compared.</summary>
    public static Effect EffectOf(PastDecision past, Verdict now)
    {
        if (now.Outcome != past.Outcome) return now.Outcome < past.Outcome ? Effect.Gains : Effect.Loses;
        var (better, worse) = (false, false);
        foreach (var (before, after) in (ReadOnlySpan<(int?, int?)>)[(past.Days, now.Days), (past.ExtensionLimit, now.ExtensionLimit), (past.CreditBasisPoints, now.CreditBasisPoints)])
            (better, worse) = (better || after > before, worse || after < before);
        return better == worse ? Effect.Other : better ? Effect.Gains : Effect.Loses;
    }

    private void Use(string before, string now)
    {
        var (b, n) = _rules.GetValueOrDefault(before);
        _rules[before] = (b + 1, n);
        (b, n) = _rules.GetValueOrDefault(now);
        _rules[now] = (b, n + 1);
    }

    private void Count(PastDecision past, string tier, Effect? effect)
    {
        var byPartner = Of(_partners, past.Partner);
        var byTier = Of(_tiers, tier);
        byTier.Partners.Add(past.Partner);
        Add(byPartner, past.Amount, effect);
        Add(byTier, past.Amount, effect);
    }

    private static void Add(Tally tally, long amount, Effect? effect)
    {
        tally.Decisions++;
        if (effect == Effect.Gains) (tally.Gains, tally.Gained) = (tally.Gains + 1, tally.Gained + amount);
        if (effect == Effect.Loses) (tally.Loses, tally.Lost) = (tally.Loses + 1, tally.Lost + amount);
    }

    private static Tally Of<TKey>(Dictionary<TKey, Tally> tallies, TKey key) where TKey : notnull =>
        tallies.TryGetValue(key, out var found) ? found : tallies[key] = new Tally();

    private static RunGroup Group(string label, Tally t, int partners) => new(label, partners, t.Decisions, t.Gains, t.Loses, t.Gained, t.Lost);

    private RunGroup BySize((int From, string Label) size, long below)
    {
        List<Tally> own = [.. _partners.Values.Where(t => t.Decisions >= size.From && t.Decisions < below)];
        return new RunGroup(size.Label, own.Count, own.Sum(t => t.Decisions), own.Sum(t => t.Gains), own.Sum(t => t.Loses), own.Sum(t => t.Gained), own.Sum(t => t.Lost));
    }
}
