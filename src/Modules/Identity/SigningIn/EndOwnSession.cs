using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Ends sessions of one's own.</summary>
internal sealed class EndOwnSession(Work work, CurrentSession current) : UseCase<SessionId?, int>(work)
{
    protected override Permission Permission => IdentityPermissions.OwnSignIn;

    /// <summary>One session, or with null all but the one in use.</summary>
    protected override async Task<Result<int>> HandleAsync(SessionId? input, CancellationToken ct)
    {
        var (person, used) = (Work.Actor.Person, current.Session?.Id);
        var rows = Db.Set<Session>().Where(s => s.PersonId == person && (input == null ? s.Id != used : s.Id == input));
        var ended = await rows.ExecuteDeleteAsync(ct);
        if (input is not null && ended == 0) return Problem.Missing("session");
        Work.Note("identity.end_sessions", "identity_person", person.ToString(), new { ended });
        return ended;
    }
}
