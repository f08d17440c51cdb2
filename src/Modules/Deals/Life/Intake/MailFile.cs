using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>A file that came with the mail of a draft.</summary>
internal sealed record MailFile(FileId Id, string Name)
{
    public static async Task<IReadOnlyList<MailFile>> OfAsync(Work work, DealId draft, CancellationToken ct) =>
        await work.Db.Set<DealFile>().AsNoTracking().Where(f => f.DealId == draft).OrderBy(f => f.Id).Select(f => new MailFile(f.Id, f.Name)).Take(MailText.MostAttachments).ToListAsync(ct);
}
