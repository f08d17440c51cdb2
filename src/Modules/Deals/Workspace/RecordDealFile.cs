using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Records a stored file with its deal.</summary>
internal sealed class RecordDealFile(Work work) : UseCase<KnownFile, FileId>(work)
{
    public const int Most = 100;

    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<FileId>> HandleAsync(KnownFile input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealPart.Files, null, ct);
        if (!found.Ok) return found.Problem;
        if (Work.Actor.IsPartner && input.Internal) return DealsProblems.InternalByPartner();
        if (await Db.Set<DealFile>().IgnoreQueryFilters([Db.PartnerFilter]).CountAsync(f => f.DealId == input.Deal, ct) >= Most) return WorkspaceProblems.TooMany("files", Most);
        Db.Add(new DealFile
        {
            TenantId = Work.Tenant,
            Id = input.File,
            DealId = input.Deal,
            Audience = input.Internal ? CommentAudience.Internal : CommentAudience.Shared,
            Name = input.Name,
            ContentType = input.ContentType,
            Bytes = input.Bytes,
            Digest = input.Digest,
            At = Work.Now,
            AddedBy = Work.Actor.Person,
            AddedByName = Work.Actor.Name,
            AddedByPartner = Work.Actor.Partner,
        });
        return input.File;
    }
}
