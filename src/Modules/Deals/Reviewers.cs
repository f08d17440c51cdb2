using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>The people whom a role means on a deal.</summary>
internal static class Reviewers
{
    private const int Most = 5;

    /// <summary>The partner manager is a person; other roles are whoever holds them, and where nobody does, the administrators.</summary>
    public static async Task<List<PersonId>> OfAsync(Work work, PartnerId holder, string role, CancellationToken ct)
    {
        if (role == Roles.PartnerManager)
            return await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == holder && p.ManagerId != null).Select(p => p.ManagerId!.Value).ToListAsync(ct);
        var people = await WithAsync(work, role, ct);
        return people.Count > 0 ? people : await WithAsync(work, Roles.Administrator, ct);
    }

    private static Task<List<PersonId>> WithAsync(Work work, string role, CancellationToken ct) => work.Db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter])
        .Where(p => p.Roles != "" && p.State == PersonState.Active && p.Roles.Contains(role)).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct);
}
