using Trellis.Compute.Attribution;
using Trellis.Deals.Published;
using Trellis.Insights.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>The facts of one deal that credit follows from.</summary>
internal sealed record DealFacts(
    DealId Deal, PartnerId Holder, bool HolderResells, Outcome Outcome, DateTime? ClosedAt, long Amount, string Currency,
    IReadOnlyList<DealMemberRow> Team, IReadOnlyList<TouchFact> Touches)
{
    /// <summary>The motion in which it was registered.</summary>
    public Motion? Motion { get; init; }
}

/// <summary>A touch as the models see it.</summary>
internal readonly record struct TouchFact(PartnerId Partner, DateTime At, TouchSource Source, TouchId Id = default);

/// <summary>
/// Credit for one deal by every model. The rules themselves are <see cref="CreditRules"/>; this turns a deal into integers and the shares back
/// into money. When no touch qualifies, the touch models fall back to the partner that registered the deal.
/// </summary>
internal static class Crediting
{
    public const string Definition = "credit.v1";

    public static IEnumerable<Credit> Of(TenantId tenant, DealFacts deal, DateTime now)
    {
        var qualified = deal.Touches.Where(t => Qualification.Holds(t.Source, t.At, deal.ClosedAt)).OrderBy(t => t.At).ThenBy(t => t.Id.Value).ToList();
        var touched = qualified.Select(t => t.Partner).ToHashSet();
        // A place on the team is a role even where no share goes with it.
        var roles = deal.Team.Where(m => m.State == MemberState.Accepted).ToDictionary(m => m.PartnerId, m => m.Role);
        roles[deal.Holder] = DealRole.Source;
        foreach (var model in Enum.GetValues<CreditModel>())
        {
            var shares = model == CreditModel.AgreedSplit ? Agreed(deal) : ByTouches(model, deal, qualified);
            var parts = Amounts(deal, shares);
            // A partner that touched the deal and gets nothing by this model still counts as influence, gross.
            foreach (var partner in shares.Keys.Union(touched).Order(ByValue))
                yield return Row(tenant, deal, model, partner, roles.GetValueOrDefault(partner, DealRole.Influence), touched.Contains(partner), parts.GetValueOrDefault(partner), now);
        }
    }

    private static readonly Comparer<PartnerId> ByValue = Comparer<PartnerId>.Create((a, b) => a.Value.CompareTo(b.Value));

    private static Dictionary<PartnerId, decimal> Agreed(DealFacts deal) =>
        DealCredit.Shares(deal.Holder, deal.Team).ToDictionary(s => s.Partner, s => s.BasisPoints / 10_000m);

    private static Dictionary<PartnerId, decimal> ByTouches(CreditModel model, DealFacts deal, List<TouchFact> qualified)
    {
        if (qualified.Count == 0) return new() { [deal.Holder] = 1m };
        var partners = qualified.Select(t => t.Partner).Distinct().ToList();
        var journeys = new Journeys(partners.Count, [0, qualified.Count], [.. qualified.Select(t => partners.IndexOf(t.Partner))]);
        var table = model switch
        {
            CreditModel.FirstTouch => CreditRules.First(journeys),
            CreditModel.LastTouch => CreditRules.Last(journeys),
            _ => CreditRules.Linear(journeys),
        };
        return Enumerable.Range(0, partners.Count).Select(i => (Partner: partners[i], Share: (decimal)table.Share(0, i)))
            .Where(s => s.Share > 0).ToDictionary(s => s.Partner, s => s.Share);
    }

    private static Dictionary<PartnerId, long> Amounts(DealFacts deal, Dictionary<PartnerId, decimal> shares)
    {
        var partners = shares.Keys.Order(ByValue).ToList();
        var parts = new Money(deal.Amount, deal.Currency).Split([.. partners.Select(p => shares[p])]);
        return partners.Zip(parts, (p, m) => (p, m.Minor)).ToDictionary(x => x.p, x => x.Minor);
    }

    private static Credit Row(TenantId tenant, DealFacts deal, CreditModel model, PartnerId partner, DealRole role, bool touched, long amount, DateTime now)
    {
        var closedOn = deal.ClosedAt is { } at ? DateOnly.FromDateTime(at) : (DateOnly?)null;
        return new Credit
        {
            TenantId = tenant,
            DealId = deal.Deal,
            PartnerId = partner,
            Model = model,
            Role = role,
            Touched = touched,
            Resold = Resells(deal, partner),
            Outcome = deal.Outcome,
            Motion = partner == deal.Holder ? deal.Motion : Flow.PartnerMotions.MotionOf(role),
            Month = closedOn is { } day ? (day.Year * 100) + day.Month : 0,
            ClosedOn = closedOn,
            DealAmount = deal.Amount,
            CreditedAmount = amount,
            Currency = deal.Currency,
            Definition = model == CreditModel.AgreedSplit ? DealCredit.Model : Definition,
            ComputedAt = now,
        };
    }

    // On the paper of the team member in the role resell; without one, of the registrant if it works in the resell motion.
    private static bool Resells(DealFacts deal, PartnerId partner)
    {
        var reseller = deal.Team.Where(m => m.Role == DealRole.Resell && m.State == MemberState.Accepted).Select(m => (PartnerId?)m.PartnerId).FirstOrDefault();
        return partner == (reseller ?? (deal.HolderResells ? deal.Holder : null));
    }
}
