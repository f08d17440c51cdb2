using Trellis.Accounts.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>What the rules in force say about a registration as it stands now, with what they were asked.</summary>
internal sealed record CaseRuling(Case Case, FactSet Facts, RuleSet Rules, RuleSetText Table, Ruling Ruling)
{
    /// <summary>The rules as the hand that moves the registration.</summary>
    public Actor By(TenantId tenant) => Actor.System(tenant, $"Rules of engagement, version {Rules.Number}");

    /// <summary>Keeps the decision with everything that is needed to decide it again.</summary>
    public Decision Keep(Work work, Deal deal) =>
        work.Db.Add(Decision.Of(work.Tenant, work.NewId<DecisionId>(), deal.Id, work.Now, Rules, Case.Currency, Facts, Case.Evidence().ToJson(), Ruling)).Entity;
}

/// <summary>Asks the rules in force; nothing is stored and nothing moves.</summary>
internal static class CaseRulings
{
    public static async Task<Result<CaseRuling>> AskAsync(Work work, Deal deal, PartnerRow partner, IReadOnlyList<CustomerMatch> matches, CancellationToken ct, Action<Asks>? besides = null)
    {
        var (inForce, own) = (new List<RuleSetId>(), default(OwnCase)!);
        var @case = await Cases.LoadAsync(work, deal, partner, matches, ct, asks =>
        {
            (inForce, own) = (RuleBook.AskInForce(asks, work.Today), OwnFacts.Ask(asks, work, partner.Id, deal));
            besides?.Invoke(asks);
        });
        var rules = await RuleBook.CurrentAsync(work, inForce, ct);
        var table = RuleBook.TableOf(rules);
        @case = @case with { OwnFacts = await own.ValuesAsync(table.Text.Facts, ct) };
        if (@case.Amount is null && deal.Amount > 0) return DealsProblems.NoRate(deal.Currency, @case.Currency);
        var facts = @case.Facts();
        return new CaseRuling(@case, facts, rules, table.Text, Deciding.Decide(facts, table, work.Today, @case.Currency));
    }
}
