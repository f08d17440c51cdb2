using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>As whom somebody wants to look, and why.</summary>
internal sealed record ViewWish(PersonId Person, PartnerId Partner, string? Reason);

/// <summary>Begins a look through a partner's person's eyes.</summary>
internal sealed class BeginViewing(Work work) : UseCase<ViewWish, ViewingId>(work)
{
    protected override Permission Permission => IdentityPermissions.ViewAs;

    protected override async Task<Result<ViewingId>> HandleAsync(ViewWish input, CancellationToken ct)
    {
        if (Work.Actor.IsPartner || Work.Actor.Kind != ActorKind.Person) return Problem.Denied(Permission);
        if (new Check().Text(input.Reason, "reason", "The reason", 300).Problem is { } problem) return problem;
        var member = await (from m in Db.Set<Membership>().AsNoTracking()
                            join p in Db.Set<Person>().AsNoTracking() on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
                            where m.PartnerId == input.Partner && m.PersonId == input.Person && m.State == PersonState.Active && p.State == PersonState.Active
                            select new { p.Name, m.PartnerName }).SingleOrDefaultAsync(ct);
        if (member is null) return Problem.Missing("person");
        var viewing = new Viewing
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<ViewingId>(),
            ViewerId = Work.Actor.Person,
            ViewerName = Work.Actor.Name,
            PersonId = input.Person,
            PersonName = member.Name,
            PartnerId = input.Partner,
            PartnerName = member.PartnerName,
            Reason = input.Reason!.Trim(),
            BeganAt = Work.Now,
            EndsAt = Work.Now + Viewing.Longest,
        };
        Db.Add(viewing);
        Work.Note("identity.view_as_begins", "identity_person", input.Person.ToString(), new { viewing = viewing.Id, partner = input.Partner, viewing.Reason, until = viewing.EndsAt });
        return viewing.Id;
    }
}
