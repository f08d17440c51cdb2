using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Receipts.Hears;

internal sealed class ReceiptOfTier(IssueTierReceipt issue) : IHear<TierGiven>
{
    public async Task HearAsync(TierGiven happened, CancellationToken ct)
    {
        var result = await issue.RunAsync(happened, ct);
        // The dispatcher tries again and at last shows it to a person.
        if (!result.Ok) throw new InvalidOperationException(result.Problem.Message);
    }
}
