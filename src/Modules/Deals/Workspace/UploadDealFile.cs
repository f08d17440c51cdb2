using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A file as somebody sends it.</summary>
internal sealed record SentDealFile(DealId Deal, string? Name, Stream Content, bool Internal);

/// <summary>Takes a file: streams it to disk, looks what it is, and only then records it in a short transaction.</summary>
internal sealed class UploadDealFile(Work work, FileStore files, RecordDealFile record)
{
    public async Task<Result<FileId>> RunAsync(SentDealFile sent, CancellationToken ct)
    {
        if (!work.Actor.May(DealsPermissions.WorkOn)) return Problem.Denied(DealsPermissions.WorkOn);
        // Before anything lies on our disk: may this person add files here at all?
        var found = await work.WorkingOnAsync(sent.Deal, DealPart.Files, null, ct);
        if (!found.Ok) return found.Problem;
        var name = DealFileCheck.NameOf(sent.Name);
        var id = work.NewId<FileId>();
        var saved = await files.SaveAsync(work.Tenant, id, sent.Content, FileKinds.MostBytes, ct);
        if (!saved.Ok) return saved.Problem;
        var looked = await DealFileCheck.LookAsync(files, work.Tenant, id, name, ct);
        var result = looked.Ok ? await record.RunAsync(looked.Value with { Deal = sent.Deal, Internal = sent.Internal }, ct) : looked.Problem;
        if (!result.Ok) files.Delete(work.Tenant, id);
        return result;
    }
}
