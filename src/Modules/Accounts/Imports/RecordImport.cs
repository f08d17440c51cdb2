using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>Records the import of a stored file, with the mapping of the last file that had the same columns, or a suggested one.</summary>
internal sealed class RecordImport(Work work, CustomFields fields) : UseCase<ProbedFile, ImportId>(work)
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
            Sheet = input.Sheet is { } sheet ? Text.Storable(sheet.Name, 200) : null,
            OtherSheets = input.Sheet is { Sheets.Count: > 1 } all ? JsonSerializer.Serialize(all.Sheets.Where(s => s != all.Name).Take(50).Select(s => Text.Storable(s, 60)), Json.Options) : null,
            StartedBy = Work.Actor.Person,
            StartedByName = Work.Actor.Name,
            CreatedAt = Work.Now,
        };
        var own = await OwnColumns.OfAsync(fields, kind, ct);
        var mapping = earlier is null ? ImportFields.Suggest(kind, shape.Header, own) : OwnColumns.Living(JsonSerializer.Deserialize<Dictionary<string, int>>(earlier.Mapping, Json.Options)!, own);
        import.Map(kind, JsonSerializer.Serialize(mapping, Json.Options), earlier is null ? shape.Options : shape.Options with { RevenueIn = earlier.RevenueIn }, earlier?.Currency ?? Work.Actor.Currency);
        import.Enter(ImportState.Uploaded, Work.Now);
        Db.Add(import);
        return import.Id;
    }

    private static string KeyOf(string[] header) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', header.Select(CompanyNames.Tight)))));
}
