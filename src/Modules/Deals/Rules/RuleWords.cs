using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>What a rule says to a partner in the language of the reader.</summary>
internal static class RuleWords
{
    /// <summary>The languages of the portal besides English, in which sentences are written.</summary>
    public static IReadOnlyList<string> Languages => [.. Kernel.Languages.All.Select(l => l.Code).Where(c => c is not (Kernel.Languages.English or Kernel.Languages.Pseudo))];

    /// <summary>The sentence of a decision in the language of the moment, from the facts that it was given; as it was said then where the rule has none in it.</summary>
    public static string Of(Decision decision, DecisionTable table)
    {
        if (Kernel.Languages.Current?.Code is not { } language || table.Text.Rules.All(r => r.Says?.ContainsKey(language) != true)) return decision.ForPartner;
        var said = table with { Text = table.Text with { Rules = [.. table.Text.Rules.Select(r => r with { ForPartner = r.ForPartnerIn(language) })] } };
        var ruling = Deciding.Decide(FactSet.FromJson(decision.Facts), said, decision.DecidedOn, decision.Currency);
        // Another ruling than was given would say what was not decided.
        return ruling.RuleId == decision.RuleId && table.Text.Rules.SingleOrDefault(r => r.Id == ruling.RuleId)?.Says?.ContainsKey(language) == true ? ruling.ForPartner : decision.ForPartner;
    }

    /// <summary>Why a deal stands where it does: where that is what the rules said, in the language of the moment.</summary>
    public static async Task<string?> ReasonAsync(Work work, DealId deal, string? reason, CancellationToken ct)
    {
        if (reason is null || Kernel.Languages.Current?.Catalogue is null) return reason;
        var decision = await work.Db.Set<Decision>().AsNoTracking().Where(d => d.DealId == deal).OrderByDescending(d => d.At).FirstOrDefaultAsync(ct);
        if (decision is null || decision.ForPartner != reason || await RuleBook.VersionAsync(work, decision.RuleSetId, ct) is not { } rules) return reason;
        return Of(decision, RuleBook.TableOf(rules));
    }

    /// <summary>Sentences as lines: <c>de: …</c>. Null where there are none.</summary>
    public static Dictionary<string, string>? Read(string lines, Action<string, bool> wrong)
    {
        Dictionary<string, string> says = [];
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !says.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim().Replace("\\n", "\n", StringComparison.Ordinal))) wrong(line, colon > 0);
        }

        return says.Count == 0 ? null : says;
    }

    /// <summary>The lines again; a sentence stays in its line.</summary>
    public static string Write(IReadOnlyDictionary<string, string>? says) => says is null ? "" : string.Join("\n", says.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}: {s.Value.Replace("\n", "\\n", StringComparison.Ordinal)}"));
}
