using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Opportunities;

/// <summary>Names a planned place on the team of an opportunity.</summary>
internal readonly record struct PlannedPlaceId(Guid Value) : ITypedId<PlannedPlaceId>
{
    public static string Prefix => "place";
    public static PlannedPlaceId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PlannedPlaceId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>
/// A partner whom the vendor wants on an opportunity that no partner has registered yet, with its terms. Nobody outside the vendor hears of it: once the opportunity is linked to a deal, it becomes an
/// invitation there, with the holder's consent like every other.
/// </summary>
internal sealed class PlannedPlace : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public PlannedPlaceId Id { get; init; }
    public OpportunityId OpportunityId { get; init; }
    public PartnerId PartnerId { get; init; }
    public DealRole Role { get; init; }
    public int ShareBasisPoints { get; init; }
    public int WorkBasisPoints { get; init; }
    public DealVisibility Visibility { get; init; }

    /// <summary>Words for the partners on the deal, said there when the invitation goes out.</summary>
    public string? Note { get; init; }

    public DateTime PlannedAt { get; init; }
    public PersonId PlannedBy { get; init; }
    public string PlannedByName { get; init; } = "";

    /// <summary>When it became an invitation or was dropped.</summary>
    public DateTime? SettledAt { get; set; }

    public long Version { get; set; }
}
