using Trellis.Accounts.Contacts;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>People at the demo company's larger customers, with the parts that they play.</summary>
internal static class ContactsDemo
{
    private static readonly string[] First = ["Amelie", "Bruno", "Chiara", "David", "Elif", "Farah", "Goran", "Hana", "Igor", "Julia", "Karim", "Lena", "Mateo", "Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Samir", "Tilda", "Uwe", "Vera", "Wim", "Yara", "Zoe"];
    private static readonly string[] Last = ["Almeida", "Becker", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Hoffmann", "Ivanova", "Jansen", "Kowalski", "Lindqvist", "Moreau", "Novak", "Okafor", "Petit", "Rossi", "Schmid", "Tanaka", "Ullmann", "Vogel", "Weber", "Yilmaz", "Ziegler"];

    private static readonly (string Title, BuyingRole Role)[] Parts =
    [
        ("Head of purchasing", BuyingRole.Procurement), ("Chief information officer", BuyingRole.DecisionMaker), ("Chief financial officer", BuyingRole.EconomicBuyer), ("Head of IT operations", BuyingRole.Champion),
        ("Enterprise architect", BuyingRole.TechnicalEvaluator), ("Plant manager", BuyingRole.EndUser), ("General counsel", BuyingRole.Legal), ("Works council", BuyingRole.Blocker), ("Innovation lead", BuyingRole.Influencer),
    ];

    public static IEnumerable<AccountContact> Of(Demo demo, IReadOnlyList<Account> accounts, Random chance)
    {
        foreach (var account in accounts.Where(a => a.Employees > 150).Take(1500))
        {
            var offset = chance.Next(Parts.Length);
            for (var i = 1 + chance.Next(4); i > 0; i--)
            {
                var (title, role) = Parts[(offset + i) % Parts.Length];
                var (first, last) = (First[chance.Next(First.Length)], Last[chance.Next(Last.Length)]);
                var added = demo.Now.AddDays(-chance.Next(20, 500));
                var consent = chance.Next(10) switch { < 5 => ContactConsent.Given, < 9 => ContactConsent.Unknown, _ => ContactConsent.Refused };
                yield return AccountContact.Create(demo.Tenant, demo.NewId<ContactId>(added), account.Id, new ContactFacts
                {
                    Name = $"{first} {last}",
                    Title = title,
                    Email = chance.Next(12) == 0 || account.Domain is null ? null : $"{first}.{last}@{account.Domain}".ToLowerInvariant(),
                    Phone = chance.Next(3) == 0 ? null : $"+{30 + chance.Next(60)} {100 + chance.Next(900)} {1000 + chance.Next(9000)}",
                    Role = chance.Next(8) == 0 ? BuyingRole.Unknown : role,
                    Consent = consent,
                    ConsentNote = consent switch { ContactConsent.Given => $"Agreed at a meeting on {added:yyyy-MM-dd}", ContactConsent.Refused => $"Asked not to be written to on {added:yyyy-MM-dd}", _ => null },
                }, added);
            }
        }
    }
}
