using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;

namespace Trellis.Partners.Tests.Fields;

public sealed class CustomerMoveTests
{
    [SkippableTheory, BothDatabases]
    public async Task Ties_to_a_customer_follow_when_two_accounts_become_one_and_go_back_unless_untied_since(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Tenant.Administrator.ApiAsync();
        var (from, into) = (await AccountAsync("Harborlight Freight"), await AccountAsync("Quillmoor Shipping"));
        var (one, both, untied) = (await world.PartnerAsync("Ahorn"), await world.PartnerAsync("Birke"), await world.PartnerAsync("Tanne"));
        foreach (var partner in new[] { one, both, untied }) await TieAsync(partner, from);
        await TieAsync(both, into);

        var merged = await api.PostAsJsonAsync($"/api/v1/accounts/{from}/merge", new { into });
        merged.EnsureSuccessStatusCode();
        await UntilAsync(one, into);
        (await TiesAsync(both)).ShouldBe([into]);
        (await api.DeleteAsync($"/api/v1/partners/{untied}/customers/{into}/sells_to")).EnsureSuccessStatusCode();

        var id = (await merged.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        (await api.PostAsync($"/api/v1/account-merges/{id}/undo", null)).EnsureSuccessStatusCode();
        await UntilAsync(one, from);
        (await TiesAsync(both)).Order().ShouldBe(new[] { from, into }.Order());
        (await TiesAsync(untied)).ShouldBeEmpty("somebody has untied the two since");

        async Task<string> AccountAsync(string name) => (await (await api.PostAsJsonAsync("/api/v1/accounts", new { name, evenIfSimilar = true })).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

        async Task TieAsync(PartnerId partner, string account)
        {
            using var answer = await api.PostAsJsonAsync($"/api/v1/partners/{partner}/customers", new { account, kind = "sells_to", note = "Since long" });
            answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
        }

        async Task<string[]> TiesAsync(PartnerId partner) => [.. (await api.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{partner}/customers")).EnumerateArray().Select(t => t.GetProperty("account").GetString()!)];

        // Another test class of this process may be delivering the event.
        async Task UntilAsync(PartnerId partner, string account)
        {
            for (var i = 0; i < 100 && !(await TiesAsync(partner)).Contains(account); i++)
            {
                await world.Tenant.App.DrainAsync();
                await Task.Delay(20);
            }

            (await TiesAsync(partner)).ShouldBe([account]);
        }
    }

    [SkippableTheory, Databases]
    public async Task Whoever_types_a_new_partner_or_account_is_told_of_those_like_it_and_nobody_else_is(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        await world.PartnerAsync("Nordlicht Systemhaus GmbH");
        using var api = await world.Tenant.Administrator.ApiAsync();
        (await api.PostAsJsonAsync("/api/v1/accounts", new { name = "Nordlicht Werke", domain = "nordlicht.example" })).EnsureSuccessStatusCode();
        using var pages = await world.Tenant.Administrator.PagesAsync();
        (await pages.Http.GetStringAsync("/app/partners/duplicates?name=Nordlicht+Systemhaus")).ShouldContain("Nordlicht Systemhaus GmbH");
        (await pages.Http.GetStringAsync("/app/accounts/duplicates?name=Some+Works&domain=https%3A%2F%2Fnordlicht.example")).ShouldContain("Nordlicht Werke");
        (await pages.Http.GetStringAsync("/app/accounts/duplicates?name=No")).ShouldBe("""{"own":[]}""");
        (await pages.GetAsync("/app/partners/new")).Document.QuerySelector("trellis-duplicates")!.GetAttribute("action").ShouldBe("/app/partners/duplicates");
        (await pages.GetAsync("/app/accounts/new")).Document.QuerySelector("trellis-duplicates")!.GetAttribute("action").ShouldBe("/app/accounts/duplicates");
        using var portal = await (await world.Tenant.PartnerPersonAsync(await world.PartnerAsync("Erle"), "Erle", Roles.PartnerAdmin)).PagesAsync();
        foreach (var path in new[] { "/app/partners/duplicates?name=Nordlicht", "/app/accounts/duplicates?name=Nordlicht" })
            (await portal.Http.GetAsync(path)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }
}
