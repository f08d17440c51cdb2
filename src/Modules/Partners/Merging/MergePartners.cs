using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Graph;
using Trellis.Partners.Listing;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;

namespace Trellis.Partners.Merging;

/// <summary>What to merge.</summary>
/// <param name="From">The record that goes.</param>
/// <param name="Take">The names of the fields that are taken over from it; what the one that stays lacks is taken over anyway.</param>
/// <param name="Reason">Why these are one company.</param>
internal sealed record PartnerMergeInput(PartnerId From, IReadOnlyList<string>? Take, string? Reason);

/// <summary>
/// Makes one partner of two records: everything that named the first names the second, whose profile takes over what was chosen. The first stays, hidden from lists,
/// and leads to the second. It can be taken back for a month.
/// </summary>
internal sealed class MergePartners(Work work, PartnerReferences references, CustomFields fields, DirectoryShelf shelf) : UseCase<(PartnerId Into, PartnerMergeInput Input), MergeId>(work)
{
    protected override Permission Permission => PartnersPermissions.Merge;

    protected override async Task<Result<MergeId>> HandleAsync((PartnerId Into, PartnerMergeInput Input) input, CancellationToken ct)
    {
        var (intoId, (fromId, take, reason)) = input;
        var chosen = (take ?? []).ToHashSet();
        var own = await FieldMerge<PartnerId>.OfAsync(Work, fields, PartnerRecords.Name, intoId, fromId, ct);
        var check = new Check().Text(reason, "reason", "The reason", 500)
            .That(intoId != fromId, "from", "A partner cannot be merged with itself.")
            .That(chosen.All(c => own.Contrasts.Any(f => f.Code == c) || MergeFields.All.Any(f => f.Name == c) || MergeExpertise.Figures.Any(f => f.Name == c)), "take", "One of the fields is not known.");
        if (check.Problem is { } problem) return problem;
        await Work.LockAsync(["partners.create", "partners.relations"], ct);
        var both = await Db.Set<Partner>().Where(p => (p.Id == intoId || p.Id == fromId) && p.MergedInto == null).ToListAsync(ct);
        if (both.Find(p => p.Id == intoId) is not { } into) return PartnersProblems.Missing();
        if (both.Find(p => p.Id == fromId) is not { } from) return Problem.Invalid("from", "Choose another partner.");

        var blended = MergeFields.Blend(into.Profile(), from.Profile(), chosen);
        var (before, manager, state, stateReason) = (into.Profile(), into.ManagerId, from.State, from.StateReason);
        var (untied, tied) = await Ties.MoveAsync(Work, from.Id, into.Id, ct);
        var moved = await references.MoveAsync(from.Id, into.Id, ct);
        // What was moved beside the tracker is not known to it.
        Db.ChangeTracker.Clear();
        (into, from) = (await Db.Set<Partner>().SingleAsync(p => p.Id == intoId, ct), await Db.Set<Partner>().SingleAsync(p => p.Id == fromId, ct));
        var taken = await own.TakeAsync(chosen, ct);
        var (expertise, united) = await MergeExpertise.UniteAsync(Work, into.Id, from.Id, chosen, ct);
        into.Describe(blended);
        if (into.ManagerId is null) into.Entrust(from.ManagerId);
        from.MergeInto(into.Id);
        from.Enter(PartnerState.Former, Work.Actor.Name, $"Merged into {blended.Name}: {reason!.Trim()}", Work.Now);
        await WordsAsync(Work, into, ct);
        await Traits.KeepAsync(Work, from.Id, Enum.GetValues<TraitKind>().ToDictionary(k => k, _ => ""), ct);
        await Memberships.RenamePartnerAsync(Work, into.Id, blended.Name, ct);

        var merge = new PartnerMerge
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<MergeId>(),
            FromId = from.Id,
            IntoId = into.Id,
            FromName = from.Name,
            IntoName = into.Name,
            By = Work.Actor.Name,
            At = Work.Now,
            Snapshot = JsonSerializer.Serialize(new Snapshot(before, manager, state, stateReason, moved, untied, tied, taken, expertise, new Written(into.Profile(), into.ManagerId, united)), Json.Options),
            Rows = moved.Sum(m => m.Keys.Count),
        };
        Db.Add(merge);
        Work.Note("partners.merged", "partners_partner", into.Id.ToString(), new { from = from.Id.ToString(), name = from.Name, reason, rows = moved.ToDictionary(m => $"{m.Table}.{m.Column}", m => m.Keys.Count) });
        Work.Publish(new PartnersMerged(from.Id, into.Id, Work.Now));
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return merge.Id;
    }

    // The words and keys by which a partner is found, from its profile and its expertise as they stand now.
    internal static async Task WordsAsync(Work work, Partner partner, CancellationToken ct)
    {
        var expertise = await work.Db.Set<Expertise>().SingleOrDefaultAsync(e => e.PartnerId == partner.Id, ct);
        await Hygiene.PartnerKeys.KeepAsync(work, partner, ct);
        var words = Traits.Of(partner);
        foreach (var (kind, list) in (expertise ?? new Expertise()).Words()) words[kind] = list;
        await Traits.KeepAsync(work, partner.Id, words, ct);
    }
}

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
