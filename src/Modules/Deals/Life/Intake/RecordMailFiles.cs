using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>The files of a mail that are stored and known.</summary>
internal sealed record MailFiles(IntakeId Mail, IReadOnlyList<KnownFile> Files, int LeftOut);

/// <summary>Records the files of a mail with its draft, once, as those of the person who forwarded it.</summary>
internal sealed class RecordMailFiles(Work work) : UseCase<MailFiles, Done>(work)
{
    protected override Permission Permission => Work.Actor.IsPartner ? DealsPermissions.Register : LifePermissions.TakeInMail;

    protected override async Task<Result<Done>> HandleAsync(MailFiles input, CancellationToken ct)
    {
        if (await Db.Set<IntakeMail>().SingleOrDefaultAsync(m => m.Id == input.Mail && m.FilesKept == null && m.DealId != null, ct) is not { } mail) return Problem.Missing("mail");
        if (await Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == mail.DealId && d.State == Published.DealState.Draft, ct) is not { } draft) return Problem.Missing("draft");
        Db.AddRange(input.Files.Select(f => new DealFile
        {
            TenantId = Work.Tenant, Id = f.File, DealId = draft.Id, Audience = CommentAudience.Shared, Name = f.Name, ContentType = f.ContentType, Bytes = f.Bytes, Digest = f.Digest,
            At = Work.Now, AddedBy = draft.RegisteredBy, AddedByName = draft.RegisteredByName, AddedByPartner = draft.PartnerId,
        }));
        mail.Carried(input.Files.Count, input.LeftOut);
        return default(Done);
    }
}
