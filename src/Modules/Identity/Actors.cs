using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Finds out who acts: person, partner and permissions, read afresh for each request, so that a suspension takes effect at once.</summary>
internal sealed class Actors(Db db, Manifest manifest)
{
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
                Tenant = db.Set<Tenant>().IgnoreQueryFilters().First(t => t.TenantId == p.TenantId),
                Membership = db.Set<Membership>().IgnoreQueryFilters()
                    .FirstOrDefault(m => m.TenantId == p.TenantId && m.PersonId == p.Id && m.PartnerId == partner),
            })
            .SingleOrDefaultAsync(ct);
        if (row is null || (stamp is not null && stamp != row.Stamp)) return null;
        if (partner is not null && row.Membership is null) return null;
        var roles = (row.Membership?.Roles ?? row.Roles).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Actor
        {
            Kind = kind,
            Tenant = tenant,
            Person = person,
            Name = row.Name,
            Email = row.Email,
            Partner = partner,
            PartnerName = row.Membership?.PartnerName,
            Roles = [.. roles.Select(Roles.Label)],
            Permissions = manifest.Permissions.Where(p => p.Roles.Intersect(roles).Any()).Select(p => p.Code).ToHashSet(),
            TenantName = row.Tenant.Name,
            Currency = row.Tenant.Currency,
            TimeZone = row.TimeZone ?? row.Tenant.TimeZone,
        };
    }
}
