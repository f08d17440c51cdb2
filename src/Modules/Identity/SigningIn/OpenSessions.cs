using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Finds the session that a cookie names, and knows what its person may do in it.</summary>
internal sealed class OpenSessions(Db db, Actors actors, CurrentSession current, TimeProvider clock)
{
    /// <summary>The actor of a session that a browser holds; null when it is over: the person may not come in any more, or not at this door, or the session has ended.</summary>
    public async Task<Actor?> AdmitAsync(HttpContext http, HeldSession held, CancellationToken ct) =>
        OwnDoor.Admits(http, held.Tenant) && await actors.FindAsync(held.Tenant, held.Person, held.Partner, held.Stamp, ActorKind.Person, ct) is { } actor
            ? await UseAsync(actor, held.Session, ct) : null;

    /// <summary>The actor as this session admits it; null when the session has been ended or has run out.</summary>
    public async Task<Actor?> UseAsync(Actor actor, SessionId id, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // One statement for each request: the session, and whether the tenant asks for more than it has shown.
        var found = await db.AllTenants<Session>("before the actor is known").AsNoTracking()
            .Where(s => s.TenantId == actor.Tenant && s.Id == id && s.PersonId == actor.Person && s.PartnerId == actor.Partner)
            .Select(s => new
            {
                Session = s,
                Asked = db.Set<SignInPolicy>().Any(p => p.TenantId == s.TenantId && p.SecondFactorForStaff),
                Has = db.Set<SecondFactor>().Any(f => f.TenantId == s.TenantId && f.PersonId == s.PersonId) || db.Set<Passkey>().Any(k => k.TenantId == s.TenantId && k.PersonId == s.PersonId),
            }).SingleOrDefaultAsync(ct);
        if (found is not { Session: var session } || !session.IsOpen(now)) return null;
        if (now - session.SeenAt > Session.SeenEvery)
        {
            var rows = db.Set<Session>().IgnoreQueryFilters().Where(s => s.TenantId == actor.Tenant && s.Id == id);
            await Work.AloneAsync(db, async () =>
            {
                // A session lasts for weeks: who comes back on another day has come on that day, too.
                if (session.SeenAt.Date != now.Date) await SignInDay.NoteAsync(db, actor.Tenant, actor.Person, actor.Partner, now, ct);
                return await rows.ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), ct);
            }, ct);
        }

        current.Session = session;
        current.SecondFactorDue = found is { Asked: true, Has: false } && !session.TwoFactors && !actor.IsPartner;
        // Whoever still owes the second factor may set it up, and nothing else.
        return actor with { Permissions = current.SecondFactorDue ? Own : actor.Permissions.Append(IdentityPermissions.OwnSignIn.Code).ToHashSet() };
    }

    private static readonly HashSet<string> Own = [IdentityPermissions.OwnSignIn.Code];
}

/// <summary>A session as pages show it.</summary>
internal sealed record SessionItem
{
    public SessionId Id { get; init; }
    public PersonId Person { get; init; }
    public string Name { get; init; } = "";
    public string SearchText { get; init; } = "";
    public string? PartnerName { get; init; }
    public string Device { get; init; } = "";
    public string Address { get; init; } = "";
    public ProvedBy By { get; init; }
    public bool TwoFactors { get; init; }
    public DateTime Since { get; init; }
    public DateTime SeenAt { get; init; }
}

/// <summary>The sessions that are open now: of one person, or of everybody.</summary>
internal static class SessionList
{
    public static async Task<List<SessionItem>> OwnAsync(Work work, CancellationToken ct) =>
        await Open(work).Where(s => s.Person == work.Actor.Person).OrderByDescending(s => s.SeenAt).ToListAsync(ct);

    public static Task<Page<SessionItem>> FindAsync(Work work, string? q, string? side, string? by, Paging paging, CancellationToken ct) =>
        Find(work, q, side, by).PageAsync(s => s.SeenAt, s => s.Id, true, paging, ct);

    public static IQueryable<SessionItem> Find(Work work, string? q, string? side, string? by)
    {
        var all = Open(work);
        if (Text.OrNull(q) is { } words)
        {
            var folded = Text.Fold(words);
            all = all.Where(s => s.SearchText.Contains(folded) || s.Address == words);
        }

        side = Understood.OneOf(side, "vendor", "partner");
        if (side is "vendor") all = all.Where(s => s.PartnerName == null);
        if (side is "partner") all = all.Where(s => s.PartnerName != null);
        if (Words.Parse<ProvedBy>(by) is { } proved) all = all.Where(s => s.By == proved);
        return all;
    }

    private static IQueryable<SessionItem> Open(Work work)
    {
        var (idle, oldest) = (work.Now - Session.Idle, work.Now - Session.Longest);
        return from s in work.Db.Set<Session>().AsNoTracking()
               join p in work.Db.Set<Person>().AsNoTracking() on new { s.TenantId, Id = s.PersonId } equals new { p.TenantId, p.Id }
               where s.SeenAt > idle && s.Since > oldest && s.Stamp == p.Stamp && p.State == PersonState.Active
               select new SessionItem
               {
                   Id = s.Id,
                   Person = s.PersonId,
                   Name = p.Name,
                   SearchText = p.SearchText,
                   PartnerName = work.Db.Set<Membership>().Where(m => m.TenantId == s.TenantId && m.PersonId == s.PersonId && m.PartnerId == s.PartnerId).Select(m => m.PartnerName).FirstOrDefault(),
                   Device = s.Device,
                   Address = s.Address,
                   By = s.By,
                   TwoFactors = s.TwoFactors,
                   Since = s.Since,
                   SeenAt = s.SeenAt,
               };
    }
}
