using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>A file as somebody sends it.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Kind">What it holds; null to find out from the columns.</param>
internal sealed record SentFile(string? Name, Stream Content, ImportKind? Kind);

/// <summary>
/// Takes a file: streams it to disk, finds out how it is written, and only then, in one short transaction, records the import, so that a slow
/// upload never keeps others from writing.
/// </summary>
internal sealed class UploadImport(Work work, FileStore files, RecordImport record)
{
    public const long MostBytes = 64_000_000;

    public async Task<Result<ImportId>> RunAsync(SentFile sent, CancellationToken ct)
    {
        if (!work.Actor.May(AccountsPermissions.Import)) return Problem.Denied(AccountsPermissions.Import);
        var file = work.NewId<FileId>();
        var saved = await files.SaveAsync(work.Tenant, file, sent.Content, MostBytes, ct);
        if (!saved.Ok) return saved.Problem;
        var shape = await FileProbe.ProbeAsync(() => files.Open(work.Tenant, file)!, ct);
        var result = shape.Ok ? await record.RunAsync(new ProbedFile(NameOf(sent.Name), file, Length(file), shape.Value, sent.Kind), ct) : shape.Problem;
        if (!result.Ok) files.Delete(work.Tenant, file);
        return result;
    }

    private long Length(FileId file)
    {
        using var content = files.Open(work.Tenant, file)!;
        return content.Length;
    }

    private static string NameOf(string? name)
    {
        var plain = Kernel.Text.OrNull(name?.Split('/', '\\')[^1]) ?? "upload.csv";
        return Kernel.Text.IsClean(plain) ? plain.Length > 200 ? plain[^200..] : plain : "upload.csv";
    }
}

/// <summary>A file that is stored and known to be readable.</summary>
internal sealed record ProbedFile(string Name, FileId File, long Bytes, FileShape Shape, ImportKind? Kind);

/// <summary>Records the import of a stored file, with the mapping of the last file that had the same columns, or a suggested one.</summary>
internal sealed class RecordImport(Work work) : UseCase<ProbedFile, ImportId>(work)
{
    protected override Permission Permission => AccountsPermissions.Import;

    protected override async Task<Result<ImportId>> HandleAsync(ProbedFile input, CancellationToken ct)
    {
        var shape = input.Shape;
        var key = KeyOf(shape.Header);
        var earlier = await Db.Set<Import>().AsNoTracking()
            .Where(i => i.HeaderKey == key && (input.Kind == null || i.Kind == input.Kind)).OrderByDescending(i => i.Id).FirstOrDefaultAsync(ct);
        if ((input.Kind ?? earlier?.Kind ?? shape.Kind) is not { } kind) return ImportProblems.UnknownKind();
        var import = new Import
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<ImportId>(),
            FileName = input.Name,
            File = input.File,
            Bytes = input.Bytes,
            Encoding = shape.Encoding,
            Delimiter = shape.Delimiter,
            Header = JsonSerializer.Serialize(shape.Header, Json.Options),
            HeaderKey = key,
            Rows = shape.Rows,
            StartedBy = Work.Actor.Person,
            StartedByName = Work.Actor.Name,
            CreatedAt = Work.Now,
        };
        var mapping = earlier?.Mapping ?? JsonSerializer.Serialize(ImportFields.Suggest(kind, shape.Header), Json.Options);
        import.Map(kind, mapping, earlier is null ? shape.Options : shape.Options with { RevenueIn = earlier.RevenueIn }, earlier?.Currency ?? Work.Actor.Currency);
        import.Enter(ImportState.Uploaded, Work.Now);
        Db.Add(import);
        return import.Id;
    }

    private static string KeyOf(string[] header) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', header.Select(CompanyNames.Tight)))));
}
