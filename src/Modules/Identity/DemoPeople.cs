using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A demo person and what the start announces about it.</summary>
public sealed record DemoPerson(string Name, string Email, string Roles);

/// <summary>
/// The people of the demo company, Northwind Cloud. The vendor's are made here; a partner's person joins when Partners fills the demo, by
/// <see cref="JoinAsync"/>.
/// </summary>
public static class DemoPeople
{
    public const string Password = "grow-with-partners";

    public static readonly TenantId Tenant = TenantId.From(Guid.Parse("01900000-0000-7000-8000-000000000001"));

    private static readonly (string Name, string Email, string Role)[] Staff =
    [
        ("Ada Brandt", "ada@northwind.example", Roles.Administrator),
        ("Omar Haddad", "omar@northwind.example", Roles.ChannelOperations),
        ("Paula Ferreira", "paula@northwind.example", Roles.PartnerManager),
        ("Jonas Lindqvist", "jonas@northwind.example", Roles.PartnerManager),
        ("Grace Okafor", "grace@northwind.example", Roles.PartnerManager),
        ("Kenji Watanabe", "kenji@northwind.example", Roles.PartnerManager),
        ("Maya Cohen", "maya@northwind.example", Roles.Marketing),
        ("Felix Wagner", "felix@northwind.example", Roles.Finance),
        ("Elena Rossi", "elena@northwind.example", Roles.Executive),
        ("Sam Carter", "sam@northwind.example", Roles.DirectSeller),
    ];

    /// <summary>The partner's people who are announced, each at the partner that the demo of Partners gives this key.</summary>
    public static readonly (string Name, string Email, string PartnerKey, string Role)[] Portal =
    [
        ("Rosa Delgado", "rosa@brightpath.example", "brightpath", Roles.PartnerAdmin),
        ("Noah Fischer", "noah@brightpath.example", "brightpath", Roles.PartnerSales),
        ("Ines Moreau", "ines@clearview.example", "clearview", Roles.PartnerAdmin),
        ("Tariq Aziz", "tariq@clearview.example", "clearview", Roles.PartnerFinance),
    ];

    /// <summary>All announced people.</summary>
    public static IEnumerable<DemoPerson> All =>
        Staff.Select(s => new DemoPerson(s.Name, s.Email, Roles.Label(s.Role)))
            .Concat(Portal.Select(p => new DemoPerson(p.Name, p.Email, $"{Roles.Label(p.Role)} at {char.ToUpperInvariant(p.PartnerKey[0])}{p.PartnerKey[1..]}")));

    /// <summary>The address that a demo person has in this tenant: only the announced tenant has the short one.</summary>
    public static string Address(TenantId tenant, string email) => tenant == Tenant ? email : $"{tenant.Value.ToString("N")[^12..]}.{email}";

    internal static async Task LoadAsync(Demo demo, CancellationToken ct)
    {
        var began = demo.Now.AddYears(-2);
        demo.Db.Add(new Tenant { TenantId = demo.Tenant, Name = "Northwind Cloud", Currency = "USD", TimeZone = "Europe/Berlin", Imprint = "Northwind Cloud Inc., 1 Harbour Street, Boston, Massachusetts\nA company of the demo: it does not exist", Holidays = "12-25 Christmas Day\n12-26 Boxing Day\n01-01 New Year", CreatedAt = began, Version = 1 });
        var hash = Hash.Value;
        foreach (var (name, email, role) in Staff) Add(demo, name, email, role, hash, began);
        demo.Db.Add(new RateState { TenantId = demo.Tenant, At = demo.Now, Version = 1 });
        await demo.Db.SaveChangesAsync(ct);
        await demo.InsertAsync(Currency.DemoRates.Rows(demo), ct);
    }

    /// <summary>Lets a partner's person of the demo join a partner, with the demo's password where it is announced.</summary>
    public static PersonId Join(Demo demo, string name, string email, string role, PartnerId partner, string partnerName, DateTime since, bool maySignIn)
    {
        var person = Add(demo, name, email, "", maySignIn ? Hash.Value : null, since, partner);
        demo.Db.Add(new Membership { TenantId = demo.Tenant, PersonId = person, PartnerId = partner, PartnerName = partnerName, Roles = role, Since = since });
        return person;
    }

    /// <summary>One partner asks for a sign-in of its own, so that somebody can look at it.</summary>
    internal static async Task AskForSignInAsync(Demo demo, CancellationToken ct)
    {
        var email = Address(demo.Tenant, Portal[0].Email);
        if (await demo.Db.Set<Person>().SingleOrDefaultAsync(p => p.Email == email, ct) is not { } admin) return;
        if (await demo.Db.Set<Membership>().Where(m => m.PersonId == admin.Id).Select(m => (PartnerId?)m.PartnerId).FirstOrDefaultAsync(ct) is not { } partner) return;
        var at = demo.Now.AddDays(-2);
        await demo.InsertAsync([new CompanyProposal
        {
            TenantId = demo.Tenant, Id = demo.NewId<CompanyProposalId>(at), PartnerId = partner, CompanyId = demo.NewId<CompanyId>(at), Issuer = "https://login.brightpath.example", ClientId = "partner-portal",
            Domains = "brightpath.example", CreatesPeople = true, DefaultRole = Roles.PartnerSales, By = admin.Id, ByName = admin.Name, At = at, Version = 1,
        }], ct);
    }

    private static readonly Lazy<string> Hash = new(() => Passwords.Hash(Password));

    private static PersonId Add(Demo demo, string name, string email, string role, string? hash, DateTime since, PartnerId? partner = null)
    {
        var address = Address(demo.Tenant, email);
        var person = new Person
        {
            TenantId = demo.Tenant,
            Id = demo.NewId<PersonId>(since),
            Name = name,
            Email = address,
            PasswordHash = hash,
            Roles = role,
            Stamp = RandomNumberGenerator.GetHexString(16, true),
            SearchText = Text.Fold(name, address),
            Version = 1,
        };
        demo.Db.Add(person);
        demo.Db.Add(new Login { Email = address, TenantId = demo.Tenant, PersonId = person.Id });
        if (hash is not null) DemoSessions.Add(demo, person, partner);
        return person.Id;
    }
}
