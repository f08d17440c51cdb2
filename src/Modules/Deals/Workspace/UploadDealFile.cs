using System.Security.Cryptography;
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
        var found = await work.WorkingOnAsync(sent.Deal, SightTable.From(DealPart.Files), null, ct);
        if (!found.Ok) return found.Problem;
        var name = NameOf(sent.Name);
        var id = work.NewId<FileId>();
        var saved = await files.SaveAsync(work.Tenant, id, sent.Content, FileKinds.MostBytes, ct);
        if (!saved.Ok) return saved.Problem;
        var looked = await LookAsync(id, name, ct);
        var result = looked.Ok ? await record.RunAsync(looked.Value with { Deal = sent.Deal, Internal = sent.Internal }, ct) : looked.Problem;
        if (!result.Ok) files.Delete(work.Tenant, id);
        return result;
    }

    private async Task<Result<KnownFile>> LookAsync(FileId id, string name, CancellationToken ct)
    {
        await using var content = files.Open(work.Tenant, id)!;
        if (content.Length == 0) return WorkspaceProblems.WrongFile("The file is empty.");
        var head = new byte[4096];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        if (FileKinds.Of(name, head.AsSpan(0, read)) is not { } type) return WorkspaceProblems.WrongFile($"We take PDF, pictures, Word, Excel, PowerPoint and text; “{name}” is not, or does not contain, one of them.");
        content.Position = 0;
        if (!FileKinds.IsOffice(name, content)) return WorkspaceProblems.WrongFile("This is no office file, or it contains macros.");
        content.Position = 0;
        return new KnownFile(default, id, name, type, content.Length, System.Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct)), false);
    }

    private static string NameOf(string? name)
    {
        var plain = Text.OrNull(name?.Split('/', '\\')[^1]) ?? "file";
        return Text.IsClean(plain) ? plain.Length > 150 ? plain[^150..] : plain : "file";
    }
}
