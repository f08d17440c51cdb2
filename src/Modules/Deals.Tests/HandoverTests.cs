using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Handovers;
using Trellis.Deals.Published;

namespace Trellis.Deals.Tests;

public sealed class HandoverTests
{
    [SkippableTheory, Databases]
    public async Task What_is_approved_goes_into_the_crm_and_what_is_won_into_the_erp_without_being_typed_again(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync("Brightpath");
        await ImportAccountAsync(world);
        var deal = await world.RegisterAsync(rosa, world.Fields("Adler Maschinen", domain: "adler.example"));
        await world.InReviewAsync(rosa, "Kestrel Foods");
        using var api = await world.Manager.ApiAsync();

        // Nothing goes over before a system is connected.
        await world.Tenant.App.RunAsync<QueueHandoversJob>();
        (await ItemsAsync(api, "/api/v1/handovers")).ShouldBeEmpty();
        (await api.PostAsJsonAsync("/api/v1/handovers/take", new { system = "crm" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await ConnectAsync(api, "crm", "Salesforce");
        await ConnectAsync(api, "erp", "SAP");
        await world.Tenant.App.RunAsync<QueueHandoversJob>();
        await world.Tenant.App.RunAsync<QueueHandoversJob>();
        var line = (await ItemsAsync(api, "/api/v1/handovers")).ShouldHaveSingleItem("what is in review does not go over");
        line.GetProperty("deal").GetString().ShouldBe(deal.Id.ToString());

        // The connector gets everything at once, and what it has is its own.
        var document = (await TakeAsync(api, "crm")).ShouldHaveSingleItem();
        (await TakeAsync(api, "crm")).ShouldBeEmpty();
        var customer = document.GetProperty("customer");
        (customer.GetProperty("externalId").GetString(), customer.GetProperty("domain").GetString()).ShouldBe(("CRM-ADLER", "adler.example"));
        (document.GetProperty("amount").GetInt64(), document.GetProperty("productName").GetString(), document.GetProperty("contactName").GetString()).ShouldBe((25_000_00, "Relay", "Ana Silva"));
        document.GetProperty("partner").GetProperty("name").GetString().ShouldBe("Brightpath");
        document.GetProperty("shares")[0].GetProperty("basisPoints").GetInt32().ShouldBe(10_000);

        // The number there makes the opportunity here and converts the registration; said twice, it is one answer.
        var finish = $"/api/v1/handovers/{document.GetProperty("handover").GetString()}/finish";
        (await api.PostAsJsonAsync(finish, new { number = " " })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync(finish, new { number = "OPP-77", owner = "Sam Carter" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PostAsJsonAsync(finish, new { number = "OPP-77" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PostAsJsonAsync(finish, new { number = "OPP-78" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var converted = await DealWorld.SeeAsync(world.Manager, deal.Id);
        converted.State.ShouldBe(DealState.Converted);
        var opportunity = await world.Manager.DoAsync<Work, OpportunityRow>(w => w.Db.Set<OpportunityRow>().SingleAsync(o => o.ExternalId == "OPP-77"));
        (opportunity.Amount, opportunity.Currency, opportunity.OwnerName, opportunity.AccountId, opportunity.ExpectedOn).ShouldBe((25_000_00, converted.Currency, "Sam Carter", converted.Account, converted.ExpectedClose));

        // Won, it goes on in the ERP, with the opportunity's identifier.
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal.Id, 24_000_00), default))).Problem.ShouldBeNull();
        await world.Tenant.App.RunAsync<QueueHandoversJob>();
        var order = (await TakeAsync(api, "erp")).ShouldHaveSingleItem();
        (order.GetProperty("wonAmount").GetInt64(), order.GetProperty("opportunity").GetString()).ShouldBe((24_000_00, "OPP-77"));
        (await api.PostAsJsonAsync($"/api/v1/handovers/{order.GetProperty("handover").GetString()}/finish", new { number = "4500012" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var pages = await world.Manager.PagesAsync();
        var page = await pages.GetAsync($"/app/deals/{deal.Id}");
        foreach (var shown in new[] { "In CRM and ERP", "OPP-77", "4500012" }) page.Text.ShouldContain(shown);

        // A partner learns nothing of it.
        using var partner = await rosa.ApiAsync();
        (await partner.GetAsync("/api/v1/handovers")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var portal = await rosa.PagesAsync();
        (await portal.GetAsync($"/portal/deals/{deal.Id}")).Text.ShouldNotContain("4500012");
        using var other = await (await DealWorld.CreateAsync(database)).Manager.ApiAsync();
        (await other.GetAsync(finish.Replace("/finish", "", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task What_the_other_system_refuses_waits_for_a_person_and_a_connector_that_dies_loses_nothing(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        using var api = await world.Manager.ApiAsync();
        await ConnectAsync(api, "crm", "CRM");
        var names = new[] { "Lumen Kliniken", "Porto Marine", "Mistral Bau" };
        var deals = new List<DealDetail>();
        foreach (var name in names) deals.Add(await world.RegisterAsync(rosa, world.Fields(name)));
        await world.Tenant.App.RunAsync<QueueHandoversJob>();

        // Several connectors at the same instant: each deal goes to one.
        var takes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TakeAsync(api, "crm", 1))));
        var documents = takes.SelectMany(t => t).ToDictionary(d => d.GetProperty("deal").GetString()!, d => d.GetProperty("handover").GetString()!);
        documents.Count.ShouldBe(3);
        var taken = deals.ConvertAll(d => documents[d.Id.ToString()]);

        // The lease of a connector that died runs out.
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Handover>().ExecuteUpdateAsync(s => s.SetProperty(h => h.LeasedUntil, w.Now.AddMinutes(-1))));
        (await TakeAsync(api, "crm")).Count.ShouldBe(3);

        (await api.PostAsJsonAsync($"/api/v1/handovers/{taken[0]}/fail", new { reason = "" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync($"/api/v1/handovers/{taken[0]}/fail", new { reason = "No account there." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TakeAsync(api, "crm")).ShouldBeEmpty("what failed waits for a person");
        (await api.PostAsync($"/api/v1/handovers/{taken[0]}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TakeAsync(api, "crm")).ShouldHaveSingleItem();

        // What nobody answers for is not fetched for ever.
        for (var i = 0; i < 5; i++)
        {
            await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Handover>().ExecuteUpdateAsync(s => s.SetProperty(h => h.LeasedUntil, w.Now.AddMinutes(-1))));
            await TakeAsync(api, "crm");
        }

        (await ItemsAsync(api, "/api/v1/handovers?state=failed")).Count.ShouldBe(3);
        foreach (var id in taken) (await api.PostAsync($"/api/v1/handovers/{id}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TakeAsync(api, "crm")).Count.ShouldBe(3);

        // An opportunity that belongs to another customer is refused, and nothing has changed.
        await world.AccountAsync("Tramontana SA");
        await world.OpportunityAsync("OPP-9", "Tramontana SA", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-3));
        (await api.PostAsJsonAsync($"/api/v1/handovers/{taken[1]}/finish", new { number = "OPP-9" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await StateAsync(api, taken[1])).ShouldBe("taken");

        // The number of what has ended meanwhile is not lost; what nobody holds any more needs nothing.
        (await rosa.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deals[0].Id, "They stopped."), default))).Problem.ShouldBeNull();
        (await api.PostAsJsonAsync($"/api/v1/handovers/{taken[0]}/finish", new { number = "OPP-10" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StateAsync(api, taken[0])).ShouldBe("done");
        (await DealWorld.SeeAsync(world.Manager, deals[0].Id)).State.ShouldBe(DealState.Withdrawn);
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<Handover>().ExecuteUpdateAsync(s => s.SetProperty(h => h.LeasedUntil, w.Now.AddMinutes(-1))));
        (await rosa.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(deals[2].Id, "They stopped."), default))).Problem.ShouldBeNull();
        await world.Tenant.App.RunAsync<QueueHandoversJob>();
        (await ItemsAsync(api, "/api/v1/handovers?state=moot")).ShouldHaveSingleItem().GetProperty("deal").GetString().ShouldBe(deals[2].Id.ToString());
        (await api.GetAsync("/api/v1/handovers?state=nonsense")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [SkippableTheory, Databases]
    public async Task What_the_connected_crm_closes_is_won_or_lost_here_too(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        using var api = await world.Manager.ApiAsync();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var deals = new List<DealId>();
        foreach (var (name, number, stage) in new[] { ("Lumen Kliniken", "OPP-1", "Won"), ("Porto Marine", "OPP-2", "Lost"), ("Mistral Bau", "OPP-3", "Engaging"), ("Kestrel Foods", "OPP-4", "Won") })
        {
            await world.AccountAsync(name);
            deals.Add((await world.RegisterAsync(rosa, world.Fields(name))).Id);
            await world.OpportunityAsync(number, name, stage, number == "OPP-4" ? today.AddDays(-1) : today);
            var opportunity = await world.Manager.DoAsync<Work, OpportunityId>(w => w.Db.Set<OpportunityRow>().Where(o => o.ExternalId == number).Select(o => o.Id).SingleAsync());
            (await world.Manager.DoAsync<Convert, Result<DealId>>(c => c.RunAsync(new ConvertInput(deals[^1], opportunity), default))).Problem.ShouldBeNull();
        }

        await world.Tenant.App.RunAsync<CloseByCrm>();
        (await StatesAsync()).ShouldAllBe(s => s == DealState.Converted, "no CRM is connected");
        await ConnectAsync(api, "crm", "CRM");
        await world.Tenant.App.RunAsync<CloseByCrm>();
        (await StatesAsync()).ShouldBe([DealState.Won, DealState.Lost, DealState.Converted, DealState.Converted], "what was closed before it was connected waits for a person");
        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync("/app/deals/handovers")).Text.ShouldContain("Kestrel Foods");
        var won = await DealWorld.SeeAsync(rosa, deals[0]);
        (won.WonAmount, DateOnly.FromDateTime(won.ClosedAt!.Value)).ShouldBe((5_000_00, today), "it was not registered before today");

        async Task<List<DealState>> StatesAsync()
        {
            var states = new List<DealState>();
            foreach (var deal in deals) states.Add((await DealWorld.SeeAsync(world.Manager, deal)).State);
            return states;
        }
    }

    [SkippableTheory, Databases]
    public async Task People_connect_a_system_and_enter_by_hand_what_no_connector_fetches(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync("Brightpath");
        var deal = await world.RegisterAsync(rosa, world.Fields("Eder Ceramics"));
        var second = await world.RegisterAsync(rosa, world.Fields("Initech AG"));
        using var pages = await world.Manager.PagesAsync();
        var list = await pages.GetAsync("/app/deals/handovers");
        list.Text.ShouldContain("Nothing goes over");
        (await pages.SubmitAsync(list, "connect-crm", ("Input.Name", ""), ("Input.On", "true"), ("Input.Version", "0"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await pages.SubmitAsync(list, "connect-crm", ("Input.Name", "Salesforce"), ("Input.On", "true"), ("Input.Version", "0"))).Text.ShouldContain("Disconnect");
        await world.Tenant.App.RunAsync<QueueHandoversJob>();
        (await pages.GetAsync("/app/deals/handovers?state=waiting")).Text.ShouldContain("Eder Ceramics");
        (await pages.Http.GetStringAsync("/app/deals/handovers.csv?system=crm")).ShouldContain("Eder Ceramics");
        var (one, two) = (await IdAsync(deal), await IdAsync(second));
        (await pages.SubmitAsync(await pages.GetAsync($"/app/deals/handovers/{one}"), "finish", ("Input.Number", "HAND-1"))).Text.ShouldContain("HAND-1");
        (await DealWorld.SeeAsync(world.Manager, deal.Id)).State.ShouldBe(DealState.Converted);
        var aside = await pages.SubmitAsync(await pages.GetAsync($"/app/deals/handovers/{two}"), "skip", ("Input.Reason", "A pilot without an order."));
        aside.Text.ShouldContain("Need not go over");
        aside.Text.ShouldContain("A pilot without an order.");
        await world.Tenant.App.RunAsync<QueueHandoversJob>();
        (await pages.GetAsync("/app/deals/handovers?state=waiting")).Text.ShouldContain("Nothing goes over");
        (await pages.SubmitAsync(await pages.GetAsync($"/app/deals/handovers/{two}"), "retry")).Text.ShouldContain("Waits to go over");

        async Task<string> IdAsync(DealDetail of) => (await world.Manager.DoAsync<Work, IReadOnlyList<HandoverLine>>(w => HandoverList.OfDealAsync(w, of.Id, default))).ShouldHaveSingleItem().Id.ToString();
    }

    private static Task ImportAccountAsync(DealWorld world) => world.ImportAsync("accounts", "account,account_id,website,office_location\nAdler Maschinen GmbH,CRM-ADLER,adler.example,Germany\n");

    private static async Task ConnectAsync(HttpClient api, string system, string name) => (await api.PutAsJsonAsync($"/api/v1/connected-systems/{system}", new { name, on = true })).StatusCode.ShouldBe(HttpStatusCode.OK);

    private static async Task<IReadOnlyList<JsonElement>> TakeAsync(HttpClient api, string system, int most = 20)
    {
        var answer = await api.PostAsJsonAsync("/api/v1/handovers/take", new { system, most });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.EnumerateArray()];
    }

    private static async Task<IReadOnlyList<JsonElement>> ItemsAsync(HttpClient api, string path) => [.. JsonDocument.Parse(await api.GetStringAsync(path)).RootElement.GetProperty("items").EnumerateArray()];

    private static async Task<string?> StateAsync(HttpClient api, string id) => JsonDocument.Parse(await api.GetStringAsync($"/api/v1/handovers/{id}")).RootElement.GetProperty("state").GetString();
}
