using Trellis.Accounts;
using Trellis.Accounts.Published;
using Trellis.Compute.Matching;
using Trellis.Identity;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Scale.Bench;

/// <summary>A customer of the filled tenant.</summary>
internal readonly record struct FilledAccount(AccountId Id, string Name, string? Domain, string? Country);

/// <summary>Customer accounts with generated names, the keys under which they are found, and opportunities of the direct team.</summary>
internal static class FillAccounts
{
    private const int Chunk = 200_000;
    private static readonly string[] Sellers = ["Anna Kern", "Luis Ortega", "Mei Tan", "Tom Becker", "Sara Nyberg", "Ivo Petrov"];

    public static async Task<FilledAccount[]> RunAsync(Demo demo, Sizes sizes, CancellationToken ct)
    {
        var chance = demo.Chance("scale.accounts");
        var sellers = await SellersAsync(demo, ct);
        var names = CompanySpellings.List(sizes.Accounts, Sizes.Seed);
        var filled = new FilledAccount[sizes.Accounts];
        for (var from = 0; from < sizes.Accounts; from += Chunk)
        {
            var accounts = new List<Account>(Chunk);
            for (var i = from; i < Math.Min(from + Chunk, sizes.Accounts); i++)
            {
                var at = demo.Now.AddDays(-chance.Next(10, 1500));
                var domain = chance.Next(5) == 0 ? null : $"{string.Concat(CompanyKeys.Words(names[i].Name).Take(2).SelectMany(w => w.Where(char.IsAsciiLetterOrDigit)))}{i}.example";
                var owner = chance.Next(3) == 0 ? sellers[chance.Next(sellers.Length)] : null;
                var account = Account.Create(demo.Tenant, demo.NewId<AccountId>(at), new AccountFacts
                {
                    Name = names[i].Name,
                    ExternalId = $"SC-{i}",
                    Domain = domain,
                    Country = names[i].Country,
                    Employees = 10 + chance.Next(4000),
                    OwnerName = owner?.Name,
                    OwnerId = owner?.Id,
                }, AccountOrigin.Imported, "USD", at);
                accounts.Add(account);
                filled[i] = new FilledAccount(account.Id, account.Name, domain, account.Country);
            }

            await demo.InsertAsync(accounts, ct);
            // In the order of the index, so that its pages are written once.
            var keys = accounts.AsParallel().SelectMany(AccountKeys.Of).ToArray();
            Array.Sort(keys, (a, b) => string.CompareOrdinal(a.Key, b.Key));
            await demo.InsertAsync(keys, ct);
        }

        await demo.InsertAsync(Opportunities(demo, chance, filled, sellers, sizes.Opportunities), ct);
        return filled;
    }

    private static async Task<Person[]> SellersAsync(Demo demo, CancellationToken ct)
    {
        var people = Sellers.Select((name, i) =>
        {
            var email = $"seller-{i}@scale.example";
            return new Person { TenantId = demo.Tenant, Id = demo.NewId<PersonId>(demo.Now.AddYears(-4)), Name = name, Email = email, Roles = Roles.DirectSeller, Stamp = $"seller-{i}", SearchText = Text.Fold(name, email), Version = 1 };
        }).ToArray();
        await demo.InsertAsync(people, ct);
        await demo.InsertAsync(people.Select(p => new Login { TenantId = demo.Tenant, Email = p.Email, PersonId = p.Id }), ct);
        return people;
    }

    private static IEnumerable<Opportunity> Opportunities(Demo demo, Random chance, FilledAccount[] accounts, Person[] sellers, int count)
    {
        var today = DateOnly.FromDateTime(demo.Now);
        for (var i = 0; i < count; i++)
        {
            var opened = today.AddDays(-chance.Next(1, 900));
            var closed = opened.AddDays(30 + chance.Next(200));
            var open = closed > today;
            var (account, owner) = (accounts[chance.Next(accounts.Length)].Id, sellers[chance.Next(sellers.Length)]);
            var opportunity = Opportunity.Create(demo.Tenant, demo.NewId<OpportunityId>(opened.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)), new OpportunityFacts
            {
                ExternalId = $"SCO-{i}",
                Stage = open ? OpportunityStage.Engaging : chance.Next(2) == 0 ? OpportunityStage.Won : OpportunityStage.Lost,
                AccountId = account,
                OwnerName = owner.Name,
                OwnerId = owner.Id,
                Amount = 100_000L * chance.Next(1, 500),
                OpenedOn = opened,
                ClosedOn = open ? null : closed,
                ExpectedOn = open ? closed : null,
            }, "USD", today);
            opportunity.ValueBy(RateBook.Empty, "USD");
            yield return opportunity;
        }
    }
}
