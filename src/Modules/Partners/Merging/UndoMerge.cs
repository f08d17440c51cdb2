using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Listing;
using Trellis.Partners.Published;

namespace Trellis.Partners.Merging;

/// <summary>Takes a merge back within a month: what was moved and still stands there returns; what came later stays with the partner that stayed.</summary>
internal sealed class UndoMerge(Work work, PartnerReferences references, DirectoryShelf shelf) : UseCase<MergeId, PartnerId>(work)
{
    public const int Days = 30;

    protected override Permission Permission => PartnersPermissions.Merge;

    protected override async Task<Result<PartnerId>> HandleAsync(MergeId input, CancellationToken ct)
    {
        await Work.LockAsync(["partners.create", "partners.relations"], ct);
        var merge = await Db.Set<PartnerMerge>().SingleOrDefaultAsync(m => m.Id == input, ct);
        if (merge is null) return Problem.Missing("merge");
        if (merge.UndoneAt is not null) return new Problem(ProblemKind.Conflict, "partners.merge_undone", "This merge has been taken back already.");
        if (merge.At < Work.Now.AddDays(-Days)) return new Problem(ProblemKind.Conflict, "partners.merge_old", $"A merge can be taken back for {Days} days.");
        if (!await Db.Set<Partner>().AnyAsync(p => p.Id == merge.IntoId && p.MergedInto == null, ct))
            return new Problem(ProblemKind.Conflict, "partners.merged_further", "The partner that stayed was merged into another one since. Take that merge back first.");
        var snapshot = JsonSerializer.Deserialize<Snapshot>(merge.Snapshot, Json.Options)!;
        await Ties.ReturnAsync(Work, snapshot, ct);
        if (snapshot.Fields is { } fields) await FieldMerge<PartnerId>.ReturnAsync(Work, fields, merge.IntoId, ct);
        await references.ReturnAsync(snapshot.Moved, merge.FromId, merge.IntoId, ct);
        Db.ChangeTracker.Clear();
        merge = await Db.Set<PartnerMerge>().SingleAsync(m => m.Id == input, ct);
        var (into, from) = (await Db.Set<Partner>().SingleAsync(p => p.Id == merge.IntoId, ct), await Db.Set<Partner>().SingleAsync(p => p.Id == merge.FromId, ct));
        // A merge of an earlier release has not kept what it wrote.
        into.Describe(snapshot.Written is { } written ? MergeFields.Restore(into.Profile(), snapshot.Into, written.Into) : snapshot.Into);
        if (snapshot.Written is not { } left || left.Manager == into.ManagerId) into.Entrust(snapshot.IntoManager);
        if (snapshot.Expertise is { } expertise) await MergeExpertise.ReturnAsync(Work, into.Id, expertise, snapshot.Written?.Expertise, ct);
        from.MergeInto(null);
        from.Enter(snapshot.FromState, Work.Actor.Name, snapshot.FromStateReason, Work.Now);
        await MergePartners.WordsAsync(Work, into, ct);
        await MergePartners.WordsAsync(Work, from, ct);
        await Memberships.RenamePartnerAsync(Work, into.Id, into.Name, ct);
        await Memberships.RenamePartnerAsync(Work, from.Id, from.Name, ct);
        (merge.UndoneAt, merge.UndoneBy) = (Work.Now, Work.Actor.Name);
        Work.Note("partners.merge_undone", "partners_partner", into.Id.ToString(), new { from = from.Id.ToString(), name = from.Name });
        Work.Publish(new PartnerMergeUndone(from.Id, into.Id, Work.Now));
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return from.Id;
    }
}
