using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Receipts;

/// <summary>Forgets the personal values of all receipts of one record. Returns how many.</summary>
internal sealed class EraseSubject(Work work) : UseCase<(string Subject, string? Reason), int>(work)
{
    protected override Permission Permission => ReceiptsPermissions.Manage;

    protected override async Task<Result<int>> HandleAsync((string Subject, string? Reason) input, CancellationToken ct)
    {
        if (Erasing.Reason(input.Reason) is { Ok: false, Problem: { } problem }) return problem;
        var receipts = await Db.Set<Receipt>().Where(r => r.Subject == input.Subject && r.Personal != null).ToListAsync(ct);
        if (receipts.Count == 0) return ReceiptsProblems.NothingPersonal();
        foreach (var receipt in receipts) Erasing.Erase(Work, receipt, input.Reason!);
        return receipts.Count;
    }
}
