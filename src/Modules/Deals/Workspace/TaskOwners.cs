using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Somebody who can own a task: a company on the deal, or one of its people.</summary>
/// <param name="Partner">The partner; null for the vendor.</param>
/// <param name="Person">The person; null for the company as a whole.</param>
/// <param name="Name">As it is shown.</param>
internal sealed record TaskOwner(PartnerId? Partner, PersonId? Person, string Name)
{
    /// <summary>As a form posts it.</summary>
    public string Key => Person is { } person ? person.ToString() : Partner is { } partner ? partner.ToString() : "vendor";
}

/// <summary>Who may be given a task on a deal. People of another partner are not named to a partner: its company is.</summary>
internal static class TaskOwners
{
    /// <summary>The vendor as a whole, as it is shown.</summary>
    public const string Vendor = "The vendor";

    public static async Task<IReadOnlyList<TaskOwner>> FindAsync(Work work, DealId deal, PartnerId holder, CancellationToken ct)
    {
        var members = await work.Db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).Where(m => m.DealId == deal && m.State == MemberState.Accepted).Select(m => m.PartnerId).ToListAsync(ct);
        return await AmongAsync(work, deal, [holder, .. members], ct);
    }

    /// <summary>The same where the team is known: the holder first, then who has joined.</summary>
    public static async Task<IReadOnlyList<TaskOwner>> AmongAsync(Work work, DealId deal, List<PartnerId> partners, CancellationToken ct, DealPart part = DealPart.Tasks)
    {
        var names = await DealList.PartnerNamesAsync(work, partners, ct);
        List<TaskOwner> owners = [new(null, null, Vendor)];
        if (!work.Actor.IsPartner)
        {
            var staff = await (await Sights.StaffAsync(work, deal, part, ct)).OrderBy(p => p.Name).Select(p => new { p.Id, p.Name }).Take(200).ToListAsync(ct);
            owners.AddRange(staff.Select(p => new TaskOwner(null, p.Id, p.Name)));
        }

        var seen = work.Actor.Partner is { } mine ? partners.Where(p => p == mine).ToArray() : [.. partners];
        var people = await (
            from m in People.Members(work.Db)
            join p in work.Db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter]) on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
            where seen.Contains(m.PartnerId)
            orderby p.Name
            select new { m.PartnerId, p.Id, p.Name }).Take(200).ToListAsync(ct);
        foreach (var partner in partners.Distinct())
        {
            owners.Add(new TaskOwner(partner, null, names.GetValueOrDefault(partner, "")));
            owners.AddRange(people.Where(p => p.PartnerId == partner).Select(p => new TaskOwner(partner, p.Id, p.Name)));
        }

        return owners;
    }
}
