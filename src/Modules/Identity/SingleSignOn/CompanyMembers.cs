using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>
/// Finds the person for whom a partner's own provider vouches, and makes an account at the first sign-in. Such a provider opens its own partner alone: nobody of the vendor, and nobody who
/// acts for another partner as well.
/// </summary>
internal sealed class CompanyMembers(Db db, Work work, CompanyPeople people)
{
    public async Task<Result<SignedIn>> AdmitAsync(Company company, PartnerId partner, CompanyClaims claims, CancellationToken ct) =>
        await work.TransactAsync<SignedIn>("identity.partner_sign_in", async () =>
        {
            // Two first sign-ins at once must not make two people.
            await work.LockAsync($"company:{company.Id}:{claims.Subject}", ct);
            var account = await db.Set<CompanyAccount>().AsNoTracking().SingleOrDefaultAsync(a => a.CompanyId == company.Id && a.Subject == claims.Subject, ct);
            var person = account is null ? null : await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == account.PersonId, ct);
            if (person is null)
            {
                var found = await ByAddressAsync(company, partner, claims, ct);
                if (!found.Ok) return found.Problem;
                person = found.Value;
                db.Add(new CompanyAccount { TenantId = work.Tenant, CompanyId = company.Id, Subject = claims.Subject, PersonId = person.Id, Since = work.Now });
                await work.SaveAsync(ct);
            }

            if (person.Roles.Length > 0) return CompanyPeople.Refused("your e-mail address is not one that it may speak for.");
            if (person.State != PersonState.Active) return CompanyPeople.Refused("your account here is suspended.");
            var places = await db.Set<Membership>().AsNoTracking().Where(m => m.PersonId == person.Id).ToListAsync(ct);
            if (places.Exists(m => m.PartnerId != partner && m.State == PersonState.Active)) return CompanyPeople.Refused("you act for another company here as well. Use your password, a passkey or a link.");
            switch (places.Find(m => m.PartnerId == partner)?.State)
            {
                case null: return CompanyPeople.Refused("your access for this company has ended. Ask its administrator.");
                case PersonState.Suspended: return CompanyPeople.Refused("your account here is suspended.");
                // Whoever signs in as the one who was asked has said yes.
                case PersonState.Invited: await Acceptance.TakeAsync(work, person.Id, partner, ct); break;
            }

            return new SignedIn(person.TenantId, person.Id, partner, person.Stamp);
        }, ct);

    private async Task<Result<Person>> ByAddressAsync(Company company, PartnerId partner, CompanyClaims claims, CancellationToken ct)
    {
        var address = CompanyPeople.Address(company, claims);
        if (!address.Ok) return address.Problem;
        var email = address.Value;
        var login = await db.Set<Login>().AsNoTracking().SingleOrDefaultAsync(l => l.TenantId == work.Tenant && l.Email == email, ct);
        if (login is not null)
        {
            // An account that is there is linked only where it is one of this partner's people already.
            if (!await db.Set<Membership>().AnyAsync(m => m.PersonId == login.PersonId && m.PartnerId == partner, ct)) return CompanyPeople.Refused("your access for this company has ended, or you have none. Ask its administrator.");
            var known = await db.Set<Person>().SingleAsync(p => p.Id == login.PersonId, ct);
            work.Note("identity.company_linked", "identity_person", known.Id.ToString(), new { company.Name });
            return known;
        }

        if (!company.CreatesPeople || company.DefaultRole is not { } role) return CompanyPeople.Refused("you have no account here yet. Ask your administrator for one.");
        var name = await db.Set<Membership>().Where(m => m.PartnerId == partner).Select(m => m.PartnerName).FirstOrDefaultAsync(ct);
        // A partner that nobody acts for any more is left: its people do not come back by themselves.
        if (name is null) return CompanyPeople.Refused("nobody acts for this company here any more.");
        var person = people.New(claims, email, "");
        db.Add(new Membership { TenantId = work.Tenant, PersonId = person.Id, PartnerId = partner, PartnerName = name, Roles = role, State = PersonState.Active, Since = work.Now });
        work.Publish(new MemberJoined(partner, person.Id, person.Name, person.Email, work.Now));
        return person;
    }
}
