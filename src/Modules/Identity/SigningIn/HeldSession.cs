using System.Globalization;
using System.Security.Claims;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>
/// A session that a browser holds: what its cookie says of it. One is active and gives the actor; the others, at other companies, lie aside and give
/// nothing until the person switches to them.
/// </summary>
internal sealed record HeldSession(TenantId Tenant, PersonId Person, PartnerId? Partner, string Stamp, SessionId Session)
{
    /// <summary>So many companies beside the active one: the cookie goes with every request.</summary>
    public const int MostAside = 5;

    private const string Aside = "aside";

    public static HeldSession Of(SignedIn who, SessionId id) => new(who.Tenant, who.Person, who.Partner, who.Stamp, id);

    /// <summary>The active session that a cookie names; null where it names none.</summary>
    public static HeldSession? ActiveOf(ClaimsPrincipal claims) =>
        Ids.Parse<TenantId>(claims.FindFirstValue("tenant")) is { } tenant && Ids.Parse<PersonId>(claims.FindFirstValue("person")) is { } person
        && Ids.Parse<SessionId>(claims.FindFirstValue("session")) is { } session
            ? new(tenant, person, Ids.Parse<PartnerId>(claims.FindFirstValue("partner")), claims.FindFirstValue("stamp") ?? "", session) : null;

    /// <summary>The sessions aside, the one put there last first.</summary>
    public static IReadOnlyList<HeldSession> AsideOf(ClaimsPrincipal claims) => [.. claims.FindAll(Aside).Select(c => Read(c.Value)).OfType<HeldSession>()];

    /// <summary>What the cookie says from now on.</summary>
    public ClaimsPrincipal With(IEnumerable<HeldSession> aside)
    {
        var identity = new ClaimsIdentity([new("tenant", Tenant.ToString()), new("person", Person.ToString()), new("stamp", Stamp), new("session", Session.ToString())], Sessions.Cookie);
        if (Partner is { } partner) identity.AddClaim(new Claim("partner", partner.ToString()));
        identity.AddClaims(aside.Select(a => new Claim(Aside, a.Written())));
        return new ClaimsPrincipal(identity);
    }

    // Short, since it travels with every request: 32 hexadecimal digits each, a dash for no partner.
    private string Written() => string.Create(CultureInfo.InvariantCulture, $"{Tenant.Value:N} {Person.Value:N} {(Partner is { } p ? p.Value.ToString("N") : "-")} {Session.Value:N} {Stamp}");

    private static HeldSession? Read(string text) =>
        text.Split(' ') is [var tenant, var person, var partner, var session, var stamp] && Guid.TryParseExact(tenant, "N", out var t) && Guid.TryParseExact(person, "N", out var p) && Guid.TryParseExact(session, "N", out var s)
            ? new(TenantId.From(t), PersonId.From(p), Guid.TryParseExact(partner, "N", out var at) ? PartnerId.From(at) : null, stamp, SessionId.From(s)) : null;
}
