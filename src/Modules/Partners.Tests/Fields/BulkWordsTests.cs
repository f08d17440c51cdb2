using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests.Fields;

/// <summary>Tier, tags, territories and own fields of many partners at once.</summary>
public sealed class BulkWordsTests
{
    private static async Task<JsonElement> RunAsync(PartnerWorld world, HttpClient api, object wish)
    {
        using var started = await api.PostAsJsonAsync("/api/v1/bulk", wish);
        started.StatusCode.ShouldBe(HttpStatusCode.Accepted, await started.Content.ReadAsStringAsync());
        await world.Tenant.App.DrainAsync();
        return await api.GetFromJsonAsync<JsonElement>(started.Headers.Location);
    }

    private static async Task<string> RefusedAsync(HttpClient api, object wish)
    {
        using var started = await api.PostAsJsonAsync("/api/v1/bulk", wish);
        started.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        return await started.Content.ReadAsStringAsync();
    }

    private static (int Changed, int Refused) Counts(JsonElement report) => (report.GetProperty("changed").GetInt32(), report.GetProperty("refused").GetInt32());

    [SkippableTheory, BothDatabases]
    public async Task Many_partners_get_a_tier_with_a_reason_and_each_change_is_told_as_a_single_one_is(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        var (one, two) = (await world.PartnerAsync("Tier One"), await world.PartnerAsync("Tier Two"));
        var had = await world.PartnerAsync("Tier Three");
        await world.Operations.DoAsync<AssignTier, Result<Tier>>(a => a.RunAsync(new TierAssignment(had, Tier.Gold, "Had it"), default));
        (await RefusedAsync(api, new { record = "partners", action = "assign_tier", argument = "gold", query = new { q = "tier" } })).ShouldContain("reason");
        var report = await RunAsync(world, api, new { record = "partners", action = "assign_tier", argument = "gold", reason = "Yearly review", query = new { q = "tier" } });
        Counts(report).ShouldBe((2, 1));
        report.GetProperty("refusals")[0].GetProperty("id").GetString().ShouldBe(had.ToString());
        foreach (var partner in new[] { one, two }) (await world.ReadAsync(partner)).Tier.Value.ShouldBe(Tier.Gold);
        var told = await world.Tenant.AsSystemAsync<Work, List<TierChangeRow>>(w => w.Db.Set<TierChangeRow>().Where(t => t.PartnerId == one || t.PartnerId == two).ToListAsync());
        told.Select(t => t.To).ShouldBe([Tier.Gold, Tier.Gold]);
        var given = await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<OutboxRow>().CountAsync(o => o.Event == OutboxRow.WireName(typeof(TierGiven))));
        var receipts = await api.GetStringAsync($"/api/v1/receipts?partner={one}");
        (given + (receipts.Contains("tier", StringComparison.Ordinal) ? 1 : 0)).ShouldBeGreaterThan(0, "the tier that was given is told to those who issue receipts");
        using var manager = await world.Manager.ApiAsync();
        (await manager.PostAsJsonAsync("/api/v1/bulk", new { record = "partners", action = "assign_tier", argument = "silver", reason = "x", ids = new[] { one.ToString() } })).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "a manager may assign no tier, to one or to many");
    }

    [SkippableTheory, BothDatabases]
    public async Task Many_partners_get_and_lose_tags_and_territories(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        var (one, two) = (await world.PartnerAsync("Words One"), await world.PartnerAsync("Words Two"));
        string[] ids = [one.ToString(), two.ToString()];
        Counts(await RunAsync(world, api, new { record = "partners", action = "change_tags", argument = "add", typed = "spring campaign, key", ids })).ShouldBe((2, 0));
        Counts(await RunAsync(world, api, new { record = "partners", action = "change_tags", argument = "remove", typed = "KEY", ids = new[] { two.ToString() } })).ShouldBe((1, 0));
        (await api.GetFromJsonAsync<string[]>($"/api/v1/partners/{one}/tags")).ShouldBe(["key", "spring campaign"]);
        (await api.GetFromJsonAsync<string[]>($"/api/v1/partners/{two}/tags")).ShouldBe(["spring campaign"]);
        (await RefusedAsync(api, new { record = "partners", action = "change_tags", argument = "add", typed = " , ", ids })).ShouldContain("typed");
        (await RefusedAsync(api, new { record = "partners", action = "change_tags", argument = "add", ids })).ShouldContain("Tags is needed");

        async Task<string[]> Of(PartnerId partner) => [.. (await api.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{partner}/expertise")).GetProperty("territories").EnumerateArray().Select(t => t.GetString()!)];
        (await api.PatchAsync($"/api/v1/partners/{one}/expertise", JsonContent.Create(new { territories = "Austria, Benelux" }))).EnsureSuccessStatusCode();
        await RunAsync(world, api, new { record = "partners", action = "change_territories", argument = "add", typed = "AT; France", ids });
        (await Of(one)).ShouldBe(["Austria", "Benelux", "France"], ignoreOrder: true);
        (await Of(two)).ShouldBe(["Austria", "France"], ignoreOrder: true);
        await RunAsync(world, api, new { record = "partners", action = "change_territories", argument = "remove", typed = "FR, benelux", ids });
        (await Of(one)).ShouldBe(["Austria"]);
        await RunAsync(world, api, new { record = "partners", action = "change_territories", argument = "replace", typed = "Nordics", ids });
        (await Of(two)).ShouldBe(["Nordics"]);
    }

    [SkippableTheory, Databases]
    public async Task Own_fields_of_many_are_set_and_what_no_record_could_take_is_refused_at_once(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        var (one, two) = (await world.PartnerAsync("Field One"), await world.PartnerAsync("Field Two"));
        using var pages = await world.Operations.PagesAsync();
        (await pages.GetAsync($"/app/bulk/partners?id={one}")).Text.ShouldNotContain("Set one of your own fields");
        (await api.PostAsJsonAsync("/api/v1/fields", new { record = "partners", label = "Wave", kind = "choice", sight = "staff", choices = "North\nSouth" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await RefusedAsync(api, new { record = "partners", action = "set_field", argument = "wave", typed = "East", ids = new[] { one.ToString() } })).ShouldContain("is no choice of Wave");
        var page = await pages.GetAsync($"/app/bulk/partners?id={one}&id={two}");
        page.Text.ShouldContain("Set one of your own fields");
        var run = await pages.SubmitAsync(page, "set_field", ("Argument", "wave"), ("Typed", "south"));
        run.Address.AbsolutePath.ShouldStartWith("/app/bulk/runs/");
        await world.Tenant.App.DrainAsync();
        (await pages.GetAsync(run.Address.PathAndQuery)).Text.ShouldContain("south");
        foreach (var partner in new[] { one, two }) (await api.GetStringAsync($"/api/v1/custom-fields/partners/{partner}")).ShouldContain("South");
        (await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<AuditEntry>().CountAsync(a => a.Action == "partners.custom_fields"))).ShouldBe(2);
        Counts(await RunAsync(world, api, new { record = "partners", action = "set_field", argument = "wave", ids = new[] { one.ToString() } })).ShouldBe((1, 0));
        (await api.GetStringAsync($"/api/v1/custom-fields/partners/{one}")).ShouldNotContain("South");
        using var finance = await (await world.Tenant.StaffAsync(Roles.Finance)).ApiAsync();
        (await finance.PostAsJsonAsync("/api/v1/bulk", new { record = "partners", action = "set_field", argument = "wave", typed = "North", ids = new[] { one.ToString() } })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, Databases]
    public async Task The_list_leads_from_chosen_rows_to_all_that_can_be_done_to_them(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var one = await world.PartnerAsync("Chosen One");
        using var pages = await world.Operations.PagesAsync();
        var list = await pages.GetAsync("/app/partners");
        list.Text.ShouldContain("Change the chosen");
        var there = await pages.SubmitAsync(list, "bulk", ("id", one.ToString()), ("act", "more"));
        there.Address.AbsolutePath.ShouldBe("/app/bulk/partners");
        foreach (var word in new[] { "Assign a tier", "Change the tags", "Change the territories", "Assign a manager" }) there.Text.ShouldContain(word);
    }

    [Theory]
    [InlineData("add", "at, France", "Austria; Benelux; France")]
    [InlineData("remove", "AT", "Benelux")]
    [InlineData("replace", "Nordics", "Nordics")]
    public void Territories_are_changed_whatever_way_they_are_written(string act, string typed, string then) => BulkTerritories.Changed(["Austria", "Benelux"], act, typed).ShouldBe(then);
}
