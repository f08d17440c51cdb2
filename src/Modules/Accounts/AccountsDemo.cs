using Trellis.Accounts.Published;
using Trellis.Accounts.Quality;
using Trellis.Compute.Matching;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Fills the demo company's CRM: products, sellers, accounts in many countries, and two years of opportunities.</summary>
internal static class AccountsDemo
{
    private const int Accounts = 10_000;
    private const int Opportunities = 14_000;

    public static async Task LoadAsync(Demo demo, CancellationToken ct)
    {
        var chance = demo.Chance("accounts");
        var began = demo.Now.AddYears(-2);
        var products = DemoCatalogue.Products.Select(p =>
            Product.Create(demo.Tenant, demo.NewId<ProductId>(began), p.Name, p.Series, p.Price * 100L, "USD")).ToList();
        var sellers = DemoCatalogue.Sellers.Select(s => Seller.Create(demo.Tenant, demo.NewId<SellerId>(began), s.Name, s.Manager, s.Office)).ToList();
        await demo.InsertAsync(products, ct);
        await demo.InsertAsync(sellers, ct);
        var accounts = MakeAccounts(demo, chance, began);
        Spoil(demo, accounts, began);
        await demo.InsertAsync(accounts, ct);
        await demo.InsertAsync(accounts.SelectMany(AccountKeys.Of), ct);
        var opportunities = MakeOpportunities(demo, chance, accounts, products).ToList();
        foreach (var opportunity in opportunities) opportunity.ValueBy(RateBook.Empty, "USD");
        await demo.InsertAsync(opportunities, ct);
        await AccountDemoFields.LoadAsync(demo, accounts, opportunities, ct);
        await demo.InsertAsync(await Conflicts.ConflictsSetup.DemoAsync(demo, accounts, ct), ct);
        await demo.InsertAsync(Owned(demo), ct);
        var contacts = ContactsDemo.Of(demo, accounts, demo.Chance("accounts.contacts")).ToList();
        await demo.InsertAsync(contacts, ct);
        await AccountDemoFields.LoadAsync(demo, contacts, products, ct);
    }

    private static IEnumerable<Ownership.AccountFieldOwner> Owned(Demo demo) => new[] { ("taxNumber", OwningSystem.Erp), ("externalId", OwningSystem.Crm) }
        .Select(o => new Ownership.AccountFieldOwner { TenantId = demo.Tenant, Field = o.Item1, System = o.Item2, By = "Omar Haddad", At = demo.Now.AddDays(-90) });

    public static async Task LastAsync(Demo demo, IServiceProvider services, CancellationToken ct)
    {
        await new ResolveOwners(demo.Work).RunAsync(ct);
        await QualityDemo.LoadAsync(demo, services, ct);
    }

    // Real data are not clean: some companies stand there twice, and some were looked at long ago.
    private static void Spoil(Demo demo, List<Account> accounts, DateTime began)
    {
        var chance = demo.Chance("accounts.spoil");
        for (var i = accounts.Count - 60; i < accounts.Count; i++)
        {
            var (twin, old) = (accounts[chance.Next(2000)], accounts[i]);
            var words = twin.Name.Split(' ');
            var name = chance.Next(3) switch { 0 => twin.Name.ToUpperInvariant(), 1 => $"{twin.Name} Group", _ => string.Join(' ', words.Length > 2 ? words[..^1] : words) };
            accounts[i] = Account.Create(demo.Tenant, old.Id, new AccountFacts
            {
                Name = name,
                ExternalId = old.ExternalId,
                Domain = chance.Next(3) == 0 ? null : twin.Domain,
                Sector = chance.Next(2) == 0 ? null : twin.Sector,
                Country = twin.Country,
                Employees = twin.Employees,
                OwnerName = old.OwnerName,
            }, AccountOrigin.Imported, "USD", began);
        }

        foreach (var account in accounts) account.See(demo.Now.AddDays(-(chance.Next(16) == 0 ? chance.Next(366, 700) : chance.Next(1, 330))));
    }

