using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Graph;

/// <summary>Which tie, as one of its partners sees it.</summary>
internal sealed record RelationEnd(PartnerId Other, RelationKind Kind);

/// <summary>Unties two partners, whichever way round they are tied.</summary>
internal sealed class Unrelate(Work work) : UseCase<(PartnerId Partner, RelationEnd End), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, RelationEnd End) input, CancellationToken ct)
    {
        var (partner, (other, kind)) = input;
        await Work.LockAsync("partners.relations", ct);
        var tie = await Db.Set<Relation>().SingleOrDefaultAsync(r => r.Kind == kind && ((r.FromId == partner && r.ToId == other) || (r.FromId == other && r.ToId == partner)), ct);
        if (tie is null) return Problem.Missing("tie between these two");
        if (kind == RelationKind.ParentOf) await Family.PartAsync(Work, tie.FromId, tie.ToId, ct);
        Db.Remove(tie);
        return default(Done);
    }
}
