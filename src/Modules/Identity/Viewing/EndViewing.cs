using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Ends a look; one that nobody ends is ended by the clock.</summary>
internal sealed class EndViewing(Work work) : UseCase<ViewingId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ViewAs;

    protected override async Task<Result<Done>> HandleAsync(ViewingId id, CancellationToken ct)
    {
        var viewing = await Db.Set<Viewing>().SingleOrDefaultAsync(v => v.Id == id && v.EndedAt == null && (v.ViewerId == Work.Actor.Person || Work.Actor.Kind == ActorKind.System), ct);
        if (viewing is null) return Problem.Missing("look");
        viewing.EndedAt = Work.Now < viewing.EndsAt ? Work.Now : viewing.EndsAt;
        Work.Note("identity.view_as_ends", "identity_person", viewing.PersonId.ToString(), new { viewing = viewing.Id, viewer = viewing.ViewerName, at = viewing.EndedAt });
        return default(Done);
    }
}
