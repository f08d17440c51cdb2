using System.Text.Json;
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

/// <summary>Keeps the rows of a file, to be looked at.</summary>
internal sealed class RecordPartnerImport(Work work, CustomFields fields) : UseCase<(string Name, PartnerTable Table), PartnerImportId>(work)
{
    protected override Permission Permission => ImportPermissions.Import;

    protected override async Task<Result<PartnerImportId>> HandleAsync((string Name, PartnerTable Table) input, CancellationToken ct)
    {
        var (header, rows) = (input.Table.Header, input.Table.Rows);
        var import = new PartnerImport
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<PartnerImportId>(),
            FileName = input.Name,
            Header = JsonSerializer.Serialize(header, Json.Options),
            Rows = rows.Count,
            Mapping = JsonSerializer.Serialize(ImportColumns.Suggest(header, await fields.WritableAsync(PartnerRecords.Name, ct)), Json.Options),
            StartedBy = Work.Actor.Person,
            StartedByName = Work.Actor.Name,
            CreatedAt = Work.Now,
        };
        import.Enter(PartnerImportState.Uploaded, Work.Now);
        var kept = new List<PartnerImportRow>(rows.Count);
        foreach (var (number, cells) in rows)
        {
            var text = JsonSerializer.Serialize(cells.Select(c => Text.Storable(c, 4000)), Json.Options);
            if (text.Length > PartnerTable.LongestRow) return Problem.Invalid("file", $"Row {number} is too long.");
            kept.Add(new PartnerImportRow { TenantId = Work.Tenant, ImportId = import.Id, Number = number, Cells = text });
        }

        Db.Add(import);
        await Work.SaveAsync(ct);
        await Db.Engine.InsertAsync(Db, kept, ct);
        return import.Id;
    }
}
