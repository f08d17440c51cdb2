using Trellis.Accounts;
using Trellis.Accounts.Published;
using Trellis.Compute.Matching;
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
        var names = CompanySpellings.List(sizes.Accounts, Sizes.Seed);
        var filled = new FilledAccount[sizes.Accounts];
        for (var from = 0; from < sizes.Accounts; from += Chunk)
        {
            var accounts = new List<Account>(Chunk);
            for (var i = from; i < Math.Min(from + Chunk, sizes.Accounts); i++)
            {
                var at = demo.Now.AddDays(-chance.Next(10, 1500));
                var domain = chance.Next(5) == 0 ? null : $"{string.Concat(CompanyKeys.Words(names[i].Name).Take(2).SelectMany(w => w.Where(char.IsAsciiLetterOrDigit)))}{i}.example";
                var account = Account.Create(demo.Tenant, demo.NewId<AccountId>(at), new AccountFacts
                {
                    Name = names[i].Name,
                    ExternalId = $"SC-{i}",
                    Domain = domain,
                    Country = names[i].Country,
                    Employees = 10 + chance.Next(4000),
                    OwnerName = chance.Next(3) == 0 ? Sellers[chance.Next(Sellers.Length)] : null,
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

        await demo.InsertAsync(Opportunities(demo, chance, filled, sizes.Opportunities), ct);
        return filled;
    }

    private static IEnumerable<Opportunity> Opportunities(Demo demo, Random chance, FilledAccount[] accounts, int count)
    {
        var today = DateOnly.FromDateTime(demo.Now);
        for (var i = 0; i < count; i++)
        {
            var opened = today.AddDays(-chance.Next(1, 900));
            var closed = opened.AddDays(30 + chance.Next(200));
            var open = closed > today;
            var opportunity = Opportunity.Create(demo.Tenant, demo.NewId<OpportunityId>(opened.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)), new OpportunityFacts
            {
                ExternalId = $"SCO-{i}",
                Stage = open ? OpportunityStage.Engaging : chance.Next(2) == 0 ? OpportunityStage.Won : OpportunityStage.Lost,
                AccountId = accounts[chance.Next(accounts.Length)].Id,
                OwnerName = Sellers[chance.Next(Sellers.Length)],
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
