using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests.Fields;

public sealed class BulkTests
{
    private static async Task<JsonElement> WaitAsync(PartnerWorld world, HttpClient api, HttpResponseMessage started)
    {
        started.StatusCode.ShouldBe(HttpStatusCode.Accepted, await started.Content.ReadAsStringAsync());
        await world.Tenant.App.DrainAsync();
        return await api.GetFromJsonAsync<JsonElement>(started.Headers.Location);
    }

    [SkippableTheory, Databases]
    public async Task All_that_the_filter_shows_is_changed_and_each_refusal_is_listed_with_its_reason(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        var active = await world.PartnerAsync("Alder One");
        var former = await world.PartnerAsync("Alder Two", p => p with { State = PartnerState.Prospect });
        var other = await world.PartnerAsync("Birch");
        var report = await WaitAsync(world, api, await api.PostAsJsonAsync("/api/v1/bulk", new { record = "partners", action = "change_state", argument = "suspend", reason = "Contract breach", query = new { q = "alder" } }));
        (report.GetProperty("total").GetInt32(), report.GetProperty("changed").GetInt32(), report.GetProperty("refused").GetInt32()).ShouldBe((2, 1, 1));
        report.GetProperty("state").GetString().ShouldBe("succeeded");
        var refusal = report.GetProperty("refusals")[0];
        refusal.GetProperty("id").GetString().ShouldBe(former.ToString());
        refusal.GetProperty("why").GetString()!.ShouldContain("not possible");
        (await world.ReadAsync(active)).State.Value.ShouldBe(PartnerState.Suspended);
        (await world.ReadAsync(former)).State.Value.ShouldBe(PartnerState.Prospect);
        (await world.ReadAsync(other)).State.Value.ShouldBe(PartnerState.Active);
    }

    [SkippableTheory, Databases]
    public async Task A_person_is_shown_the_number_first_and_nothing_starts_when_it_has_become_another(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (one, two) = (await world.PartnerAsync("Cedar One"), await world.PartnerAsync("Cedar Two"));
        using var pages = await world.Operations.PagesAsync();
        var page = await pages.GetAsync("/app/bulk/partners?q=cedar");
        page.Text.ShouldContain("Change 2 partners");
        page.Text.ShouldContain("Cedar One");
        await world.PartnerAsync("Cedar Three");
        var refused = await pages.SubmitAsync(page, "assign_manager", ("Argument", world.Manager.Actor.Person.ToString()));
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        var chosen = await pages.GetAsync($"/app/bulk/partners?id={one}&id={two}");
        var run = await pages.SubmitAsync(chosen, "assign_manager", ("Argument", world.Manager.Actor.Person.ToString()));
        run.Address.AbsolutePath.ShouldStartWith("/app/bulk/runs/");
        await world.Tenant.App.DrainAsync();
        (await pages.GetAsync(run.Address.PathAndQuery)).Text.ShouldContain("Changed");
        (await world.ReadAsync(two)).Manager!.Id.ShouldBe(world.Manager.Actor.Person);
    }

    [SkippableTheory, Databases]
    public async Task Nobody_changes_many_who_may_not_change_one_and_no_other_tenant_is_reached(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var stranger = await PartnerWorld.FoundAsync(database);
        var partner = await world.PartnerAsync("Elm");
        var wish = new { record = "partners", action = "assign_manager", argument = "none", ids = new[] { partner.ToString() } };
        using var finance = await (await world.Tenant.StaffAsync(Roles.Finance)).ApiAsync();
        (await finance.PostAsJsonAsync("/api/v1/bulk", wish)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var portal = await (await world.Tenant.PartnerPersonAsync(partner, "Elm", Roles.PartnerAdmin)).ApiAsync();
        (await portal.PostAsJsonAsync("/api/v1/bulk", wish)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var foreign = await stranger.Operations.ApiAsync();
        (await foreign.PostAsJsonAsync("/api/v1/bulk", wish)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var own = await world.Operations.ApiAsync();
        var report = await WaitAsync(world, own, await own.PostAsJsonAsync("/api/v1/bulk", wish));
        (await foreign.GetAsync($"/api/v1/bulk/{report.GetProperty("id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await finance.GetAsync($"/api/v1/bulk/{report.GetProperty("id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
