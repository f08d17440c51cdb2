using System.Text.Json;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>Decides stored decisions again, each by its own version, and compares every byte: the facts as stored, the terms, the words for both sides.</summary>
internal sealed class Replay(IReadOnlyDictionary<RuleSetId, RuleSet> versions)
{
    private long _decisions, _differ, _ticks;

    /// <summary>The decisions that come out differently, with what comes out; null where the version is gone.</summary>
    public List<(Decision Decision, Ruling? Again)> Take(IReadOnlyList<Decision> batch)
    {
        List<(Decision, Ruling?)> differ = [];
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (var decision in batch)
        {
            var again = versions.TryGetValue(decision.RuleSetId, out var rules) ? decision.Replay(rules) : null;
            if (again is null || !Same(decision, again)) differ.Add((decision, again));
        }

        _ticks += System.Diagnostics.Stopwatch.GetTimestamp() - began;
        (_decisions, _differ) = (_decisions + batch.Count, _differ + differ.Count);
        return differ;
    }

    public RunSummary Summary(string currency) => new()
    {
        Decisions = _decisions,
        Differ = _differ,
        Listed = Math.Min(_differ, RunRules.MostListed),
        Currency = currency,
        Seconds = (double)_ticks / System.Diagnostics.Stopwatch.Frequency,
    };

    private static bool Same(Decision decision, Ruling again) =>
        FactSet.FromJson(decision.Facts).ToJson() == decision.Facts && Bytes(again).AsSpan().SequenceEqual(Bytes(decision.Ruling));

    private static byte[] Bytes(Ruling ruling) => JsonSerializer.SerializeToUtf8Bytes(ruling, Json.Options);
}
