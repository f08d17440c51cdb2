using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Certifications;

/// <summary>Certified people at active partners: more at higher tiers, a few run out, a few waiting for somebody to look.</summary>
internal static class CertificationDemo
{
    private static readonly string[] Subjects = ["GTX Basic", "GTX Pro", "GTX Plus Pro", "MG Special", "Implementation", "Solution design", "Security"];

    public static Task LoadAsync(Demo demo, IReadOnlyList<Partner> partners, ILookup<PartnerId, Contact> people, CancellationToken ct)
    {
        var chance = demo.Chance("partners.certifications");
        List<Certification> rows = [];
        foreach (var partner in partners.Where(p => p.State is PartnerState.Active or PartnerState.Activated or PartnerState.AtRisk))
        {
            foreach (var person in people[partner.Id].OrderBy(p => p.Id.Value).Take(chance.Next(0, 2 + (int)partner.Tier))) rows.Add(One(demo, chance, partner.Id, person.Name));
        }

        return demo.InsertAsync(rows, ct);
    }

    private static Certification One(Demo demo, Random chance, PartnerId partner, string person)
    {
        var from = DateOnly.FromDateTime(demo.Now).AddDays(-chance.Next(20, 900));
        var at = from.ToDateTime(new TimeOnly(10, 0), DateTimeKind.Utc);
        var claimed = chance.Next(12) == 0;
        return new Certification
        {
            TenantId = demo.Tenant,
            Id = demo.NewId<CertificationId>(at),
            PartnerId = partner,
            PersonName = person,
            Subject = Subjects[chance.Next(Subjects.Length)],
            Level = (CertificationLevel)chance.Next(3),
            Issuer = "Northwind Academy",
            ValidFrom = from,
            ValidUntil = from.AddYears(2),
            Evidence = $"Certificate NA-{chance.Next(10_000, 99_999)}",
            Version = 1,
        }.Enter(claimed ? CertificationState.Claimed : CertificationState.Confirmed, at, claimed ? person : "Omar Haddad");
    }
}
