using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Graph;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Merging;
using Trellis.Partners.Motions;
using Trellis.Partners.Ownership;
using Trellis.Partners.Profiling;

namespace Trellis.Partners.Imports;

/// <summary>Takes some rows back: removes the partners that they made, or restores what they changed. What was changed or used since stays, and says why.</summary>
internal sealed class UndoPartnerRows(Work work, CustomFields fields, PartnerReferences references) : UseCase<(PartnerImportId Import, IReadOnlyList<int> Rows), Done>(work)
{
    // What is made together with a partner and goes with it.
    private static readonly string[] Own = ["partners_motion", "partners_motion_change", "partners_tier_change"];

    protected override Permission Permission => ImportPermissions.Import;

    protected override async Task<Result<Done>> HandleAsync((PartnerImportId Import, IReadOnlyList<int> Rows) input, CancellationToken ct)
    {
        var (import, numbers) = (await Db.Set<PartnerImport>().SingleAsync(i => i.Id == input.Import, ct), input.Rows.ToArray());
        var rows = await Db.Set<PartnerImportRow>().Where(r => r.ImportId == input.Import && numbers.Contains(r.Number) && !r.Undone).OrderByDescending(r => r.Number).ToListAsync(ct);
        var used = await UsedAsync([.. rows.Where(r => r.Outcome == PartnerRowOutcome.Create).Select(r => r.PartnerId).OfType<PartnerId>()], ct);
        foreach (var row in rows)
        {
            row.Undone = true;
            var partner = await Db.Set<Partner>().SingleOrDefaultAsync(p => p.Id == row.PartnerId, ct);
            row.KeptBecause = partner is null ? "It is gone already." : partner.MergedInto is not null ? "It was merged into another partner since." : partner.Version != row.VersionAfter ? "It was changed since." : null;
            if (row.KeptBecause is null) row.KeptBecause = row.Outcome == PartnerRowOutcome.Create ? await RemoveAsync(partner!, row, used.GetValueOrDefault(partner!.Id), ct) : await RestoreAsync(partner!, row, ct);
            if (row.KeptBecause is not null) import.Kept++;
            else if (row.Outcome == PartnerRowOutcome.Create) import.Removed++;
            else import.Restored++;
        }

        return default(Done);
    }

    // How many records name each of the partners, all counted at once: every table is asked once and not once a row.
    private async Task<Dictionary<PartnerId, int>> UsedAsync(PartnerId[] made, CancellationToken ct)
    {
        var used = new Dictionary<PartnerId, int>(await references.CountAsync(made, Own, ct));
        foreach (var tie in await Db.Set<Relation>().AsNoTracking().Where(r => made.Contains(r.FromId) || made.Contains(r.ToId)).Select(r => new { r.FromId, r.ToId }).ToListAsync(ct))
            foreach (var end in new[] { tie.FromId, tie.ToId }) used[end] = used.GetValueOrDefault(end) + 1;
        return used;
    }

    private async Task<string?> RestoreAsync(Partner partner, PartnerImportRow row, CancellationToken ct)
    {
        var before = JsonSerializer.Deserialize<PartnerBefore>(row.Before!, Json.Options)!;
        var own = (await fields.WritableAsync(PartnerRecords.Name, ct)).Where(f => before.OwnAfter.ContainsKey(f.Key)).ToList();
        var now = await WritePartnerRow.HeldAsync(Work, partner.Id, own, ct);
        if (own.Any(f => now[f.Key] != before.OwnAfter[f.Key])) return "Its custom fields were changed since.";
        if (Owners.Refuse(await Owners.ClosedAsync(Work, ct), partner.Profile(), before.Profile!) is not null) return "A field that would be restored belongs to another system now.";
        var renamed = partner.Name != before.Profile!.Name;
        partner.Describe(before.Profile);
        await MergePartners.WordsAsync(Work, partner, ct);
        await Conflicts.Saids.ReturnedAsync(Work, partner.Id, before.Profile, ct);
        if (own.Count > 0) await fields.KeepAsync(PartnerRecords.Name, partner.Id.ToString(), false, own.ToDictionary(f => f.Key, f => before.Own.GetValueOrDefault(f.Key)), false, ct);
        if (renamed) await Memberships.RenamePartnerAsync(Work, partner.Id, partner.Name, ct);
        return null;
    }

    private async Task<string?> RemoveAsync(Partner partner, PartnerImportRow row, int used, CancellationToken ct)
    {
        var id = partner.Id;
        if (used > 0) return $"It is in use since: {used:N0} records name it.";
        row.PartnerId = null;
        Db.RemoveRange(await Db.Set<PartnerMotion>().Where(m => m.PartnerId == id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<MotionChange>().Where(m => m.PartnerId == id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<TierChange>().Where(t => t.PartnerId == id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<Trait>().Where(t => t.PartnerId == id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<PartnerKey>().Where(k => k.PartnerId == id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<Conflicts.SaidValue>().Where(s => s.PartnerId == id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<TwinRow>().Where(t => t.LeftId == id || t.RightId == id).ToListAsync(ct));
        await FieldRows.DeleteAsync<PartnerId>(Db, [id], ct);
        Db.Remove(partner);
        return null;
    }
}
