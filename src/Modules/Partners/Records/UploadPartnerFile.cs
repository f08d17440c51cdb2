using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

/// <summary>A file as somebody sends it.</summary>
internal sealed record SentFile(PartnerId Partner, string? Name, Stream Content, bool Shared);

/// <summary>Takes a file: streams it to the shelf, looks what it is, and only then records it in a short transaction.</summary>
internal sealed class UploadPartnerFile(Work work, FileStore files, RecordPartnerFile record)
{
    public async Task<Result<FileId>> RunAsync(SentFile sent, CancellationToken ct)
    {
        if (!work.Actor.May(PartnersPermissions.AddNote)) return Problem.Denied(PartnersPermissions.AddNote);
        if (!await work.Db.Set<Partner>().AnyAsync(p => p.Id == sent.Partner && p.MergedInto == null, ct)) return PartnersProblems.Missing();
        var plain = Text.OrNull(sent.Name?.Split('/', '\\')[^1]) ?? "file";
        var name = Text.IsClean(plain) ? plain.Length > 150 ? plain[^150..] : plain : "file";
        var id = work.NewId<FileId>();
        var saved = await files.SaveAsync(work.Tenant, id, sent.Content, FileKinds.MostBytes, ct);
        if (!saved.Ok) return saved.Problem;
        var looked = await LookAsync(id, name, sent, ct);
        var result = looked.Ok ? await record.RunAsync(looked.Value, ct) : looked.Problem;
        if (!result.Ok) files.Delete(work.Tenant, id);
        return result;
    }

    private async Task<Result<PartnerFile>> LookAsync(FileId id, string name, SentFile sent, CancellationToken ct)
    {
        await using var content = files.Open(work.Tenant, id)!;
        if (content.Length == 0) return Problem.Invalid("file", "The file is empty.");
        var head = new byte[4096];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        if (FileKinds.Of(name, head.AsSpan(0, read)) is not { } type) return Problem.Invalid("file", $"We take PDF, pictures, Word, Excel, PowerPoint and text; “{name}” is not, or does not contain, one of them.");
        content.Position = 0;
        if (!FileKinds.IsOffice(name, content)) return Problem.Invalid("file", "This is no office file, or it contains macros.");
        content.Position = 0;
        return new PartnerFile
        {
            TenantId = work.Tenant,
            Id = id,
            PartnerId = sent.Partner,
            Audience = sent.Shared || work.Actor.IsPartner ? NoteAudience.Shared : NoteAudience.Internal,
            Name = name,
            ContentType = type,
            Bytes = content.Length,
            Digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct)),
            At = work.Now,
            AddedBy = work.Actor.Person,
            By = work.Actor.Name,
            FromPartner = work.Actor.IsPartner,
        };
    }
}
