using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Hygiene;

/// <summary>A person says that two partners are two companies; the pair is not proposed again.</summary>
internal sealed class KeepPartnersApart(Work work) : UseCase<TwinId, Done>(work)
{
    protected override Permission Permission => PartnersPermissions.Merge;

    protected override async Task<Result<Done>> HandleAsync(TwinId input, CancellationToken ct)
    {
        if (await Db.Set<TwinRow>().SingleOrDefaultAsync(t => t.Id == input, ct) is not { } pair) return Problem.Missing("pair");
        if (pair.Apart) return new Problem(ProblemKind.Conflict, "partners.pair_decided", "Somebody has decided about this pair already.");
        pair.KeepApart(Work.Now, Work.Actor.Name);
        return default(Done);
    }
}
