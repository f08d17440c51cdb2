using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Plans;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

public sealed class TargetListTests
{
    [SkippableTheory, Databases]
    public async Task Both_sides_work_on_a_list_and_nobody_else_sees_it(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Rosa Ltd"), await world.PartnerAsync("Ines Ltd"));
        var list = (await BeginAsync(world, rosa, "Health, autumn", "Less downtime in clinics.")).Value;
        (await SaveAsync(world.Manager, new TargetListInput(null, null, "No partner", ""))).Problem!.Errors.Keys.ShouldBe(["partner"]);
        (await SaveAsync(rosa, new TargetListInput(null, rosa.Actor.Partner, "Mine", ""))).Problem!.Code.ShouldBe("targets.vendor_only");
        var account = await world.AccountAsync("Lumen Kliniken", "lumen.example");
        var target = (await AddAsync(world.Manager, new TargetInput(list, account))).Value;
        (await AddAsync(rosa, new TargetInput(list, null, "lumen kliniken GmbH"))).Problem!.Code.ShouldBe("targets.already_there");
        (await AddAsync(rosa, new TargetInput(list, null, ""))).Problem!.Errors.Keys.ShouldBe(["name"]);

        // Either side writes; what rests on an older look is refused.
        var seen = await TargetAsync(rosa, target);
        (seen.Name, seen.Account, seen.State).ShouldBe(("Lumen Kliniken", null, TargetState.ToApproach));
        var change = new TargetChange(target, TargetState.Contacted, DealSide.Vendor, "Call the CIO", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(7), "Eva Brandt", Version: seen.Version);
        (await ChangeAsync(rosa, change)).Problem.ShouldBeNull();
        (await ChangeAsync(world.Manager, change with { State = TargetState.Dropped })).Problem!.Kind.ShouldBe(ProblemKind.Stale);
        (await TargetAsync(world.Manager, target)).ShouldSatisfyAllConditions(t => t.State.ShouldBe(TargetState.Contacted), t => t.Account.ShouldBe(account), t => t.ChangedBy.ShouldBe(rosa.Actor.Name));
        (await ChangeAsync(rosa, change with { Version = null, State = null, NextSide = DealSide.Customer })).Problem!.Errors.Keys.Order().ShouldBe(["nextSide", "state"]);

        // The message keeps its wordings.
        var first = await ListAsync(rosa, list);
        (await SaveAsync(rosa, new TargetListInput(list, null, "Health, autumn", "Clinics that never stop.", first.Version))).Problem.ShouldBeNull();
        (await SaveAsync(world.Manager, new TargetListInput(list, null, "Health", "Mine.", first.Version))).Problem!.Kind.ShouldBe(ProblemKind.Stale);
        (await rosa.DoAsync<Work, IReadOnlyList<MessageWording>>(w => TargetPage.WordingsAsync(w, list, default))).Select(m => m.Text).ShouldBe(["Clinics that never stop.", "Less downtime in clinics."]);
        (await ines.DoAsync<Work, IReadOnlyList<MessageWording>>(w => TargetPage.WordingsAsync(w, list, default))).ShouldBeEmpty();

        // Another partner, and another vendor, find nothing.
        foreach (var other in new[] { ines, (await DealWorld.CreateAsync(database)).Manager })
        {
            (await other.DoAsync<Work, Result<TargetListDetail>>(w => TargetPage.FindAsync(w, list, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
            (await other.DoAsync<Work, Page<TargetListLine>>(w => TargetPage.ListsAsync(w, new TargetListQuery(), default))).Items.ShouldBeEmpty();
            (await ChangeAsync(other, change with { Version = null })).Problem!.Kind.ShouldBe(ProblemKind.Missing);
            (await AddAsync(other, new TargetInput(list, null, "Anybody"))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
            using var api = await other.ApiAsync();
            foreach (var path in new[] { $"/api/v1/target-lists/{list}", $"/api/v1/target-lists/{list}/targets", $"/api/v1/targets/{target}" }) (await api.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await world.Manager.DoAsync<EndTargetList, Result<TargetListId>>(e => e.RunAsync(new TargetListEnd(list), default))).Problem.ShouldBeNull();
        (await ChangeAsync(rosa, change with { Version = null })).Problem!.Code.ShouldBe("targets.ended");
        await world.Tenant.App.DrainAsync();
        using var told = await rosa.ApiAsync();
        (await told.GetStringAsync("/api/v1/notifications")).ShouldContain("A target list with you: Health, autumn");
    }

    [SkippableTheory, Databases]
    public async Task A_partners_proposal_is_matched_for_the_vendor_and_tells_the_partner_nothing(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync("Rosa Ltd");
        var list = (await BeginAsync(world, rosa, "Makers", "")).Value;
        var account = await world.AccountAsync("Adler Maschinenbau GmbH", "adler.example");
        using var api = await rosa.ApiAsync();
        List<string> shapes = [];
        foreach (var name in new[] { "Adler Maschinenbau GmbH", "Nobody Knows Limited" })
        {
            var answer = await api.PostAsJsonAsync($"/api/v1/target-lists/{list}/targets", new { name, country = "DE" });
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            var made = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            made.ToString().ShouldNotContain(account.ToString());
            shapes.Add(string.Join(",", made.EnumerateObject().Where(p => p.Name is not ("id" or "name" or "changedAt")).Select(p => $"{p.Name}={p.Value}")));
        }

        shapes.Distinct().ShouldHaveSingleItem("a known company and an unknown one are answered alike");
        var staff = (await world.Manager.DoAsync<Work, Result<Page<TargetLine>>>(w => TargetPage.TargetsAsync(w, list, new TargetQuery(), default))).Value.Items;
        staff.Select(t => (t.Name, t.Account, t.Proposed)).ShouldBe([("Adler Maschinenbau GmbH", (AccountId?)account, true), ("Nobody Knows Limited", null, true)]);
    }

    [SkippableTheory, Databases]
    public async Task A_company_becomes_a_registration_from_the_list(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Rosa Ltd"), await world.PartnerAsync("Ines Ltd"));
        var list = (await BeginAsync(world, rosa, "Food makers", "Fresh data.")).Value;
        var target = (await AddAsync(rosa, new TargetInput(list, null, "Kestrel Foods", "Berlin", "DE"))).Value;
        using var portal = await rosa.PagesAsync();
        var form = await portal.GetAsync($"/portal/deals/new?target={target}");
        form.Document.QuerySelector("input[name='Input.CustomerName']")!.GetAttribute("value").ShouldBe("Kestrel Foods");
        var deal = await world.RegisterAsync(rosa, world.Fields("Kestrel Foods"));
        var foreign = await world.RegisterAsync(ines, world.Fields("Other Foods"));
        (await rosa.DoAsync<LinkTarget, Result<TargetId>>(l => l.RunAsync(new TargetLink(target, foreign.Id), default))).Problem!.Errors.Keys.ShouldBe(["deal"]);
        (await rosa.DoAsync<LinkTarget, Result<TargetId>>(l => l.RunAsync(new TargetLink(target, deal.Id), default))).Problem.ShouldBeNull();
        (await TargetAsync(rosa, target)).ShouldSatisfyAllConditions(t => t.State.ShouldBe(TargetState.Deal), t => t.Deal.ShouldBe(deal.Id));

        using var staff = await world.Manager.PagesAsync();
        (await staff.GetAsync("/app/target-lists")).Text.ShouldContain("Food makers");
        await world.AccountAsync("Werkstatt Kestrelberg");
        var picked = await staff.GetAsync($"/app/target-lists/{list}?pick=kestrelb");
        picked.Document.QuerySelectorAll("select[name='New.Account'] option").Select(o => o.TextContent).ShouldContain("Werkstatt Kestrelberg");
        var page = picked.Text;
        foreach (var shown in new[] { "Kestrel Foods", "Fresh data.", "Find an account" }) page.ShouldContain(shown);
        var one = await staff.GetAsync($"/app/targets/{target}");
        one.Text.ShouldContain("Where both stand");
        (await staff.GetAsync($"/app/target-lists/{list}/targets.csv")).Text.ShouldContain("Kestrel Foods,Berlin,DE,Deal");
        (await portal.GetAsync("/portal/target-lists")).Text.ShouldContain("Food makers");
        var mine = await portal.GetAsync($"/portal/targets/{target}");
        (await portal.SubmitAsync(mine, "target", ("Input.State", "meeting"), ("Input.Side", "vendor"), ("Input.NextStep", "Show the plant"))).Status.ShouldBe(HttpStatusCode.OK);
        (await TargetAsync(rosa, target)).NextStep.ShouldBe("Show the plant");
        using var others = await ines.PagesAsync();
        foreach (var path in new[] { $"/portal/target-lists/{list}", $"/portal/targets/{target}", $"/portal/target-lists/{list}/targets.csv" }) (await others.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await others.GetAsync("/portal/target-lists")).Text.ShouldNotContain("Food makers");
        (await others.Http.GetStringAsync($"/portal/deals/new?target={target}")).ShouldNotContain("Kestrel");
    }

    [SkippableTheory, Databases]
    public async Task A_linked_registration_stays_until_somebody_takes_it_off(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync("Rosa Ltd");
        var list = (await BeginAsync(world, rosa, "Food makers", "Fresh data.")).Value;
        var account = await world.AccountAsync("Bluefin Cannery", "bluefin.example");
        var target = (await AddAsync(world.Manager, new TargetInput(list, account))).Value;
        var deal = await world.RegisterAsync(rosa, world.Fields("BFC Holding", domain: "bluefin.example"));
        using var portal = await rosa.PagesAsync();
        (await portal.GetAsync($"/portal/targets/{target}")).Text.ShouldNotContain("BFC Holding", customMessage: "the partner would learn that both names are one account");
        using var staff = await world.Manager.PagesAsync();
        (await staff.GetAsync($"/app/targets/{target}")).Document.QuerySelector($"select[name='Input.Deal'] option[value='{deal.Id}']").ShouldNotBeNull();
        (await rosa.DoAsync<LinkTarget, Result<TargetId>>(l => l.RunAsync(new TargetLink(target, deal.Id), default))).Problem.ShouldBeNull();

        // The partner's next save keeps the link, though the names differ.
        var mine = await portal.GetAsync($"/portal/targets/{target}");
        mine.Document.QuerySelector($"select[name='Input.Deal'] option[value='{deal.Id}']")!.HasAttribute("selected").ShouldBeTrue();
        (await portal.SubmitAsync(mine, "target", ("Input.NextStep", "Show the plant"))).Status.ShouldBe(HttpStatusCode.OK);
        (await TargetAsync(rosa, target)).ShouldSatisfyAllConditions(t => t.NextStep.ShouldBe("Show the plant"), t => t.Deal.ShouldBe(deal.Id));
        using var api = await world.Manager.ApiAsync();
        (await api.PutAsJsonAsync($"/api/v1/targets/{target}", new { state = "deal", nextSide = "vendor" })).EnsureSuccessStatusCode();
        (await TargetAsync(rosa, target)).Deal.ShouldBe(deal.Id);
        (await staff.SubmitAsync(await staff.GetAsync($"/app/targets/{target}"), "target", ("Input.Deal", "none"))).Status.ShouldBe(HttpStatusCode.OK);
        (await TargetAsync(rosa, target)).Deal.ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task An_account_is_carried_to_the_list_on_which_it_is_to_stand(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync("Rosa Ltd");
        var list = (await BeginAsync(world, rosa, "Clinics", "")).Value;
        var account = await world.AccountAsync("Kingfisher Klinik");
        using var staff = await world.Manager.PagesAsync();
        var lists = await staff.GetAsync($"/app/target-lists?partner={rosa.Actor.Partner}&account={account}");
        lists.Text.ShouldContain("Kingfisher Klinik");
        lists.Document.QuerySelector($"a[href='/app/target-lists/{list}?account={account}#add']").ShouldNotBeNull();
        var page = await staff.GetAsync($"/app/target-lists/{list}?account={account}");
        page.Document.QuerySelector($"select[name='New.Account'] option[value='{account}']")!.HasAttribute("selected").ShouldBeTrue();
        (await staff.SubmitAsync(page, "target-account")).Status.ShouldBe(HttpStatusCode.OK);
        (await world.Manager.DoAsync<Work, Result<Page<TargetLine>>>(w => TargetPage.TargetsAsync(w, list, new TargetQuery(), default))).Value.Items.ShouldHaveSingleItem().Account.ShouldBe(account);
        using var portal = await rosa.PagesAsync();
        (await portal.GetAsync($"/portal/target-lists?account={account}")).Text.ShouldNotContain("Kingfisher Klinik");
    }

    [SkippableTheory, Databases]
    public async Task A_company_of_a_list_follows_a_merge_and_its_undoing(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync("Rosa Ltd");
        var list = (await BeginAsync(world, rosa, "Shippers", "")).Value;
        var (from, into) = (await world.AccountAsync("Heathwick Freight"), await world.AccountAsync("Sandmoor Shipping"));
        var target = (await AddAsync(world.Manager, new TargetInput(list, from))).Value;
        using var api = await world.Tenant.Administrator.ApiAsync();
        var merged = await api.PostAsJsonAsync($"/api/v1/accounts/{from}/merge", new { into = into.ToString() });
        merged.EnsureSuccessStatusCode();
        await UntilAsync(into);
        var id = (await merged.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        (await api.PostAsync($"/api/v1/account-merges/{id}/undo", null)).EnsureSuccessStatusCode();
        await UntilAsync(from);

        async Task UntilAsync(AccountId account)
        {
            for (var i = 0; i < 100 && (await TargetAsync(world.Manager, target)).Account != account; i++)
            {
                await world.Tenant.App.DrainAsync();
                await Task.Delay(20);
            }

            (await TargetAsync(world.Manager, target)).Account.ShouldBe(account);
        }
    }

    private static Task<Result<TargetListId>> BeginAsync(DealWorld world, TestPerson partner, string name, string message) => SaveAsync(world.Manager, new TargetListInput(null, partner.Actor.Partner, name, message));

    private static Task<Result<TargetListId>> SaveAsync(TestPerson person, TargetListInput input) => person.DoAsync<SaveTargetList, Result<TargetListId>>(s => s.RunAsync(input, default));

    private static Task<Result<TargetId>> AddAsync(TestPerson person, TargetInput input) => person.DoAsync<AddTarget, Result<TargetId>>(a => a.RunAsync(input, default));

    private static Task<Result<TargetId>> ChangeAsync(TestPerson person, TargetChange input) => person.DoAsync<ChangeTarget, Result<TargetId>>(c => c.RunAsync(input, default));

    private static async Task<TargetLine> TargetAsync(TestPerson person, TargetId id) => (await person.DoAsync<Work, Result<TargetLine>>(w => TargetPage.TargetAsync(w, id, default))).Value;

    private static async Task<TargetListDetail> ListAsync(TestPerson person, TargetListId id) => (await person.DoAsync<Work, Result<TargetListDetail>>(w => TargetPage.FindAsync(w, id, default))).Value;
}
