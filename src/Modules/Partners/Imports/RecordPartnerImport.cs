using System.Text.Json;
using Trellis.Kernel;

namespace Trellis.Partners.Imports;

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
