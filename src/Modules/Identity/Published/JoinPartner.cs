using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>A person who shall act for a partner.</summary>
/// <param name="Name">The name as it is shown.</param>
/// <param name="Email">The address; one person may belong to several partners.</param>
/// <param name="Partner">The partner.</param>
/// <param name="PartnerName">Its name.</param>
/// <param name="Role">A role code of a partner's people.</param>
/// <param name="LinkOf">Makes the address of a sign-in link from its secret.</param>
public sealed record NewMember(string Name, string Email, PartnerId Partner, string PartnerName, string Role, Func<string, string> LinkOf);

/// <summary>Invites a person to act for a partner and mails a link to accept by. Nobody acts for a company, and tells it nothing, before having said yes.</summary>
public sealed class JoinPartner(Work work, IServiceProvider services) : UseCase<NewMember, PersonId>(work)
{
    protected override Permission Permission => IdentityPermissions.InvitePartnerPeople;

    protected override async Task<Result<PersonId>> HandleAsync(NewMember input, CancellationToken ct)
    {
        if (Work.Actor.Partner is { } own && own != input.Partner) return Problem.Missing("partner");
        var check = new Check()
            .Text(input.Name, "name", "The name")
            .That(Person.IsEmail(input.Email), "email", "This is not an e-mail address.");
        if (check.Problem is { } problem) return problem;
        if (await services.GetRequiredService<RoleBook>().CheckAsync([input.Role], RoleSide.Partner, "role", ct) is { } role) return role;
        var email = Person.NormaliseEmail(input.Email);
        var login = await Db.Set<Login>().AsNoTracking().SingleOrDefaultAsync(l => l.TenantId == Work.Tenant && l.Email == email, ct);
        var person = login is null ? null : await Db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == login.PersonId, ct);
        // Who works where is not a partner's business.
        if (person is { Roles.Length: > 0 }) return Problem.Invalid("email", Work.Actor.IsPartner ? "This address cannot be invited. Ask your contact for help." : "This address cannot be invited: somebody of the company signs in with it.");
        if (person is not null && await Db.Set<Membership>().AnyAsync(m => m.PersonId == person.Id && m.PartnerId == input.Partner, ct))
            return Problem.Invalid("email", "This person has access already, or is invited.");

        var id = person?.Id ?? Create(input.Name, email);
        Db.Add(new Membership { TenantId = Work.Tenant, PersonId = id, PartnerId = input.Partner, PartnerName = input.PartnerName, Roles = input.Role, State = PersonState.Invited, Since = Work.Now });
        var to = new InvitationTo(id, input.Name.Trim(), email, input.Role, input.Partner, input.PartnerName);
        return await services.GetRequiredService<Invitations>().SendAsync(to, ct, input.LinkOf) is { } busy ? busy : id;
    }

    private PersonId Create(string name, string email)
    {
        var id = Work.NewId<PersonId>();
        Db.Add(new Person
        {
            TenantId = Work.Tenant,
            Id = id,
            Name = name.Trim(),
            Email = email,
            Stamp = RandomNumberGenerator.GetHexString(16, true),
            SearchText = Text.Fold(name, email),
        });
        Db.Add(new Login { Email = email, TenantId = Work.Tenant, PersonId = id });
        return id;
    }
}

/// <summary>What Partners tells about partners that people belong to.</summary>
public static class Memberships
{
    /// <summary>Ends the access of everybody at a partner, inside the caller's transaction: keys and open invitations with it. Returns how many people it was.</summary>
    public static async Task<int> EndAllAsync(Work work, PartnerId partner, CancellationToken ct)
    {
        var memberships = await work.Db.Set<Membership>().Where(m => m.PartnerId == partner).ToListAsync(ct);
        foreach (var membership in memberships)
        {
            await Members.EndKeysAsync(work, partner, membership.PersonId, ct);
            work.Db.Remove(membership);
            work.Publish(new MemberLeft(partner, membership.PersonId, work.Now));
        }

        foreach (var open in await work.Db.Set<Invitation>().Where(i => i.PartnerId == partner && i.AcceptedAt == null && i.RevokedAt == null).ToListAsync(ct)) open.RevokedAt = work.Now;
        // Its own provider brings nobody back, and keeps no domain from whoever has it next.
        foreach (var company in await work.Db.Set<Company>().Where(c => c.PartnerId == partner).ToListAsync(ct))
        {
            await work.Db.Set<CompanyDomain>().Where(d => d.CompanyId == company.Id).ExecuteDeleteAsync(ct);
            await work.Db.Set<CompanyAccount>().Where(a => a.CompanyId == company.Id).ExecuteDeleteAsync(ct);
            await work.Db.Set<CompanyGroup>().Where(g => g.CompanyId == company.Id).ExecuteDeleteAsync(ct);
            work.Db.Remove(company);
        }

        await work.Db.Set<CompanyProposal>().Where(p => p.PartnerId == partner).ExecuteDeleteAsync(ct);
        return memberships.Count;
    }

    /// <summary>Ends that one person acts for a partner, or is asked to.</summary>
    internal static async Task EndAsync(Work work, PartnerId partner, PersonId person, CancellationToken ct)
    {
        if (await work.Db.Set<Membership>().SingleOrDefaultAsync(m => m.PartnerId == partner && m.PersonId == person, ct) is not { } membership) return;
        await Members.EndKeysAsync(work, partner, person, ct);
        work.Db.Remove(membership);
        work.Publish(new MemberLeft(partner, person, work.Now));
    }

    /// <summary>Takes over a partner's new name, inside the caller's transaction.</summary>
    public static async Task RenamePartnerAsync(Work work, PartnerId partner, string name, CancellationToken ct)
    {
        foreach (var membership in await work.Db.Set<Membership>().Where(m => m.PartnerId == partner).ToListAsync(ct)) membership.PartnerName = name;
    }
}
