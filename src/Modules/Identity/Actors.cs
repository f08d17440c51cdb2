using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Finds out who acts: person, partner and permissions, read afresh for each request, so that a suspension takes effect at once.</summary>
internal sealed class Actors(Db db, Manifest manifest) : IPeople
{
    public Task<Actor?> NowAsync(TenantId tenant, PersonId person, CancellationToken ct) => FindAsync(tenant, person, null, null, ActorKind.Person, ct);

    /// <summary>The actor of a session or token, or null when it is no longer valid. A null stamp skips the check of the session.</summary>
    public async Task<Actor?> FindAsync(TenantId tenant, PersonId person, PartnerId? partner, string? stamp, ActorKind kind, CancellationToken ct)
    {
        var row = await db.AllTenants<Person>("before the tenant is known").AsNoTracking()
            .Where(p => p.TenantId == tenant && p.Id == person && p.State == PersonState.Active)
            .Select(p => new
            {
                p.Name,
                p.Email,
                p.Roles,
                p.Stamp,
                p.TimeZone,
                p.Language,
                Tenant = db.Set<Tenant>().IgnoreQueryFilters().First(t => t.TenantId == p.TenantId),
                Memberships = db.Set<Membership>().IgnoreQueryFilters()
                    .Where(m => m.TenantId == p.TenantId && m.PersonId == p.Id && m.State == PersonState.Active).OrderBy(m => m.PartnerName).ToList(),
            })
            .SingleOrDefaultAsync(ct);
        if (row is null || (stamp is not null && stamp != row.Stamp)) return null;
        var membership = row.Memberships.Find(m => m.PartnerId == partner);
        if (partner is not null && membership is null) return null;
        var side = partner is null ? RoleSide.Vendor : RoleSide.Partner;
        var codes = RoleRules.Codes(membership?.Roles ?? row.Roles);
        var made = await db.AllTenants<Role>("before the tenant is known").AsNoTracking().Where(r => r.TenantId == tenant).ToListAsync(ct);
        var roles = codes.Select(c => RoleRules.InForce(manifest, c, made.Find(r => r.Code == c))).OfType<RoleItem>().Where(r => r.Side == side).ToList();
        return new Actor
        {
            Kind = kind,
            Tenant = tenant,
            Person = person,
            Name = row.Name,
            Email = row.Email,
            Partner = partner,
            PartnerName = membership?.PartnerName,
            Roles = [.. roles.Select(r => r.Name)],
            RoleCodes = [.. roles.Select(r => r.Code)],
            Places = [.. row.Memberships.Select(m => new Place(m.PartnerId, m.PartnerName))],
            Permissions = RoleRules.Union(roles),
            TenantName = row.Tenant.Name,
            Currency = row.Tenant.Currency,
            TimeZone = row.TimeZone ?? row.Tenant.TimeZone,
            Language = row.Language,
            TenantLanguage = row.Tenant.Language,
        };
    }
}
