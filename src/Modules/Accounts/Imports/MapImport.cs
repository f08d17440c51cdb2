using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>Which column fills which field, and how values are to be read.</summary>
/// <param name="Import">The import.</param>
/// <param name="Kind">What the file holds.</param>
/// <param name="Columns">Field → column name; a field that is left out or blank is not filled.</param>
internal sealed record ImportMapping(ImportId Import, ImportKind Kind, Dictionary<string, string?> Columns, DateOrder Dates, bool DecimalComma, AmountUnit RevenueIn, string? Currency);

/// <summary>Says how a file is to be read. The next file with the same columns starts with the same mapping.</summary>
internal sealed class MapImport(Work work, CustomFields fields) : UseCase<ImportMapping, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Import;

    protected override async Task<Result<Done>> HandleAsync(ImportMapping input, CancellationToken ct)
    {
        var import = await Db.Set<Import>().SingleOrDefaultAsync(i => i.Id == input.Import, ct);
        if (import is null) return AccountsProblems.MissingImport();
        var header = JsonSerializer.Deserialize<string[]>(import.Header, Json.Options)!;
        var mapping = Columns(input, header, ImportFields.Of(input.Kind, await OwnColumns.OfAsync(fields, input.Kind, ct)));
        if (!mapping.Ok) return mapping.Problem;
        var currency = (Text.OrNull(input.Currency) ?? Work.Actor.Currency).ToUpperInvariant();
        if (new Check().Currency(currency).Problem is { } unknown) return unknown;
        var next = Work.Move(ImportLifecycle.Machine, import.Id.ToString(), import.State, ImportTrigger.Map);
        if (!next.Ok) return next.Problem;
        if (import.State == ImportState.Checked) await ImportRuns.ClearAsync(Db, import, ct);
        import.Map(input.Kind, JsonSerializer.Serialize(mapping.Value, Json.Options), new ImportOptions(input.Dates, input.DecimalComma, input.RevenueIn), currency);
        import.Enter(next.Value, Work.Now);
        return default(Done);
    }

    private static Result<Dictionary<string, int>> Columns(ImportMapping input, string[] header, IReadOnlyList<ImportField> fields)
    {
        var check = new Check();
        var mapping = new Dictionary<string, int>();
        foreach (var field in fields)
        {
            var wanted = Text.OrNull(input.Columns.GetValueOrDefault(field.Code));
            var column = wanted is null ? -1 : Array.FindIndex(header, h => string.Equals(h, wanted, StringComparison.OrdinalIgnoreCase));
            check.That(wanted is null || column >= 0, field.Code, $"There is no column “{wanted}”.")
                .That(wanted is not null || !field.Required, field.Code, $"{field.Label} needs a column.")
                .That(column < 0 || !mapping.ContainsValue(column), field.Code, $"The column “{wanted}” already fills another field.");
            if (column >= 0) mapping[field.Code] = column;
        }

        foreach (var unknown in input.Columns.Keys.Where(c => fields.All(f => f.Code != c)))
            check.That(false, "columns", $"{ImportFields.Label(input.Kind)} have no field “{(Text.IsClean(unknown) && unknown.Length < 60 ? unknown : "?")}”.");
        return check.Problem is { } problem ? problem : mapping;
    }
}
