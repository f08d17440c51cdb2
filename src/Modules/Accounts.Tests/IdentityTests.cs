using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Values;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

/// <summary>Which account a row of a file means where it gives no identifier, or one that nobody knows.</summary>
public sealed class IdentityTests
{
    [SkippableTheory, Databases]
    public async Task A_row_with_the_domain_or_the_tax_number_of_an_account_makes_no_second_one(Database database)
    {
        var (importing, operations) = await BeginAsync(database);
        await importing.ImportAsync("account,website,vat\nMüller Werke GmbH,r12mueller.example,DE 123 456 789\nKeller KG,keller.example,\n");
        var import = await importing.ImportAsync("account,website,vat,city\nMueller AG,www.r12mueller.example,DE123456789,Ulm\nKeller Handel,https://keller.example/shop,,Bonn\n");
        import.Counts().ShouldBe((0, 2, 0, 0, 2));
        (await AccountsAsync(operations)).Select(a => (a.Name, a.City)).ShouldBe([("Keller KG", "Bonn"), ("Müller Werke GmbH", "Ulm")]);
        (await importing.FindingsAsync(import, "mended")).Select(f => f.Text("why")).Order(StringComparer.Ordinal).ShouldBe(["the account with the same domain", "the account with the same tax number"]);
    }

    [SkippableTheory, Databases]
    public async Task A_row_that_repeats_an_earlier_rows_domain_is_refused_and_says_which(Database database)
    {
        var (importing, operations) = await BeginAsync(database);
        const string file = "account,website,vat\nNorth One,north.example,\nOther,,DE111222333\nNorth Two,www.north.example,\nThird,,111222333\nPost One,one@gmail.com,\nPost Two,two@gmail.com,\n";
        var import = await importing.ImportAsync(file);
        import.Counts().ShouldBe((4, 0, 0, 2, 0));
        (await importing.FindingsAsync(import, "refused")).Select(f => f.Text("why")).Order(StringComparer.Ordinal).ShouldBe(
            ["Row 2 has the same domain. If it is another company, give both their identifier in the CRM.", "Row 3 has the same tax number. If it is another company, give both their identifier in the CRM."]);
        (await AccountsAsync(operations)).Select(a => a.Name).ShouldBe(["North One", "Other", "Post One", "Post Two"]);
        (await importing.ImportAsync(file)).Counts().ShouldBe((0, 0, 4, 2, 0), "a second time nothing is made either");
    }

    [SkippableTheory, Databases]
    public async Task Records_with_identifiers_of_their_own_are_made_and_marked_as_likely_doubles(Database database)
    {
        var (importing, operations) = await BeginAsync(database);
        await importing.ImportAsync("account,account_id,website\nHarbour Works GmbH,C1,harbour.example\n");
        var import = await importing.ImportAsync("account,account_id,website\nHarbour Works AG,C2,harbour.example\nQuay One,C3,quay.example\nQuay Two,C4,quay.example\n");
        import.Counts().ShouldBe((3, 0, 0, 0, 0));
        var doubtful = (await importing.FindingsAsync(import, "doubtful")).Select(f => f.Text("why")).Order(StringComparer.Ordinal).ToList();
        doubtful.Count.ShouldBe(2);
        doubtful[0].ShouldStartWith("probably the account “Harbour Works GmbH” (");
        doubtful[1].ShouldBe("row 3 has the same domain; probably one company");
        (await AccountsAsync(operations)).Count.ShouldBe(4);
    }

    [SkippableTheory, Databases]
    public async Task Among_accounts_of_one_name_domain_tax_number_and_country_choose(Database database)
    {
        var (importing, operations) = await BeginAsync(database);
        await importing.ImportAsync("account,account_id,website,vat,country\nTwin AG,T1,twin-one.example,DE100200300,Germany\nTwin AG,T2,twin-two.example,,France\n");
        var import = await importing.ImportAsync("account,website,vat,country,city\nTwin AG,twin-one.example,DE100200300,,Ulm\n");
        import.Counts().ShouldBe((0, 1, 0, 0, 0));
        (await importing.ImportAsync("account,country,city\nTwin AG,France,Lyon\n")).Counts().ShouldBe((0, 1, 0, 0, 0));
        (await AccountsAsync(operations)).Select(a => (a.ExternalId, a.City)).Order().ShouldBe([("T1", "Ulm"), ("T2", "Lyon")]);
        var refused = await importing.ImportAsync("account,city\nTwin AG,Rome\n");
        refused.Counts().ShouldBe((0, 0, 0, 1, 0));
        (await importing.FindingsAsync(refused, "refused")).ShouldHaveSingleItem().Text("why").ShouldBe("2 accounts have this name; give the identifier in the CRM.");
    }

    [SkippableTheory, Databases]
    public async Task An_identifier_that_nobody_knows_joins_the_account_of_the_same_domain_that_has_none(Database database)
    {
        var (importing, operations) = await BeginAsync(database);
        await importing.ImportAsync("account,website\nLone Star,lone.example\n");
        (await importing.ImportAsync("account,account_id,website\nLone Star Inc,L1,lone.example\n")).Counts().ShouldBe((0, 1, 0, 0, 1));
        (await AccountsAsync(operations)).ShouldHaveSingleItem().ExternalId.ShouldBe("L1");
    }

    [Fact]
    public void A_domain_that_several_share_identifies_nobody()
    {
        Account Of(string name, string? domain, string? tax = null) => Account.Create(default, default, new AccountFacts { Name = name, Domain = domain, TaxNumber = tax }, AccountOrigin.Imported, "EUR", default);
        Identified Choose(AccountFacts facts, params Account[] there) => AccountIdentity.Choose(facts, CompanyNames.Tight(facts.Name!), there);
        var (one, other) = (Of("One", "group.example"), Of("Other", "group.example"));
        Choose(new AccountFacts { Name = "New", Domain = "group.example" }, one, other).ShouldBe(default);
        Choose(new AccountFacts { Name = "Other", Domain = "group.example" }, one, other).Account.ShouldBe(other);
        Choose(new AccountFacts { Name = "New", Domain = "group.example" }, one).ShouldSatisfyAllConditions(i => i.Account.ShouldBe(one), i => i.By.ShouldBe("domain"));
        Choose(new AccountFacts { Name = "New", Domain = "gmail.com" }, Of("Old", "gmail.com")).Account.ShouldBeNull();
        Choose(new AccountFacts { Name = "New", Domain = "x.example", TaxNumber = "DE111222333" }, Of("Old", "x.example", "DE999888777")).Account.ShouldBeNull("another tax number is another company");
    }

    private static async Task<(Importing Importing, TestPerson Operations)> BeginAsync(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var operations = await (await app.TenantAsync()).StaffAsync(Roles.ChannelOperations);
        return (new Importing(app, await operations.ApiAsync()), operations);
    }

    private static Task<List<Account>> AccountsAsync(TestPerson person) => person.DoAsync<Db, List<Account>>(async db => [.. (await db.Set<Account>().AsNoTracking().ToListAsync()).OrderBy(a => a.Name, StringComparer.Ordinal)]);
}
