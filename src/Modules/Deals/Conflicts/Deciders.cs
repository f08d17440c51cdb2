using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Who has decided in a matter before: on an appeal somebody else decides.</summary>
internal static class Deciders
{
    private static readonly string[] Against = ["deals.refuse", "deals.revoke"];

    /// <summary>
    /// Whether the actor has decided what is disputed: the refusal or revocation that the conflict was raised against, an earlier one of the same registration, or any settlement of this
    /// conflict so far.
    /// </summary>
    public static async Task<bool> WasAsync(Work work, Conflict conflict, CancellationToken ct)
    {
        // Until somebody has decided, nobody is excluded.
        if (conflict.FirstDecider is not { } first) return false;
        var (me, id, subject) = (work.Actor.Person, conflict.Id, conflict.DealId.ToString());
        return first == me
            || await work.Db.Set<ConflictStatement>().AnyAsync(s => s.ConflictId == id && s.Kind == StatementKind.Decision && s.AuthorId == me, ct)
            || await work.Db.Set<AuditEntry>().AnyAsync(a => a.Subject == subject && Against.Contains(a.Action) && a.ActorPerson == me, ct);
    }
}
