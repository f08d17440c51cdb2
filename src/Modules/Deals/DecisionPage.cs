using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>What the rules decided on a deal. What stands below <c>ForPartner</c> is for the vendor only and null for a partner.</summary>
internal sealed record DecisionDetail
{
    public required DateTime At { get; init; }
    public required int RulesVersion { get; init; }
    public required Outcome Outcome { get; init; }
    public ReasonCode? Reason { get; init; }
    public string? Reviewer { get; init; }
    public int? ProtectionDays { get; init; }
    public DateOnly? ProtectedUntil { get; init; }
    public int? ExtensionLimit { get; init; }
    public int? CreditBasisPoints { get; init; }
    public required string ForPartner { get; init; }
    public string? Compensation { get; init; }

    /// <summary>All rules that held, where several count together or stand against each other.</summary>
    public string? Held { get; init; }

    /// <summary>All roles that should look, where several rules asked for one.</summary>
    public string? Reviewers { get; init; }

    public string? ForVendor { get; init; }
    public string? RuleId { get; init; }
    public IReadOnlyDictionary<string, FactValue>? Facts { get; init; }

    /// <summary>What the company's own facts among them are called.</summary>
    public IReadOnlyDictionary<string, string>? FactNames { get; init; }
    public Evidence? Evidence { get; init; }
    public IReadOnlyList<DecisionCondition>? Conditions { get; init; }

    /// <summary>Names of the partners in the evidence.</summary>
    public IReadOnlyDictionary<PartnerId, string>? PartnerNames { get; init; }
}

/// <summary>A condition of the rule that decided.</summary>
internal sealed record DecisionCondition(string Fact, string Condition, string Words, string Given, bool Held);

/// <summary>Reads the last decision of the rules on a deal.</summary>
internal static class DecisionPage
{
    public static async Task<Result<DecisionDetail>> FindAsync(Work work, DealId deal, CancellationToken ct)
    {
        var decision = await work.Db.Set<Decision>().AsNoTracking().Where(d => d.DealId == deal).OrderByDescending(d => d.At).FirstOrDefaultAsync(ct);
        if (decision is null) return Problem.Missing("decision");
        // Its facts hold the amount and name others: nothing for a direct team that sees a part only.
        if (!work.Actor.IsPartner && !work.Actor.May(DealsPermissions.SeeAll) && await Workspace.Sights.DirectAsync(work, deal, ct) is { Level: var level and < DealVisibility.Full }) return Problem.Missing($"decision at the level {Words.Of(level)}");
        var detail = new DecisionDetail
        {
            At = decision.At,
            RulesVersion = decision.RuleSetNumber,
            Outcome = decision.Outcome,
            Reason = decision.Reason,
            Reviewer = decision.Reviewer,
            ProtectionDays = decision.ProtectionDays,
            ProtectedUntil = decision.ProtectedUntil,
            ExtensionLimit = decision.ExtensionLimit,
            CreditBasisPoints = decision.CreditBasisPoints,
            ForPartner = decision.ForPartner,
        };
        var table = await RuleBook.VersionAsync(work, decision.RuleSetId, ct) is { } rules ? RuleBook.TableOf(rules) : null;
        var facts = FactSet.FromJson(decision.Facts);
        if (work.Actor.IsPartner)
        {
            var said = table is null ? decision.ForPartner : RuleWords.Of(decision, table);
            return detail with { ForPartner = work.Db.ReadsAmounts() ? said : AmountSight.WithoutAmount(said, facts.All.GetValueOrDefault(Vocabulary.Amount.Name).Number) ?? AmountSight.Title };
        }

        var rule = table?.Rules.SingleOrDefault(r => r.Text.Id == decision.RuleId);
        var evidence = Evidence.FromJson(decision.Evidence);
        return detail with
        {
            PartnerNames = await DealList.PartnerNamesAsync(work, [.. evidence.Rivals.Concat(evidence.Perhaps).Select(c => c.Partner)], ct),
            ForVendor = decision.ForVendor,
            Compensation = decision.Compensation,
            Held = decision.Held,
            Reviewers = decision.Reviewers,
            RuleId = decision.RuleId,
            Facts = facts.All,
            FactNames = (table?.Text.Facts ?? []).Concat(await OwnFacts.AllAsync(work, ct)).DistinctBy(f => f.Name).Where(f => facts.All.ContainsKey(f.Name)).ToDictionary(f => f.Name, f => f.Kind.Label),
            Evidence = evidence,
            Conditions = rule is null ? [] : [.. Deciding.Trace(rule, facts)
                .Select(t => new DecisionCondition(t.Fact.Name, t.Cell.ToString(), Phrases.Condition(t.Fact, t.Cell), Phrases.Shown(t.Given), t.Held))],
        };
    }
}
