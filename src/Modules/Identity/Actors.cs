using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>
/// Finds out who acts: person, partner and permissions, read afresh for each request, so that a suspension takes effect at once. It happens at every request, and is one round trip.
/// </summary>
internal sealed class Actors(Db db, Manifest manifest) : IPeople
{
    private const string Who = "p.name, p.email, p.roles, p.stamp, p.time_zone, p.language, t.name, t.currency, t.time_zone, t.language";

    public Task<Actor?> NowAsync(TenantId tenant, PersonId person, PartnerId? partner, CancellationToken ct) => FindAsync(tenant, person, partner, null, ActorKind.Person, ct);

    /// <summary>The actor of a session or token, or null when it is no longer valid. A null stamp skips the check of the session.</summary>
    public async Task<Actor?> FindAsync(TenantId tenant, PersonId person, PartnerId? partner, string? stamp, ActorKind kind, CancellationToken ct)
    {
        var found = new Found();
        object?[] one = [db.Engine.Stored(tenant), db.Engine.Stored(person)];
        await db.Engine.AskAsync(db,
        [
            new Ask($"SELECT {Who} FROM identity_person AS p JOIN identity_tenant AS t ON t.tenant_id = p.tenant_id WHERE p.tenant_id = $1 AND p.id = $2 AND p.state = 'active'", one,
                row => found.Person = PersonOf(row, 0)),
            new Ask("SELECT m.partner_id, m.partner_name, m.roles FROM identity_membership AS m WHERE m.tenant_id = $1 AND m.person_id = $2 AND m.state = 'active' ORDER BY m.partner_name", one,
                row => found.Places.Add(PlaceOf(row))),
            new Ask("SELECT r.code, r.side, r.name, r.summary, r.added, r.removed, r.version FROM identity_role AS r WHERE r.tenant_id = $1", [one[0]],
                row => found.Roles.Add(RoleOf(row, tenant))),
        ], ct);
        return found.Person is { } known && (stamp is null || stamp == known.Stamp) ? Of(tenant, person, partner, kind, known, found) : null;
    }

    /// <summary>The key with this hash, if it opens the API at this time, and the actor for whom it does; no actor where the person may not sign in any more.</summary>
    public async Task<(Key Key, Actor? Actor)?> OfTokenAsync(string hash, DateTime now, CancellationToken ct)
    {
        var found = new Found();
        Key? key = null;
        await db.Engine.AskAsync(db,
        [
            new Ask($"""
                SELECT k.tenant_id, k.person_id, k.partner_id, k.name, k.created_at, k.expires_at, k.used_at, k.scopes, {Who}
                FROM identity_key AS k JOIN identity_tenant AS t ON t.tenant_id = k.tenant_id LEFT JOIN identity_person AS p ON p.tenant_id = k.tenant_id AND p.id = k.person_id AND p.state = 'active'
                WHERE k.hash = $1 AND k.kind = 'token' AND k.expires_at > $2
                """, [hash, db.Engine.Stored(now)], row =>
            {
                key = KeyOf(row, hash);
                if (row.TextOrNull(8) is not null) found.Person = PersonOf(row, 8);
            }),
            new Ask("""
                SELECT m.partner_id, m.partner_name, m.roles FROM identity_key AS k JOIN identity_membership AS m ON m.tenant_id = k.tenant_id AND m.person_id = k.person_id
                WHERE k.hash = $1 AND m.state = 'active' ORDER BY m.partner_name
                """, [hash], row => found.Places.Add(PlaceOf(row))),
            new Ask("SELECT r.code, r.side, r.name, r.summary, r.added, r.removed, r.version FROM identity_key AS k JOIN identity_role AS r ON r.tenant_id = k.tenant_id WHERE k.hash = $1", [hash],
                row => found.Roles.Add(RoleOf(row, key?.TenantId ?? default))),
        ], ct);
        if (key is null) return null;
        return (key, found.Person is { } known ? Of(key.TenantId, key.PersonId, key.PartnerId, ActorKind.Token, known, found) : null);
    }

    private Actor? Of(TenantId tenant, PersonId person, PartnerId? partner, ActorKind kind, KnownPerson known, Found found)
    {
        var membership = found.Places.Find(m => m.Partner == partner);
        if (partner is not null && membership is null) return null;
        var side = partner is null ? RoleSide.Vendor : RoleSide.Partner;
        var codes = RoleRules.Codes(membership?.Roles ?? known.Roles);
        var roles = codes.Select(c => RoleRules.InForce(manifest, c, found.Roles.Find(r => r.Code == c))).OfType<RoleItem>().Where(r => r.Side == side).ToList();
        return new Actor
        {
            Kind = kind,
            Tenant = tenant,
            Person = person,
            Name = known.Name,
            Email = known.Email,
            Partner = partner,
            PartnerName = membership?.Name,
            Roles = [.. roles.Select(r => r.Name)],
            RoleCodes = [.. roles.Select(r => r.Code)],
            Places = [.. found.Places.Select(m => new Place(m.Partner, m.Name))],
            Permissions = RoleRules.Union(roles),
            TenantName = known.TenantName,
            Currency = known.Currency,
            TimeZone = known.TimeZone ?? known.TenantTimeZone,
            Language = known.Language,
            TenantLanguage = known.TenantLanguage,
        };
    }

    private static Key KeyOf(AskedRow row, string hash) => new()
    {
        Hash = hash,
        Kind = KeyKind.Token,
        TenantId = row.Id<TenantId>(0),
        PersonId = row.Id<PersonId>(1),
        PartnerId = row.IdOrNull<PartnerId>(2),
        Name = row.Text(3),
        CreatedAt = row.Time(4)!.Value,
        ExpiresAt = row.Time(5)!.Value,
        UsedAt = row.Time(6),
        Scopes = row.TextOrNull(7),
    };

    private static KnownPerson PersonOf(AskedRow row, int first) => new(row.Text(first), row.Text(first + 1), row.Text(first + 2), row.Text(first + 3), row.TextOrNull(first + 4),
        row.TextOrNull(first + 5), row.Text(first + 6), row.Text(first + 7), row.Text(first + 8), row.TextOrNull(first + 9));

    private static KnownPlace PlaceOf(AskedRow row) => new(row.Id<PartnerId>(0), row.Text(1), row.Text(2));

    private static Role RoleOf(AskedRow row, TenantId tenant) => new()
    {
        TenantId = tenant,
        Code = row.Text(0),
        Side = row.Word<RoleSide>(1)!.Value,
        Name = row.Text(2),
        Summary = row.Text(3),
        Added = row.Text(4),
        Removed = row.Text(5),
        Version = row.Number(6)!.Value,
    };

    private sealed record KnownPerson(string Name, string Email, string Roles, string Stamp, string? TimeZone, string? Language, string TenantName, string Currency, string TenantTimeZone, string? TenantLanguage);

    private sealed record KnownPlace(PartnerId Partner, string Name, string Roles);

    private sealed class Found
    {
        public KnownPerson? Person { get; set; }
        public List<KnownPlace> Places { get; } = [];
        public List<Role> Roles { get; } = [];
    }
}
