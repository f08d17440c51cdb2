using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>
/// The door behind every way of signing in: asks for the second factor where there is one, then opens a session with a new name. A session that the
/// browser came with is ended, so that nobody can hand somebody a session prepared for the purpose.
/// </summary>
internal sealed class Entrance(Db db, Work work, CurrentActor current, CurrentSession session, SecondFactors factors)
{
    /// <summary>Lets a person in, and says which page comes next: the one asked for, or the one that asks for the second factor.</summary>
    public async Task<string> EnterAsync(HttpContext http, SignedIn who, ProvedBy by, string? next, CancellationToken ct)
    {
        // A passkey is two factors in one; single sign-on is asked for them by the company itself.
        if (by is ProvedBy.Password or ProvedBy.Link && await factors.HasAsync(who.Tenant, who.Person, ct))
        {
            HalfWay.Keep(http, new HalfWay(who, by, next));
            return "/sign-in/code";
        }

        return await OpenAsync(http, who, by, by is ProvedBy.Passkey or ProvedBy.SingleSignOn, next, ct);
    }

    /// <summary>Opens the session after all that was asked for has been proved.</summary>
    public async Task<string> OpenAsync(HttpContext http, SignedIn who, ProvedBy by, bool twoFactors, string? next, CancellationToken ct)
    {
        HalfWay.Drop(http);
        var knock = Knock.Of(http);
        var earlier = session.Session;
        var row = NewRow(http, who, by, twoFactors, work.Now, work.Now);
        current.Actor = Actor.System(who.Tenant) with { Person = who.Person, Name = await NameAsync(who, ct) };
        await work.TransactAsync<Done>("identity.sign_in", async () =>
        {
            if (earlier is not null) await EndAsync(earlier.TenantId, earlier.Id, ct);
            db.Add(row);
            work.Note("identity.signed_in", "identity_person", who.Person.ToString(), new { by = Words.Of(by), row.Device, row.Address, twoFactors });
            return default(Done);
        }, ct);
        await Invitation.AcceptAsync(db, who.Tenant, who.Person, work.Now, ct);
        knock.Remember(http, who.Person);
        await http.SignInAsync(Sessions.Cookie, Sessions.Principal(who, row.Id));
        current.Actor = Actor.Anonymous;
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
            return default(Done);
        }, ct);
        session.Session = row;
        await http.SignInAsync(Sessions.Cookie, Sessions.Principal(who, row.Id));
    }

    /// <summary>Ends the session of this browser.</summary>
    public async Task LeaveAsync(HttpContext http, CancellationToken ct)
    {
        if (session.Session is { } open)
        {
            await work.TransactAsync<Done>("identity.sign_out", async () =>
            {
                await EndAsync(open.TenantId, open.Id, ct);
                work.Note("identity.signed_out", "identity_person", open.PersonId.ToString(), new { open.Device });
                return default(Done);
            }, ct);
        }

        await http.SignOutAsync(Sessions.Cookie);
    }

    private Task<int> EndAsync(TenantId tenant, SessionId id, CancellationToken ct) =>
        db.Set<Session>().IgnoreQueryFilters().Where(s => s.TenantId == tenant && s.Id == id).ExecuteDeleteAsync(ct);

    private Task<string> NameAsync(SignedIn who, CancellationToken ct) =>
        db.Set<Person>().IgnoreQueryFilters().Where(p => p.TenantId == who.Tenant && p.Id == who.Person).Select(p => p.Name).SingleAsync(ct);

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
