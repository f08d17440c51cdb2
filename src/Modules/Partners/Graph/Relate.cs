using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Graph;

internal sealed record NewRelation(PartnerId Other, RelationKind? Kind, string? Note = null);

/// <summary>Ties two partners together: a distributor to its reseller, a parent to its subsidiary, or two that do something together.</summary>
internal sealed class Relate(Work work) : UseCase<(PartnerId Partner, NewRelation Relation), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, NewRelation Relation) input, CancellationToken ct)
    {
        var (partner, other, kind) = (input.Partner, input.Relation.Other, input.Relation.Kind);
        if (kind is null) return Problem.Invalid("kind", "Choose how the two are tied.");
        if (new Check().Text(input.Relation.Note, "note", "The note", 300, required: false).Problem is { } problem) return problem;
        if (!await Db.Set<Partner>().AnyAsync(p => p.Id == partner && p.MergedInto == null, ct)) return PartnersProblems.Missing();
        if (partner == other) return Problem.Invalid("other", "A partner cannot be tied to itself.");
        if (!await Db.Set<Partner>().AnyAsync(p => p.Id == other && p.MergedInto == null, ct)) return Problem.Invalid("other", "Choose another partner.");
        await Work.LockAsync("partners.relations", ct);
        if (await Db.Set<Relation>().AnyAsync(r => r.Kind == kind && ((r.FromId == partner && r.ToId == other) || (r.FromId == other && r.ToId == partner)), ct))
            return Problem.Invalid("other", "These two are tied in this way already.");
        if (kind == RelationKind.ParentOf && await Family.JoinAsync(Work, partner, other, ct) is { } refused) return refused;
        Db.Add(new Relation { TenantId = Work.Tenant, FromId = partner, ToId = other, Kind = kind.Value, Note = Text.OrNull(input.Relation.Note), Since = Work.Now });
        return default(Done);
    }
}
