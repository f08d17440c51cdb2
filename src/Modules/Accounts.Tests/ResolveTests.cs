using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Compute.Matching;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

public sealed class ResolveTests
{
    private const int Accounts = 4000;
    private const int Seed = 424;

    [SkippableTheory, Databases]
    public async Task Written_customers_are_found_in_the_tables_as_well_as_in_memory(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var seller = await tenant.StaffAsync(Roles.DirectSeller, Roles.Administrator);
        var list = CompanySpellings.List(Accounts, Seed);
        var row = await FillAsync(seller, list);
        var asked = CompanySpellings.Writings(Accounts, Seed, 250, Seed + 1).ToList();
        var answers = await seller.DoAsync<Work, Dictionary<CompanyRecord, IReadOnlyCollection<int>>>(async work =>
        {
            var found = new Dictionary<CompanyRecord, IReadOnlyCollection<int>>();
            foreach (var writing in asked)
                found[writing.Asked] = [.. (await Customers.MatchAsync(work, new TypedCustomer(writing.Asked.Name!, null, writing.Asked.Country), default)).Select(m => row[m.Account])];
            return found;
        });
        var quality = CompanySpellings.Measure(asked, a => answers[a]);
        quality.Recall.ShouldBeGreaterThanOrEqualTo(0.98);
        quality.Precision.ShouldBeGreaterThanOrEqualTo(0.95);
    }

    [SkippableTheory, Databases]
    public async Task A_tax_number_finds_the_account_whatever_the_name(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var seller = await tenant.StaffAsync(Roles.DirectSeller, Roles.Administrator);
        var made = await seller.DoAsync<CreateAccount, Result<AccountId>>(c => c.RunAsync(new NewAccount("Litware Metals GmbH", null, "DE") { TaxNumber = "DE 811 907 980", City = "Essen" }, default));
        var match = (await MatchAsync(seller, new TypedCustomer("LMG Holding", null, "DE", "811907980"))).ShouldHaveSingleItem();
        (match.Account, match.Score).ShouldBe((made.Value, 0.98));
        match.Reasons.ShouldContain("same tax number");
        // Another town speaks a little against it, the same one for it.
        var near = (await MatchAsync(seller, new TypedCustomer("Litware Metals", null, "DE", City: "Essen"))).Single();
        var far = (await MatchAsync(seller, new TypedCustomer("Litware Metals", null, "DE", City: "Kiel"))).Single();
        near.Score.ShouldBeGreaterThan(far.Score);
        far.Reasons.ShouldContain("other town");
        // The same number again is the same company, and the vendor's people are told.
        var again = await seller.DoAsync<CreateAccount, Result<AccountId>>(c => c.RunAsync(new NewAccount("Other Name") { TaxNumber = "811.907.980" }, default));
        again.Problem!.Code.ShouldBe("accounts.exists");
        (await seller.DoAsync<CreateAccount, Result<AccountId>>(c => c.RunAsync(new NewAccount("Third Name") { TaxNumber = "none" }, default))).Problem!.Errors.Keys.ShouldBe(["taxNumber"]);
    }

    private static Task<Dictionary<AccountId, int>> FillAsync(TestPerson seller, List<CompanyRecord> list) => seller.DoAsync<Work, Dictionary<AccountId, int>>(async work =>
    {
        var accounts = list.Select(c => Account.Create(work.Tenant, work.NewId<AccountId>(), new AccountFacts { Name = c.Name, Country = c.Country }, AccountOrigin.Imported, "EUR", work.Now)).ToList();
        await work.TransactAsync<Done>("accounts.test", async () =>
        {
            await work.Db.Engine.InsertAsync(work.Db, accounts, default);
            await work.Db.Engine.InsertAsync(work.Db, accounts.SelectMany(AccountKeys.Of), default);
            return default(Done);
        }, default);
        return accounts.Select((a, i) => (a.Id, i)).ToDictionary(p => p.Id, p => p.i);
    });

    private static Task<IReadOnlyList<CustomerMatch>> MatchAsync(TestPerson person, TypedCustomer typed) => person.DoAsync<Work, IReadOnlyList<CustomerMatch>>(work => Customers.MatchAsync(work, typed, default));
}
