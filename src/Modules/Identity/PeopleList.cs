using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A person in a list.</summary>
internal sealed record PersonItem(PersonId Id, string Name, string Email, PersonState State, string[] Roles, PartnerId? Partner, string? PartnerName);

/// <summary>The people of the tenant: the vendor's own and the partners'.</summary>
internal static class PeopleList
{
    /// <param name="side"><c>vendor</c>, <c>partner</c>, or null for all.</param>
    public static async Task<Page<PersonItem>> FindAsync(Work work, string? search, string? side, Paging paging, CancellationToken ct)
    {
        var people = work.Db.Set<Person>().AsNoTracking().Where(p => !p.IsService).Matching(work.Db, search);
        side = Understood.OneOf(side, "vendor", "partner");
        if (side == "vendor") people = people.Where(p => p.Roles != "");
        if (side == "partner") people = people.Where(p => p.Roles == "");
        var page = await people.PageAsync(p => p.SearchText, p => p.Id, false, paging, ct);
        var ids = page.Items.Select(p => p.Id).ToList();
        var memberships = await work.Db.Set<Membership>().AsNoTracking().Where(m => ids.Contains(m.PersonId)).ToListAsync(ct);
        var first = memberships.OrderBy(m => m.Since).GroupBy(m => m.PersonId).ToDictionary(g => g.Key, g => g.First());
        return page.Select(p =>
        {
            var membership = first.GetValueOrDefault(p.Id);
            var roles = (membership?.Roles ?? p.Roles).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new PersonItem(p.Id, p.Name, p.Email, p.State, roles, membership?.PartnerId, membership?.PartnerName);
        });
    }
}
