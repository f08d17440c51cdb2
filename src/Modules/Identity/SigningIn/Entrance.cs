using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Identity;

/// <summary>
/// The door behind every way of signing in: asks for the second factor where there is one, then opens a session with a new name. A session of the same company
/// that the browser came with is ended, so that nobody can hand somebody a session prepared for the purpose; one of another company is put aside.
/// </summary>
internal sealed class Entrance(Db db, Work work, CurrentActor current, CurrentSession session, SecondFactors factors, OpenSessions open, Looking looking, ITenantSettings tenants)
{
    /// <summary>Lets a person in, and says which page comes next: the one asked for, or the one that asks for the second factor.</summary>
    public async Task<string> EnterAsync(HttpContext http, SignedIn who, ProvedBy by, string? next, CancellationToken ct)
    {
        if (!OwnDoor.Admits(http, who.Tenant))
        {
            Flash.Say(http, "At this address another company is at home. Sign in at the address of yours.", Tone.Warning);
            return "/sign-in";
        }

        // A passkey is two factors in one; single sign-on is asked for them by the company itself.
        if (by is ProvedBy.Password or ProvedBy.Link && await factors.HasAsync(who.Tenant, who.Person, ct))
        {
            HalfWay.Keep(http, new HalfWay(who, by, next));
            return "/sign-in/code";
        }

        return await OpenAsync(http, who, by, by is ProvedBy.Passkey or ProvedBy.SingleSignOn, next, ct);
    }

    /// <summary>Opens the session after all that was asked for has been proved, and those at other companies that were proved with it.</summary>
    public async Task<string> OpenAsync(HttpContext http, SignedIn who, ProvedBy by, bool twoFactors, string? next, CancellationToken ct)
    {
        HalfWay.Drop(http);
        looking.Drop(http);
        SignedIn[] entering = [who, .. who.Also.Take(HeldSession.MostAside)];
        HeldSession[] before = [.. Present(), .. session.Aside];
        List<HeldSession> opened = [];
        foreach (var one in entering)
            opened.Add(await OpenOneAsync(http, one, by, twoFactors && one == who, before.Where(b => b.Tenant == one.Tenant), ct));
        HeldSession[] aside = [.. opened.Skip(1), .. before.Where(b => !opened.Exists(o => o.Tenant == b.Tenant))];
        foreach (var over in aside.Skip(HeldSession.MostAside)) await EndAsync(over, ct);
        Knock.Of(http).Remember(http, [.. entering.Select(e => e.Person)]);
        await http.SignInAsync(Sessions.Cookie, opened[0].With(aside.Take(HeldSession.MostAside)));
        return Destination.Of(next, who);
    }

    /// <summary>Gives the present session a new name, for another partner or after a change of what opens the account; inside the caller's transaction if there is one.</summary>
    public async Task RenewAsync(HttpContext http, SignedIn who, bool confirmed, CancellationToken ct, bool twoFactors = false)
    {
        if (session.Session is not { } before) return;
        var row = NewRow(http, who, before.By, before.TwoFactors || twoFactors, before.Since, confirmed ? work.Now : before.ConfirmedAt);
        await work.TransactAsync<Done>("identity.renew_session", async () =>
        {
            await EndAsync(before.TenantId, before.Id, ct);
            db.Add(row);
            await SignInDay.NoteAsync(db, who.Tenant, who.Person, who.Partner, row.SeenAt, ct);
            return default(Done);
        }, ct);
        (session.Session, session.Active) = (row, HeldSession.Of(who, row.Id));
        await http.SignInAsync(Sessions.Cookie, session.Active.With(session.Aside));
    }

    /// <summary>
    /// Makes a session that lies aside the active one and says which page comes next; null where this browser holds none of that company. One that is over is dropped.
    /// </summary>
    public async Task<string?> SwitchAsync(HttpContext http, TenantId company, CancellationToken ct)
    {
        HeldSession[] present = [.. Present()];
        if (present is [var here] && here.Tenant == company) return here.Partner is null ? "/app" : "/portal";
        if (session.Aside.FirstOrDefault(a => a.Tenant == company) is not { } wanted) return null;
        var others = session.Aside.Where(a => a != wanted);
        if (await open.AdmitAsync(http, wanted, ct) is { } actor)
        {
            // A look through somebody's eyes belongs to the company in which it began.
            looking.Drop(http);
            await http.SignInAsync(Sessions.Cookie, wanted.With(present.Concat(others)));
            return actor.IsPartner ? "/portal" : "/app";
        }

        await http.SignInAsync(Sessions.Cookie, session.Active!.With(others));
        Flash.Say(http, $"Your session at {tenants.Of(company).Name} is over. Sign in there again.", Tone.Warning);
        return "/sign-in?add=1";
    }

