using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Imports;

/// <summary>What a row replaced, and what it wrote into custom fields.</summary>
internal sealed record PartnerBefore(Profile? Profile, Dictionary<string, string?> Own, Dictionary<string, string?> OwnAfter);

/// <summary>Writes one row: makes the partner or changes it, by the same use cases as a person.</summary>
internal sealed class WritePartnerRow(Work work, CustomFields fields, CreatePartner create, UpdatePartner update, AssignTier rank) : UseCase<(PartnerImportId Import, int Row), Done>(work)
{
    protected override Permission Permission => ImportPermissions.Import;

    protected override async Task<Result<Done>> HandleAsync((PartnerImportId Import, int Row) input, CancellationToken ct)
    {
        var import = await Db.Set<PartnerImport>().AsNoTracking().SingleAsync(i => i.Id == input.Import, ct);
        var cells = await Db.Set<PartnerImportRow>().AsNoTracking().SingleAsync(r => r.ImportId == input.Import && r.Number == input.Row, ct);
        if (cells.Written) return default(Done);
        var own = await fields.WritableAsync(PartnerRecords.Name, ct);
        var mapping = JsonSerializer.Deserialize<Dictionary<string, int>>(import.Mapping, Json.Options)!;
        var line = new PartnerLineReader(mapping, [.. own.Where(f => mapping.ContainsKey(ImportColumns.CodeOf(f)))], await Managers.AllAsync(Work, ct)).Read(cells.Number, cells.Cells!);
        if (line.Faults.Count > 0) return Problem.Invalid("row", string.Join("\n", line.Faults));
        var written = cells.PartnerId is { } there ? await ChangeAsync(there, line, import.FileName, own, ct) : await MakeAsync(line, import, ct);
        if (!written.Ok) return written.Problem;
        await Work.SaveAsync(ct);
        var (id, before) = written.Value;
        var row = await Db.Set<PartnerImportRow>().SingleAsync(r => r.ImportId == input.Import && r.Number == input.Row, ct);
        // Nobody needs what stood in the file a second time.
        (row.Written, row.PartnerId, row.Cells, row.Before) = (true, id, null, before is null ? null : JsonSerializer.Serialize(before, Json.Options));
        row.VersionAfter = await Db.Set<Partner>().Where(p => p.Id == id).Select(p => p.Version).SingleAsync(ct);
        return default(Done);
    }

    private async Task<Result<(PartnerId, PartnerBefore?)>> MakeAsync(PartnerLine line, PartnerImport import, CancellationToken ct)
    {
        var made = await create.RunAsync(line.New(JsonSerializer.Deserialize<ImportDefaults>(import.Otherwise, Json.Options)!), ct);
        if (!made.Ok) return made.Problem;
        if (line.Tier is { } tier and > Tier.Registered && await rank.RunAsync(new TierAssignment(made.Value, tier, $"As it stands in {import.FileName}") { Quietly = true }, ct) is { Ok: false, Problem: { } problem }) return problem;
        return (made.Value, null);
    }

    private async Task<Result<(PartnerId, PartnerBefore?)>> ChangeAsync(PartnerId id, PartnerLine line, string file, IReadOnlyList<CustomField> own, CancellationToken ct)
    {
        var profile = (await Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.MergedInto == null, ct))?.Profile();
        if (profile is null) return PartnersProblems.Missing();
        var told = own.Where(f => line.Own.ContainsKey(f.Key)).ToList();
        var before = await HeldAsync(Work, id, told, ct);
        var changed = await update.RunAsync((id, line.Changes with { File = file }), ct);
        if (!changed.Ok) return changed.Problem;
        if (await fields.KeepAsync(PartnerRecords.Name, id.ToString(), false, line.Own, false, ct) is { } problem) return problem;
        await Work.SaveAsync(ct);
        return (id, new PartnerBefore(profile, before, await HeldAsync(Work, id, told, ct)));
    }

    internal static async Task<Dictionary<string, string?>> HeldAsync(Work work, PartnerId id, IReadOnlyList<CustomField> fields, CancellationToken ct)
    {
        var held = fields.Count == 0 ? [] : await FieldRows.ReadAsync<PartnerId>(work.Db, [id], [.. fields.Select(f => f.Id)], ct);
        return fields.ToDictionary(f => f.Key, f => Text.OrNull(FieldRules.Join(held.GetValueOrDefault((id, f.Id), []).Select(t => t.Text))));
    }
}