    private static List<Account> MakeAccounts(Demo demo, Random chance, DateTime began)
    {
        var names = new HashSet<string>();
        var accounts = new List<Account>(Accounts);
        while (accounts.Count < Accounts)
        {
            var country = DemoCatalogue.Country(chance);
            var sector = DemoCatalogue.Sector(chance);
            var name = DemoCatalogue.Company(chance, country, sector);
            var core = string.Concat(CompanyKeys.Words(name));
            var domain = core + ".example";
            if (!names.Add(core)) continue;
            // Few companies are large: the number of people follows a power law between 12 and 60,000.
            var people = (int)Math.Min(60_000, 12 * Math.Pow(1 - chance.NextDouble(), -1 / 0.78));
            var parent = chance.Next(25) == 0 && accounts.Count > 50 ? accounts[chance.Next(accounts.Count)] : null;
            var account = Account.Create(demo.Tenant, demo.NewId<AccountId>(began), new AccountFacts
            {
                Name = name,
                ExternalId = $"NC-{accounts.Count + 10_000}",
                Domain = chance.Next(20) == 0 ? null : domain,
                Sector = sector,
                Country = country.Code,
                Revenue = (long)(people * (90_000 + (chance.NextDouble() * 260_000))) / 1000 * 1000 * 100,
                Currency = "USD",
                Employees = people,
                Founded = began.Year - 2 - (int)(chance.NextDouble() * chance.NextDouble() * 110),
                OwnerName = chance.Next(6) == 0 ? null : DemoCatalogue.SellerFor(chance, country),
                Named = people > 4000 && chance.Next(3) > 0,
                ParentWritten = parent?.Name,
            }, AccountOrigin.Imported, "USD", began);
            account.BelongTo(parent?.Id);
            accounts.Add(account);
        }

        return accounts;
    }

    private static IEnumerable<Opportunity> MakeOpportunities(Demo demo, Random chance, List<Account> accounts, List<Product> products)
    {
        var today = DateOnly.FromDateTime(demo.Now);
        for (var i = 0; i < Opportunities; i++)
        {
            // Business grew: later months hold more.
            var opened = today.AddDays(-(int)(730 * (1 - Math.Sqrt(chance.NextDouble()))) - 1);
            var account = accounts[(int)(Math.Pow(chance.NextDouble(), 1.6) * accounts.Count)];
            var product = products[DemoCatalogue.ProductIndex(chance)];
            var days = 20 + (int)(chance.NextDouble() * chance.NextDouble() * 260);
            var closes = opened.AddDays(days);
            var stage = closes <= today ? (chance.Next(100) < 57 ? OpportunityStage.Won : OpportunityStage.Lost)
                : chance.Next(3) == 0 ? OpportunityStage.Prospecting : OpportunityStage.Engaging;
            var isOpen = closes > today;
            var seats = Math.Max(1, Math.Min(400, (account.Employees ?? 100) / 60.0) * (0.4 + chance.NextDouble()));
            var amount = (long)(product.ListPrice!.Value / 100 * Math.Sqrt(seats)) / 50 * 50 * 100;
            yield return Opportunity.Create(demo.Tenant, demo.NewId<OpportunityId>(opened.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)), new OpportunityFacts
            {
                ExternalId = $"OP-{i + 100_000}",
                Stage = stage,
                AccountId = chance.Next(40) == 0 ? null : account.Id,
                ProductId = product.Id,
                OwnerName = account.OwnerName ?? DemoCatalogue.AnySeller(chance),
                Amount = stage == OpportunityStage.Lost ? 0 : stage == OpportunityStage.Prospecting && chance.Next(2) == 0 ? null : amount,
                OpenedOn = opened,
                ClosedOn = isOpen ? null : closes,
                ExpectedOn = isOpen ? closes : null,
            }, "USD", today);
        }
    }
}