    /// <summary>Ends every session of this browser.</summary>
    public async Task LeaveAsync(HttpContext http, CancellationToken ct)
    {
        HeldSession[] held = [.. Present(), .. session.Aside];
        foreach (var one in held) await EndAsync(one, ct);
        looking.Drop(http);
        await http.SignOutAsync(Sessions.Cookie);
    }

    // The session that gave this request its actor; what the cookie names otherwise is over.
    private IEnumerable<HeldSession> Present() => session is { Session: not null, Active: { } active } ? [active] : [];

    private async Task<HeldSession> OpenOneAsync(HttpContext http, SignedIn who, ProvedBy by, bool twoFactors, IEnumerable<HeldSession> instead, CancellationToken ct)
    {
        var row = NewRow(http, who, by, twoFactors, work.Now, work.Now);
        using var _ = current.As(Actor.System(who.Tenant) with { Person = who.Person, Name = await NameAsync(who.Tenant, who.Person, ct) ?? "" });
        await work.TransactAsync<Done>("identity.sign_in", async () =>
        {
            foreach (var earlier in instead) await EndAsync(earlier.Tenant, earlier.Session, ct);
            db.Add(row);
            await SignInDay.NoteAsync(db, who.Tenant, who.Person, who.Partner, row.SeenAt, ct);
            await Acceptance.TakeAsync(work, who.Person, who.Partner, ct);
            work.Note("identity.signed_in", "identity_person", who.Person.ToString(), new { by = Words.Of(by), row.Device, row.Address, twoFactors });
            return default(Done);
        }, ct);
        return HeldSession.Of(who, row.Id);
    }

    // In its own company, and as its own person: nobody there needs to know which other sessions the browser held.
    private async Task EndAsync(HeldSession held, CancellationToken ct)
    {
        if (await NameAsync(held.Tenant, held.Person, ct) is not { } name) return;
        using var _ = current.As(Actor.System(held.Tenant, name) with { Person = held.Person });
        await work.TransactAsync<Done>("identity.sign_out", async () =>
        {
            var device = await db.Set<Session>().Where(s => s.Id == held.Session && s.PersonId == held.Person).Select(s => s.Device).SingleOrDefaultAsync(ct);
            if (device is null) return default(Done);
            await EndAsync(held.Tenant, held.Session, ct);
            work.Note("identity.signed_out", "identity_person", held.Person.ToString(), new { Device = device });
            return default(Done);
        }, ct);
    }

    private Task<int> EndAsync(TenantId tenant, SessionId id, CancellationToken ct) =>
        db.Set<Session>().IgnoreQueryFilters().Where(s => s.TenantId == tenant && s.Id == id).ExecuteDeleteAsync(ct);

    private Task<string?> NameAsync(TenantId tenant, PersonId person, CancellationToken ct) =>
        db.Set<Person>().IgnoreQueryFilters().Where(p => p.TenantId == tenant && p.Id == person).Select(p => (string?)p.Name).SingleOrDefaultAsync(ct);

    private Session NewRow(HttpContext http, SignedIn who, ProvedBy by, bool twoFactors, DateTime since, DateTime confirmed) => new()
    {
        TenantId = who.Tenant,
        Id = work.NewId<SessionId>(),
        PersonId = who.Person,
        PartnerId = who.Partner,
        Stamp = who.Stamp,
        Device = DeviceName.Of(http.Request.Headers.UserAgent),
        Address = Knock.AddressOf(http.Connection.RemoteIpAddress),
        By = by,
        TwoFactors = twoFactors,
        Since = since,
        SeenAt = work.Now,
        ConfirmedAt = confirmed,
    };
}
