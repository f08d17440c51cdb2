using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Ends somebody's session.</summary>
internal sealed class EndSession(Work work) : UseCase<SessionId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageSessions;

    protected override async Task<Result<Done>> HandleAsync(SessionId input, CancellationToken ct)
    {
        if (await Db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == input, ct) is not { } session) return Problem.Missing("session");
        await Db.Set<Session>().Where(s => s.Id == input).ExecuteDeleteAsync(ct);
        Work.Note("identity.end_session", "identity_person", session.PersonId.ToString(), new { session.Device, session.Address });
        return default(Done);
    }
}
