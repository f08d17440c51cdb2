using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>That one of a partner's people used the portal on a day, as other modules may read it: by partner and time. Only the vendor's people see it.</summary>
[PublishedRow("identity_sign_in_day")]
public sealed class SignInDayRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PersonId PersonId { get; init; }
    public PartnerId PartnerId { get; init; }
    public DateOnly Day { get; init; }

    /// <summary>The first moment of that day.</summary>
    public DateTime At { get; init; }
}
