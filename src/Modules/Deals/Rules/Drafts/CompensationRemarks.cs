using Trellis.Deals.Published;

namespace Trellis.Deals.Rules;

/// <summary>Remarks on compensation rules that a table names and that nobody who pays knows.</summary>
internal sealed class CompensationRemarks(IEnumerable<IKnownCompensations> payers)
{
    /// <summary>The draft with these remarks beside its own.</summary>
    public async Task<RuleDraftDetail> AddAsync(RuleDraftDetail draft, CancellationToken ct)
    {
        // Without anybody who pays there is nothing to know.
        var (known, asked) = (new HashSet<string>(), false);
        if (draft.Rules.Rules.All(r => r.Compensation is null)) return draft;
        foreach (var payer in payers)
        {
            asked = true;
            known.UnionWith(await payer.NamesAsync(ct));
        }

        return asked ? draft with { Remarks = [.. draft.Remarks, .. Of(draft.Rules, known)] } : draft;
    }

    /// <summary>Pure: the remarks.</summary>
    public static IEnumerable<TableRemark> Of(RuleSetText rules, IReadOnlySet<string> known) => rules.Rules.Where(r => r.Compensation is { } named && !known.Contains(named))
        .Select(r => new TableRemark(r.Id, $"No plan knows the compensation rule “{r.Compensation}” of “{r.Id}”: the rate by tier is paid."));
}
