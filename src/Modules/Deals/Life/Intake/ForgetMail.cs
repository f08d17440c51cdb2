using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>Deletes messages that were kept for an answer nobody gave: after a month they must be forwarded again. Those of a person who was erased go the next time.</summary>
internal sealed class ForgetMail(Work work, FileStore files) : IRecurring
{
    public const int Days = 30;
    private const int Most = 500;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (tenant, before) = (work.Tenant, work.Now.AddDays(-Days));
        var old = await work.Db.Set<IntakeMail>().Where(m => m.MessageFile != null && (m.At < before || m.FromAddress == Erasure.Name)).OrderBy(m => m.Id).Select(m => new { m.Id, m.MessageFile }).Take(Most).ToListAsync(ct);
        foreach (var mail in old)
        {
            files.Delete(tenant, mail.MessageFile!.Value);
            var id = mail.Id;
            await Work.AloneAsync(work.Db, () => work.Db.Set<IntakeMail>().Where(m => m.TenantId == tenant && m.Id == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.MessageFile, (FileId?)null), ct), ct);
        }

        return default(Done);
    }
}
