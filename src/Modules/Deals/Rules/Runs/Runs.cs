using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>Rows of differences.</summary>
internal static class Runs
{
    public static RuleDifference Difference(RuleRun run, Changed changed, string? rule, RuleDifferenceId id) => new()
    {
        TenantId = run.TenantId,
        Id = id,
        RunId = run.Id,
        DecisionId = changed.Past.Id,
        DealId = changed.Past.Deal,
        PartnerId = changed.Past.Partner,
        At = changed.Past.At,
        Effect = changed.Effect,
        Amount = changed.Past.Amount,
        FromOutcome = changed.Past.Outcome,
        FromRule = changed.Past.Rule,
        FromDays = changed.Past.Days,
        ToOutcome = changed.Now.Outcome,
        ToRule = rule,
        ToDays = changed.Now.Days,
        Besides = Besides(changed.Past, changed.Now),
    };

    public static RuleDifference Difference(RuleRun run, Decision decision, Ruling? again, RuleDifferenceId id) => new()
    {
        TenantId = run.TenantId,
        Id = id,
        RunId = run.Id,
        DecisionId = decision.Id,
        DealId = decision.DealId,
        At = decision.At,
        Effect = Effect.Other,
        FromOutcome = decision.Outcome,
        FromRule = decision.RuleId,
        FromDays = decision.ProtectionDays,
        ToOutcome = again?.Outcome ?? decision.Outcome,
        ToRule = again?.RuleId,
        ToDays = again?.ProtectionDays,
        Besides = again is null ? "Its version of the rules is gone." : "Facts, terms or words differ.",
    };

    private static string? Besides(PastDecision past, Verdict now)
    {
        List<string> parts = [];
        void Say(string what, object? before, object? after)
        {
            if (!Equals(before, after)) parts.Add($"{what} {before ?? "–"} → {after ?? "–"}");
        }

        Say("reason", past.Reason is { } was ? Words.Of(was) : null, now.Reason is { } reason ? Words.Of(reason) : null);
        Say("reviewer", past.Reviewer, now.Reviewer);
        Say("extensions", past.ExtensionLimit, now.ExtensionLimit);
        Say("credit %", past.CreditBasisPoints / 100m, now.CreditBasisPoints / 100m);
        Say("compensation", past.Compensation, now.Compensation);
        return parts.Count == 0 ? null : string.Join("; ", parts);
    }
}
