using Trellis.Kernel;

namespace Trellis.Deals.Published;

/// <summary>
/// The declared attribution model: the shares agreed on the deal team. The partner that registered holds what the accepted members do not, so
/// the shares of a deal sum to one. Payment, dashboards and the API all call this.
/// </summary>
public static class DealCredit
{
    /// <summary>The name of the model, stamped on everything computed with it.</summary>
    public const string Model = "agreed_split.v1";

    /// <summary>Each partner's share of a deal in basis points, with the role in which it has it.</summary>
    public static IReadOnlyList<(PartnerId Partner, DealRole Role, int BasisPoints)> Shares(PartnerId holder, IEnumerable<DealMemberRow> team)
    {
        var accepted = team.Where(m => m.State == MemberState.Accepted && m.PartnerId != holder && m.ShareBasisPoints > 0).ToList();
        var given = accepted.Sum(m => m.ShareBasisPoints);
        if (given > 10_000) throw new ArgumentException($"The agreed shares sum to {given} basis points.", nameof(team));
        return [(holder, DealRole.Source, 10_000 - given), .. accepted.Select(m => (m.PartnerId, m.Role, m.ShareBasisPoints))];
    }
}
