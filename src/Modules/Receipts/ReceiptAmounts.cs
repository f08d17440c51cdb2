using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Receipts;

/// <summary>
/// Receipts and whoever's role at the partner leaves amounts out: it reads in the list that there is one, and opens none in which an amount stands. What was signed is handed out whole or not at all;
/// the public check of a file in somebody's hands asks nobody's role.
/// </summary>
internal static class ReceiptAmounts
{
    /// <summary>The kinds in which an amount always stands.</summary>
    public static readonly ReceiptKind[] Bearing = [ReceiptKind.DealRegistered, ReceiptKind.DealAmended, ReceiptKind.EarningAccrued, ReceiptKind.EarningReversed, ReceiptKind.Payment];

    /// <summary>Whether an amount stands in it, or may stand in words that somebody or a rule has said.</summary>
    public static bool In(ReceiptKind kind, ReceiptFile file) => Bearing.Contains(kind)
        || file.Facts.Any(f => f.Key.EndsWith("amount", StringComparison.Ordinal) || (f.Key == "reason" && f.Value is string said && AmountSight.WithoutAmount(said) is null))
        || (file.Personal.TryGetValue("in_their_words", out var words) && AmountSight.WithoutAmount(words.Value) is null);

    /// <summary>The receipt in a list, as this reader may see it: that of a payment is called by its amount.</summary>
    public static ReceiptItem For(bool reads, ReceiptItem item) => reads ? item : item with { Title = item.Kind == ReceiptKind.Payment ? "Payout" : item.Title, Opens = !Bearing.Contains(item.Kind) };
}
