using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Imports;

/// <summary>Which column fills which field, and what becomes of rows. Null leaves a part as it is.</summary>
internal sealed record PartnerImportPlan
{
    /// <summary>Field → column name; custom fields as <c>field.key</c>.</summary>
    public Dictionary<string, string?>? Columns { get; init; }

    public PartnerImportMode? Mode { get; init; }

    /// <summary>For new partners without a country of their own.</summary>
    public string? Country { get; init; }

    public PartnerType? MainType { get; init; }
    public PartnerState? State { get; init; }

    /// <summary>Makes new partners although they look like others: somebody has looked, and they are other companies.</summary>
    public bool? OtherCompanies { get; init; }
}

/// <summary>Looks at every row with the chosen columns and says what it would do; nothing is written to partners.</summary>
internal sealed class CheckPartnerImport(Work work, CustomFields fields) : UseCase<(PartnerImportId Import, PartnerImportPlan Plan), Done>(work)
{
    protected override Permission Permission => ImportPermissions.Import;

    protected override async Task<Result<Done>> HandleAsync((PartnerImportId Import, PartnerImportPlan Plan) input, CancellationToken ct)
    {
        await Work.LockAsync($"partner_import:{input.Import}", ct);
        var import = await Db.Set<PartnerImport>().SingleOrDefaultAsync(i => i.Id == input.Import, ct);
        if (import is null) return ImportProblems.Missing();
        var (plan, own) = (input.Plan, await fields.WritableAsync(PartnerRecords.Name, ct));
        var columns = Columns(import, plan.Columns, own);
        if (!columns.Ok) return columns.Problem;
        if (plan.Country is { Length: > 0 } country && Countries.Find(country) is null) return Problem.Invalid("country", "Choose a country.");
        if (plan.State is > PartnerState.Active) return Problem.Invalid("state", "A new partner starts as prospect, applicant, onboarding, activated or active.");
        var moved = Work.Move(PartnerImportLifecycle.Machine, import.Id.ToString(), import.State, PartnerImportTrigger.Check);
        if (!moved.Ok) return moved.Problem;
        var otherwise = new ImportDefaults(Text.OrNull(plan.Country), plan.MainType, plan.State, plan.OtherCompanies ?? false);
        (import.Mapping, import.Mode, import.Otherwise) = (JsonSerializer.Serialize(columns.Value, Json.Options), plan.Mode ?? import.Mode, JsonSerializer.Serialize(otherwise, Json.Options));
        import.Enter(moved.Value, Work.Now);
        await JudgeAsync(import, columns.Value, own, otherwise, ct);
        return default(Done);
    }

    private async Task JudgeAsync(PartnerImport import, Dictionary<string, int> mapping, IReadOnlyList<CustomField> own, ImportDefaults otherwise, CancellationToken ct)
    {
        var rows = await Db.Set<PartnerImportRow>().AsNoTracking().Where(r => r.ImportId == import.Id).OrderBy(r => r.Number).ToListAsync(ct);
        var mapped = own.Where(f => mapping.ContainsKey(ImportColumns.CodeOf(f))).ToList();
        var reader = new PartnerLineReader(mapping, mapped, await Managers.AllAsync(Work, ct));
        var match = await MatchPartners.LoadAsync(Work, fields, mapped, import.Mode, otherwise, ct);
        var (ranks, makes, changes) = (Work.Actor.May(PartnersPermissions.AssignTier), Work.Actor.May(PartnersPermissions.Manage), Work.Actor.May(PartnersPermissions.EditProfile));
        foreach (var row in rows)
        {
            var line = reader.Read(row.Number, row.Cells!);
            if (line.Tier is > Tier.Registered && !ranks) line.Faults.Add("Tier: you may not assign tiers.");
            match.Judge(line, row);
            if ((row.Outcome == PartnerRowOutcome.Create && !makes) || (row.Outcome == PartnerRowOutcome.Update && !changes)) (row.Outcome, row.Text) = (PartnerRowOutcome.Refused, "You may not add or change partners.");
        }

        import.Created = rows.Count(r => r.Outcome == PartnerRowOutcome.Create);
        import.Updated = rows.Count(r => r.Outcome == PartnerRowOutcome.Update);
        import.Unchanged = rows.Count(r => r.Outcome == PartnerRowOutcome.Unchanged);
        import.Refused = rows.Count(r => r.Outcome == PartnerRowOutcome.Refused);
        await Db.Set<PartnerImportRow>().Where(r => r.ImportId == import.Id).ExecuteDeleteAsync(ct);
        await Db.Engine.InsertAsync(Db, rows, ct);
    }

    private static Result<Dictionary<string, int>> Columns(PartnerImport import, Dictionary<string, string?>? asked, IReadOnlyList<CustomField> own)
    {
        if (asked is null) return JsonSerializer.Deserialize<Dictionary<string, int>>(import.Mapping, Json.Options)!;
        var header = JsonSerializer.Deserialize<string[]>(import.Header, Json.Options)!;
        var codes = ImportColumns.All.Select(c => c.Code).Concat(own.Select(ImportColumns.CodeOf)).ToHashSet();
        var (mapping, check) = (new Dictionary<string, int>(), new Check());
        foreach (var (code, column) in asked)
        {
            if (Text.OrNull(column) is not { } name) continue;
            var at = Array.FindIndex(header, h => string.Equals(h, name, StringComparison.OrdinalIgnoreCase));
            check.That(codes.Contains(code), code, $"There is no field “{Text.Storable(code, 40)}” that a file may fill.").That(at >= 0, code, $"The file has no column “{Text.Storable(name, 40)}”.");
            mapping[code] = at;
        }

        check.That(mapping.ContainsKey("name") || mapping.ContainsKey("id"), "name", "Say which column holds the name.");
        return check.Problem is { } problem ? problem : mapping;
    }
}
