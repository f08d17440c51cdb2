using Trellis.Kernel;

namespace Trellis.Partners.Imports;

/// <summary>A file of partners as somebody sends it.</summary>
internal sealed record PartnerFileSent(string? Name, Stream Content);

/// <summary>Reads a file before anything is kept of it, and then records it with a suggestion of what its columns are.</summary>
internal sealed class UploadPartnerImport(Work work, RecordPartnerImport record)
{
    public async Task<Result<PartnerImportId>> RunAsync(PartnerFileSent sent, CancellationToken ct)
    {
        if (!work.Actor.May(ImportPermissions.Import)) return Problem.Denied(ImportPermissions.Import);
        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await sent.Content.ReadAsync(buffer, ct)) > 0;)
        {
            if (content.Length + read > PartnerTable.MostBytes) return Problem.Invalid("file", $"The file is larger than {PartnerTable.MostBytes / 1_000_000} MB. Split it.");
            content.Write(buffer, 0, read);
        }

        var table = PartnerTable.Read(content.ToArray());
        if (!table.Ok) return table.Problem;
        var plain = Text.OrNull(sent.Name?.Split('/', '\\')[^1]) ?? "partners.csv";
        return await record.RunAsync((Text.IsClean(plain) ? plain.Length > 150 ? plain[^150..] : plain : "partners.csv", table.Value), ct);
    }
}
