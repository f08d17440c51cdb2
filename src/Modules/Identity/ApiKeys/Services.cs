using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A program with keys of its own, as it is listed.</summary>
internal sealed record ServiceItem(PersonId Id, string Name, string[] Roles, PersonState State, int Keys, DateTime? UsedAt, DateTime? NextExpiry);

/// <summary>Service accounts: they have roles like people, but no address and no password; keys alone open the API for them.</summary>
internal static class Services
{
    public static async Task<List<ServiceItem>> ReadAsync(Work work, RoleBook book, CancellationToken ct)
    {
        var (tenant, now) = (work.Tenant, work.Now);
        var people = await work.Db.Set<Person>().AsNoTracking().Where(p => p.IsService).OrderBy(p => p.SearchText).Take(500).ToListAsync(ct);
        var ids = people.Select(p => p.Id).ToList();
        var keys = await work.Db.Set<Key>().AsNoTracking().Where(k => k.TenantId == tenant && ids.Contains(k.PersonId) && k.ExpiresAt > now)
            .Select(k => new { k.PersonId, k.UsedAt, k.ExpiresAt }).ToListAsync(ct);
        var names = (await book.AllAsync(ct)).ToDictionary(r => r.Code, r => r.Name);
        return [.. people.Select(p =>
        {
            var own = keys.Where(k => k.PersonId == p.Id).ToList();
            return new ServiceItem(p.Id, p.Name, [.. RoleRules.Codes(p.Roles).Select(c => names.GetValueOrDefault(c, c))], p.State, own.Count, own.Max(k => k.UsedAt), own.Count == 0 ? null : own.Min(k => k.ExpiresAt));
        })];
    }

    /// <summary>Why the actor may not touch this service account, or null.</summary>
    public static async Task<Problem?> RefusalAsync(Work work, PersonId service, CancellationToken ct) =>
        !work.Actor.May(IdentityPermissions.ManageServices) ? Problem.Denied(IdentityPermissions.ManageServices)
        : await work.Db.Set<Person>().AnyAsync(p => p.Id == service && p.IsService, ct) ? null : KeyProblems.NoService();
}
