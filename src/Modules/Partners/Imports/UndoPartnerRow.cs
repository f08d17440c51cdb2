using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Graph;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Merging;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;

namespace Trellis.Partners.Imports;

/// <summary>Takes one row back: removes the partner that it made, or restores what it changed. What was changed or used since stays, and says why.</summary>
internal sealed class UndoPartnerRow(Work work, CustomFields fields, PartnerReferences references) : UseCase<(PartnerImportId Import, int Row), Done>(work)
{
    // What is made together with a partner and goes with it.
    private static readonly string[] Own = ["partners_motion", "partners_motion_change", "partners_tier_change"];

    protected override Permission Permission => ImportPermissions.Import;

    protected override async Task<Result<Done>> HandleAsync((PartnerImportId Import, int Row) input, CancellationToken ct)
    {
        var import = await Db.Set<PartnerImport>().SingleAsync(i => i.Id == input.Import, ct);
        var row = await Db.Set<PartnerImportRow>().SingleAsync(r => r.ImportId == input.Import && r.Number == input.Row, ct);
        if (row.Undone) return default(Done);
        row.Undone = true;
        var partner = await Db.Set<Partner>().SingleOrDefaultAsync(p => p.Id == row.PartnerId, ct);
        row.KeptBecause = partner is null ? "It is gone already." : partner.MergedInto is not null ? "It was merged into another partner since." : partner.Version != row.VersionAfter ? "It was changed since." : null;
        if (row.KeptBecause is null) row.KeptBecause = row.Outcome == PartnerRowOutcome.Create ? await RemoveAsync(partner!, row, ct) : await RestoreAsync(partner!, row, ct);
        if (row.KeptBecause is not null) import.Kept++;
        else if (row.Outcome == PartnerRowOutcome.Create) import.Removed++;
        else import.Restored++;
        return default(Done);
    }

    private async Task<string?> RestoreAsync(Partner partner, PartnerImportRow row, CancellationToken ct)
    {
        var before = JsonSerializer.Deserialize<PartnerBefore>(row.Before!, Json.Options)!;
        var own = (await fields.WritableAsync(PartnerRecords.Name, ct)).Where(f => before.OwnAfter.ContainsKey(f.Key)).ToList();
        var now = await WritePartnerRow.HeldAsync(Work, partner.Id, own, ct);
        if (own.Any(f => now[f.Key] != before.OwnAfter[f.Key])) return "Its custom fields were changed since.";
        var renamed = partner.Name != before.Profile!.Name;
        partner.Describe(before.Profile);
        await MergePartners.WordsAsync(Work, partner, ct);
        if (own.Count > 0) await fields.KeepAsync(PartnerRecords.Name, partner.Id.ToString(), false, own.ToDictionary(f => f.Key, f => before.Own.GetValueOrDefault(f.Key)), false, ct);
        if (renamed) await Memberships.RenamePartnerAsync(Work, partner.Id, partner.Name, ct);
        return null;
    }

    private async Task<string?> RemoveAsync(Partner partner, PartnerImportRow row, CancellationToken ct)
    {
        var id = partner.Id;
        var used = (await references.CountAsync(id, default, ct)).Where(u => !Own.Contains(u.Table)).Sum(u => u.Rows) + await Db.Set<Relation>().CountAsync(r => r.FromId == id || r.ToId == id, ct);
        if (used > 0) return $"It is in use since: {used:N0} records name it.";
        row.PartnerId = null;
        Db.RemoveRange(await Db.Set<PartnerMotion>().Where(m => m.PartnerId == id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<TierChange>().Where(t => t.PartnerId == id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<Trait>().Where(t => t.PartnerId == id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<PartnerKey>().Where(k => k.PartnerId == id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<TwinRow>().Where(t => t.LeftId == id || t.RightId == id).ToListAsync(ct));
        await FieldRows.DeleteAsync<PartnerId>(Db, [id], ct);
        Db.Remove(partner);
        return null;
    }
}
