using Trellis.Accounts.Published;

namespace Trellis.Accounts.Tests;

/// <summary>The sellers whom the CRM names, as a list to choose from.</summary>
public sealed class OwnersTests
{
    [SkippableTheory, Databases]
    public async Task Owners_of_opportunities_are_named_once_in_ordinal_order_and_only_the_tenants_own(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var (tenant, other) = (await app.TenantAsync(), await app.TenantAsync());
        (await NamesAsync(tenant)).ShouldBeEmpty();
        await ImportAsync(other, "Aaron Foreign", "Zoe Foreign");
        await ImportAsync(tenant, "bea best", "Zoe Zorn", "", "Änne Ahr", "Bea Best", "Zoe Zorn", "Bea Best", "Bea");
        await InsertAsync(tenant, ["", " ", null]);
        (await NamesAsync(tenant)).ShouldBe(["Bea", "Bea Best", "Zoe Zorn", "bea best", "Änne Ahr"]);
        (await NamesAsync(other)).ShouldBe(["Aaron Foreign", "Zoe Foreign"]);
    }

    [SkippableTheory, Databases]
    public async Task The_list_of_owners_ends_with_the_first_five_hundred(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        await InsertAsync(tenant, Enumerable.Range(0, 1_002).Select(i => $"Seller {i % 501:000}"));
        (await NamesAsync(tenant)).ShouldBe(Enumerable.Range(0, 500).Select(i => $"Seller {i:000}"));
    }

    private static Task<IReadOnlyList<string>> NamesAsync(TestTenant tenant) => tenant.Administrator.DoAsync<Work, IReadOnlyList<string>>(w => OpportunityOwners.NamesAsync(w, default));

    private static async Task ImportAsync(TestTenant tenant, params string[] owners)
    {
        using var api = await tenant.Administrator.ApiAsync();
        await new Importing(tenant.App, api).ImportAsync("opportunity_id,sales_agent,deal_stage,engage_date\n" + string.Concat(owners.Select((o, i) => $"OP-{i},{o},Engaging,2026-10-01\n")), kind: "opportunities");
    }

    // As they may stand in a database: the import itself leaves no empty name.
    private static Task<bool> InsertAsync(TestTenant tenant, IEnumerable<string?> owners) => tenant.AsSystemAsync<Work, bool>(async work =>
    {
        var rows = owners.Select((o, i) => Opportunity.Create(tenant.Id, work.NewId<OpportunityId>(), new() { ExternalId = $"IN-{i}", Stage = OpportunityStage.Engaging, OwnerName = o }, "USD", work.Today)).ToList();
        await work.Db.Engine.InsertAsync(work.Db, rows, default);
        return true;
    });
}
