using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Receipts;

/// <summary>Forgets the personal values of one receipt. Its signature, its place and its proof stay valid, because they never held more than salted commitments.</summary>
internal sealed class EraseReceipt(Work work) : UseCase<(ReceiptId Receipt, string? Reason), ReceiptId>(work)
{
    protected override Permission Permission => ReceiptsPermissions.Manage;

    protected override async Task<Result<ReceiptId>> HandleAsync((ReceiptId Receipt, string? Reason) input, CancellationToken ct)
    {
        if (Erasing.Reason(input.Reason) is { Ok: false, Problem: { } problem }) return problem;
        var receipt = await Db.Set<Receipt>().SingleOrDefaultAsync(r => r.Id == input.Receipt, ct);
        if (receipt is null) return ReceiptsProblems.Missing();
        if (receipt.Personal is null) return ReceiptsProblems.NothingPersonal();
        Erasing.Erase(Work, receipt, input.Reason!);
        return receipt.Id;
    }
}

internal static class Erasing
{
    public static Result<Done> Reason(string? reason)
    {
        if (Text.OrNull(reason) is null) return ReceiptsProblems.ReasonNeeded();
        return new Check().Text(reason, "reason", "The reason", 500).Problem is { } problem ? problem : default(Done);
    }

    public static void Erase(Work work, Receipt receipt, string reason)
    {
        receipt.Erase(work.Now);
        work.Note("receipts.erased", "receipts_receipt", receipt.Id.ToString(), new { reason });
    }
}
