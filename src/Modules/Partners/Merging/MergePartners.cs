using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
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
