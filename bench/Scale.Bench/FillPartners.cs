using Trellis.Compute.Matching;
using Trellis.Identity;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners;
using Trellis.Partners.Published;

namespace Trellis.Scale.Bench;

/// <summary>A partner of the filled tenant and its person who registers.</summary>
internal sealed record FilledPartner(PartnerId Id, string Name, PersonId Person, string PersonName, string Email);

/// <summary>Partners with their motions, and two people each, of whom one signs in.</summary>
internal static class FillPartners
{
    private static readonly (string Country, string City)[] Places = [("DE", "Hamburg"), ("GB", "Leeds"), ("FR", "Lyon"), ("US", "Denver"), ("NL", "Utrecht"), ("ES", "Sevilla"), ("SE", "Malmö"), ("PL", "Gdańsk")];

    public static async Task<List<FilledPartner>> RunAsync(Demo demo, int count, CancellationToken ct)
    {
        var chance = demo.Chance("scale.partners");
        var names = CompanySpellings.List(count, Sizes.Seed + 1);
        var (partners, motions, contacts) = (new List<Partner>(), new List<PartnerMotion>(), new List<Contact>());
        var (people, logins, memberships, filled) = (new List<Person>(), new List<Login>(), new List<Membership>(), new List<FilledPartner>());
        for (var i = 0; i < count; i++)
        {
            var (country, city) = Places[chance.Next(Places.Length)];
            var since = demo.Now.AddDays(-chance.Next(30, 900));
            var tier = (Tier)chance.Next(Enum.GetValues<Tier>().Length);
            var partner = Partner.Create(demo.Tenant, demo.NewId<PartnerId>(since), PartnerState.Active, tier, "Omar Haddad", since);
            partner.Version = 1;
            var (name, domain) = (names[i].Name!, $"partner{i}.example");
            partner.Describe(new Profile(name, null, $"https://{domain}", domain, null, country, city, null, null, chance.Next(5, 900), null, (PartnerType)chance.Next(3), "", "", ""));
            partners.Add(partner);
            foreach (var motion in (Motion[])[Motion.CoSell, Motion.Resell])
                motions.Add(new PartnerMotion { TenantId = demo.Tenant, PartnerId = partner.Id, Motion = motion, Type = partner.MainType, State = MotionState.Active, Tier = tier, Since = DateOnly.FromDateTime(since) });
            for (var j = 0; j < 2; j++)
            {
                var (who, email) = (j == 0 ? $"Kim Sales {i}" : $"Lee Contact {i}", j == 0 ? $"sales@{domain}" : $"office@{domain}");
                var person = demo.NewId<PersonId>(since);
                contacts.Add(new Contact { TenantId = demo.Tenant, Id = demo.NewId<ContactId>(since), PartnerId = partner.Id, Name = who, Email = email, PersonId = j == 0 ? person : null, CreatedAt = since, SearchText = Text.Fold(who, email), Version = 1 });
                if (j == 1) continue;
                people.Add(new Person { TenantId = demo.Tenant, Id = person, Name = who, Email = email, Stamp = i.ToString("x16", null), SearchText = Text.Fold(who, email), Version = 1 });
                logins.Add(new Login { TenantId = demo.Tenant, Email = email, PersonId = person });
                memberships.Add(new Membership { TenantId = demo.Tenant, PersonId = person, PartnerId = partner.Id, PartnerName = name, Roles = Roles.PartnerSales, Since = since });
                filled.Add(new FilledPartner(partner.Id, name, person, who, email));
            }
        }

        await demo.InsertAsync(partners, ct);
        await demo.InsertAsync(motions, ct);
        await demo.InsertAsync(contacts, ct);
        await demo.InsertAsync(people, ct);
        await demo.InsertAsync(logins, ct);
        await demo.InsertAsync(memberships, ct);
        return filled;
    }
}
