using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

/// <summary>A file that lies with a partner: internal unless it is shared.</summary>
internal sealed class PartnerFile : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public FileId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public NoteAudience Audience { get; init; }
    public required string Name { get; init; }
    public required string ContentType { get; init; }
    public long Bytes { get; init; }

    /// <summary>SHA-256 of the content.</summary>
    public required string Digest { get; init; }
    public DateTime At { get; init; }
    public PersonId AddedBy { get; init; }
    public required string By { get; init; }
    public bool FromPartner { get; init; }
}

internal sealed record PartnerFileItem(FileId Id, string Name, string ContentType, long Bytes, NoteAudience Audience, string By, bool FromPartner, DateTime At, bool MayRemove);

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

/// <summary>Records a stored file with its partner.</summary>
internal sealed class RecordPartnerFile(Work work) : UseCase<PartnerFile, FileId>(work)
{
    private const int Most = 200;

    protected override Permission Permission => PartnersPermissions.AddNote;

    protected override async Task<Result<FileId>> HandleAsync(PartnerFile input, CancellationToken ct)
    {
        if (await Db.Set<PartnerFile>().IgnoreQueryFilters([Db.PartnerFilter]).CountAsync(f => f.PartnerId == input.PartnerId, ct) >= Most)
            return Problem.Invalid("file", $"A partner has at most {Most} files. Remove one first.");
        Db.Add(input);
        return input.Id;
    }
}

/// <summary>The side that added a file removes it, with its content.</summary>
internal sealed class RemovePartnerFile(Work work, FileStore files) : UseCase<(PartnerId Partner, FileId File), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.AddNote;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, FileId File) input, CancellationToken ct)
    {
        var file = await Db.Set<PartnerFile>().SingleOrDefaultAsync(f => f.Id == input.File && f.PartnerId == input.Partner, ct);
        if (file is null) return Problem.Missing("file");
        if (!PartnerFiles.MayRemove(Work.Actor, file.AddedBy, file.FromPartner)) return PartnersProblems.NotYourNote();
        Db.Remove(file);
        var tenant = Work.Tenant;
        Work.Afterwards(() => files.Delete(tenant, input.File));
        return default(Done);
    }
}

internal static class PartnerFiles
{
    public static bool MayRemove(Actor actor, PersonId by, bool fromPartner) => by == actor.Person || (!fromPartner && !actor.IsPartner && actor.May(PartnersPermissions.Manage));

    public static async Task<IReadOnlyList<PartnerFileItem>> OfAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var rows = await work.Db.Set<PartnerFile>().AsNoTracking().Where(f => f.PartnerId == partner).OrderByDescending(f => f.Id).Take(200).ToListAsync(ct);
        return [.. rows.Select(f => new PartnerFileItem(f.Id, f.Name, f.ContentType, f.Bytes, f.Audience, f.By, f.FromPartner, f.At, MayRemove(work.Actor, f.AddedBy, f.FromPartner)))];
    }
}
