using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

internal readonly record struct ViewingId(Guid Value) : ITypedId<ViewingId>
{
    public static string Prefix => "view";
    public static ViewingId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ViewingId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>One look of a vendor's person through the eyes of a partner's: who, as whom, why, from when until when.</summary>
internal sealed class Viewing : ITenantOwned
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public TenantId TenantId { get; init; }
    public ViewingId Id { get; init; }
    public PersonId ViewerId { get; init; }
    public required string ViewerName { get; init; }
    public PersonId PersonId { get; init; }
    public required string PersonName { get; init; }
    public PartnerId PartnerId { get; init; }
    public required string PartnerName { get; init; }
    public required string Reason { get; init; }
    public DateTime BeganAt { get; init; }
    public DateTime EndsAt { get; init; }
    public DateTime? EndedAt { get; set; }
}

/// <summary>
/// The actor of a request when somebody looks through another's eyes. The look lives in a row and in a cookie beside the session's: signing out,
/// a suspension of either, a lost permission or the end of the half hour ends it, and it never reaches the API.
/// </summary>
internal sealed class Looking(Db db, Actors actors, TimeProvider clock, IDataProtectionProvider protection)
{
    public const string Cookie = "trellis-view";

    /// <summary>The actor as whom the request is answered: the viewed person with nothing to change, or the actor itself.</summary>
    public async Task<Actor> ThroughAsync(HttpContext http, Actor actor, CancellationToken ct)
    {
        if (!http.Request.Cookies.TryGetValue(Cookie, out var held) || actor.IsPartner || !actor.May(IdentityPermissions.ViewAs)) return actor;
        if (Read(held) is not { } id) return actor;
        var now = clock.GetUtcNow().UtcDateTime;
        var viewing = await db.AllTenants<Viewing>("before the actor is set").AsNoTracking()
            .SingleOrDefaultAsync(v => v.TenantId == actor.Tenant && v.Id == id && v.ViewerId == actor.Person && v.EndedAt == null && v.EndsAt > now, ct);
        if (viewing is null) return actor;
        var seen = await actors.FindAsync(actor.Tenant, viewing.PersonId, viewing.PartnerId, null, ActorKind.Person, ct);
        return seen is null ? actor : seen with { ViewedBy = actor.Name, ViewedUntil = viewing.EndsAt, TimeZone = actor.TimeZone, Places = [] };
    }

    public ViewingId? Current(HttpContext http) => http.Request.Cookies.TryGetValue(Cookie, out var held) ? Read(held) : null;

    public void Keep(HttpContext http, ViewingId id) => http.Response.Cookies.Append(Cookie, Protector.Protect(id.ToString()), Options(http));

    public void Drop(HttpContext http)
    {
        if (http.Request.Cookies.ContainsKey(Cookie)) http.Response.Cookies.Delete(Cookie, Options(http));
    }

    private IDataProtector Protector => protection.CreateProtector("Trellis.Identity.Viewing");

    private ViewingId? Read(string? held)
    {
        try
        {
            return held is null ? null : Ids.Parse<ViewingId>(Protector.Unprotect(held));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = Viewing.Longest };
}

/// <summary>Partners' people as whom somebody may look, and the looks so far.</summary>
internal static class ViewingList
{
    internal sealed record Person(PersonId Id, PartnerId Partner, string Name, string Email, string PartnerName);

    public static async Task<List<Person>> PeopleAsync(Work work, string? search, CancellationToken ct)
    {
        var folded = Text.Fold(search);
        var members = from m in work.Db.Set<Membership>().AsNoTracking()
                      join p in work.Db.Set<Identity.Person>().AsNoTracking() on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
                      where m.State == PersonState.Active && p.State == PersonState.Active
                      select new { Member = m, Person = p };
        if (folded.Length > 0) members = members.Where(x => x.Person.SearchText.Contains(folded) || x.Member.PartnerName.ToLower().Contains(folded));
        // In the order of an index of memberships, so that the first fifty are all that is read.
        return await members.OrderBy(x => x.Member.PartnerName).ThenBy(x => x.Member.PersonId).Take(50).Select(x => new Person(x.Person.Id, x.Member.PartnerId, x.Person.Name, x.Person.Email, x.Member.PartnerName)).ToListAsync(ct);
    }

    public static Task<List<Viewing>> RecentAsync(Work work, CancellationToken ct) =>
        work.Db.Set<Viewing>().AsNoTracking().OrderByDescending(v => v.Id).Take(20).ToListAsync(ct);
}
