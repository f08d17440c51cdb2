using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>That a partner is tied to a customer account, as its people or the vendor's have noted. A portal actor sees those of its own partner.</summary>
[PublishedRow("partners_customer")]
public sealed class CustomerTieRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }
    public AccountId AccountId { get; init; }

    /// <summary>The machine name of the tie: <c>sells_to</c>, <c>advises</c>, <c>implements</c>, <c>operates</c> or <c>knows</c>.</summary>
    public string Kind { get; init; } = "";
}
