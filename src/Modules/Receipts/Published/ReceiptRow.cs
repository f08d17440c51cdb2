using Trellis.Kernel;

namespace Trellis.Receipts.Published;

/// <summary>That there is a receipt about a record, as other modules may know; what it says stands on its page. A portal actor sees its partner's.</summary>
[PublishedRow("receipts_receipt")]
public sealed class ReceiptRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public ReceiptId Id { get; init; }

    /// <summary>The record's id as text.</summary>
    public string Subject { get; init; } = "";

    public PartnerId PartnerId { get; init; }
}
