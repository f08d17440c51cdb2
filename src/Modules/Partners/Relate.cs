using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners;

internal sealed record NewRelation(PartnerId Other, RelationKind? Kind);

/// <summary>Ties two partners together: a distributor to its reseller, a parent to its subsidiary, or two that work together.</summary>
internal sealed class Relate(Work work) : UseCase<(PartnerId Partner, NewRelation Relation), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, NewRelation Relation) input, CancellationToken ct)
    {
        var (partner, other, kind) = (input.Partner, input.Relation.Other, input.Relation.Kind);
        if (kind is null) return Problem.Invalid("kind", "Choose how the two are tied.");
        if (partner == other) return Problem.Invalid("other", "A partner cannot be tied to itself.");
        if (!await Db.Set<Partner>().AnyAsync(p => p.Id == partner, ct)) return PartnersProblems.Missing();
        if (!await Db.Set<Partner>().AnyAsync(p => p.Id == other, ct)) return Problem.Invalid("other", "Choose another partner.");
        if (await Db.Set<Relation>().AnyAsync(r => r.Kind == kind && ((r.FromId == partner && r.ToId == other) || (r.FromId == other && r.ToId == partner)), ct))
            return Problem.Invalid("other", "These two are tied in this way already.");
        Db.Add(new Relation { TenantId = Work.Tenant, FromId = partner, ToId = other, Kind = kind.Value, Since = Work.Now });
        return default(Done);
    }
}
