using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Identity;

/// <summary>A person at a partner, with the roles there as people read them.</summary>
internal sealed record PlaceOfPerson(PartnerId Partner, string PartnerName, string[] Roles, PersonState State, DateTime Since, bool Invited);

/// <summary>Everything that a person's page shows.</summary>
internal sealed record PersonCard(
    PersonId Id, string Name, string Email, PersonState State, bool Invited, bool IsService, bool IsErased, string[] RoleCodes, string[] FromGroups, IReadOnlyList<PlaceOfPerson> Memberships, IReadOnlyList<TimelineItem> Lately)
{
    public static async Task<PersonCard?> ReadAsync(Work work, RoleBook book, PersonId id, CancellationToken ct)
    {
        if (await work.Db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } person) return null;
        var names = (await book.AllAsync(ct)).ToDictionary(r => r.Code, r => r.Name);
        var memberships = await work.Db.Set<Membership>().AsNoTracking().Where(m => m.PersonId == id).OrderBy(m => m.PartnerName).ToListAsync(ct);
        var open = await OpenInvitations.OfAsync(work, [id], ct);
        var since = work.Now.AddDays(-90);
        var lately = await work.Db.Set<AuditEntry>().AsNoTracking().Where(a => a.At >= since && a.ActorPerson == id).OrderByDescending(a => a.At).Take(10)
            .Select(a => new { a.At, a.Action, a.ActorName }).ToListAsync(ct);
        return new PersonCard(
            person.Id, person.Name, person.Email, person.State, open.Count > 0 && memberships.TrueForAll(m => open.Contains((id, m.PartnerId))), person.IsService, person.Name == Erasure.Name && person.RemovedAt is not null, [.. RoleRules.Codes(person.Roles)], [.. RoleRules.Codes(person.FromGroups)],
            [.. memberships.Select(m => new PlaceOfPerson(m.PartnerId, m.PartnerName, [.. RoleRules.Codes(m.Roles).Select(c => names.GetValueOrDefault(c, c))], m.State, m.Since, open.Contains((id, m.PartnerId))))],
            [.. lately.Select(a => new TimelineItem(a.At, a.ActorName, AuditWords.Action(a.Action)))]);
    }
}
