using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Partners.Motions;
using Trellis.Partners.Published;
using Trellis.Partners.Workload;

namespace Trellis.Partners.Tests;

public sealed class OwnershipTests
{
    [SkippableTheory, Databases]
    public async Task A_field_of_another_system_is_read_only_here_but_for_the_key_of_that_system(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Owned", p => p with { City = "Bonn", Phone = "1" });
        using var api = await world.Operations.ApiAsync();
        using var answer = await api.PutAsJsonAsync("/api/v1/partner-field-owners", new { owners = new { city = "erp", website = "crm", tier = "crm" } });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        (await api.PutAsJsonAsync("/api/v1/partner-field-owners", new { owners = new { nonsense = "erp", city = "moon" } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        using var refused = await api.PatchAsync($"/api/v1/partners/{id}", JsonContent.Create(new { city = "Köln", website = "owned.example", phone = "2" }));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("partners.field_owned");
        problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(["city", "website"], ignoreOrder: true);
        (await api.PutAsJsonAsync($"/api/v1/partners/{id}/tier", new { tier = "gold", reason = "Because" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PatchAsync($"/api/v1/partners/{id}", JsonContent.Create(new { phone = "2", city = "Bonn" }))).StatusCode.ShouldBe(HttpStatusCode.OK, "what does not change is not refused");

        using var pages = await world.Operations.PagesAsync();
        var form = await pages.GetAsync($"/app/partners/{id}/edit");
        form.Text.ShouldContain("Owned by the ERP");
        form.Document.QuerySelector("[name='Input.City']")!.HasAttribute("disabled").ShouldBeTrue();
        (await pages.SubmitAsync(form, "profile", ("Input.Phone", "3"))).Address.AbsolutePath.ShouldBe($"/app/partners/{id}");
        var now = await world.ReadAsync(id);
        (now.City, now.Phone).ShouldBe(("Bonn", "3"));
        (await pages.GetAsync($"/app/partners/{id}")).Text.ShouldContain("Owned by the CRM");

        var key = world.Operations.Actor with { Permissions = world.Operations.Actor.Permissions.Append("partners.write_owned").ToHashSet() };
        (await world.Tenant.AsAsync<UpdatePartner, Result<PartnerId>>(key, u => u.RunAsync((id, new ProfileChanges { City = "Köln" }), default))).Problem.ShouldBeNull();
        (await world.ReadAsync(id)).City.ShouldBe("Köln");
        (await world.Operations.ApiAsync()).Dispose();
        (await api.GetStringAsync("/api/v1/audit?q=city")).ShouldContain("partners.settle_owners");

        using var settings = await world.Tenant.Administrator.PagesAsync();
        var page = await settings.GetAsync("/app/partners/field-owners");
        (await settings.SubmitAsync(page, "owners", ("owner.city", "trellis"))).Status.ShouldBe(HttpStatusCode.OK);
        (await api.PatchAsync($"/api/v1/partners/{id}", JsonContent.Create(new { city = "Kiel" }))).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var manager = await world.Manager.ApiAsync();
        (await manager.PutAsJsonAsync("/api/v1/partner-field-owners", new { owners = new { city = "crm" } })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, Databases]
    public async Task Motions_and_word_lists_write_no_field_of_another_system_either(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Held", p => p with { Motions = [Motion.Resell], Verticals = "shops" });
        using var api = await world.Operations.ApiAsync();
        (await world.Operations.DoAsync<WordLists.KeepWordList, Result<TraitKind>>(k => k.RunAsync((TraitKind.Vertical, new WordLists.WordListInput("Retail = shops", false)), default))).Problem.ShouldBeNull();
        (await api.PutAsJsonAsync("/api/v1/partner-field-owners", new { owners = new { tier = "crm", state = "erp", manager = "crm", verticals = "erp" } })).EnsureSuccessStatusCode();
        foreach (var setting in new[] { new MotionSetting(null, null, Tier.Gold, null), new MotionSetting(null, MotionState.Paused, null, null), new MotionSetting(null, null, null, null) { Manager = world.Manager.Actor.Person } })
            (await world.Operations.DoAsync<SetMotion, Result<Motion>>(s => s.RunAsync((id, Motion.Resell, setting), default))).Problem!.Code.ShouldBe("partners.field_owned");
        (await world.Operations.DoAsync<EndMotion, Result<Motion>>(e => e.RunAsync((id, Motion.Resell), default))).Problem!.Code.ShouldBe("partners.field_owned");
        (await world.Operations.DoAsync<WordLists.AlignWords, Result<int>>(a => a.RunAsync(TraitKind.Vertical, default))).Problem!.Code.ShouldBe("partners.field_owned");
        await SetAsync(world, id, Motion.Resell, new MotionSetting(PartnerType.Consultant, MotionState.Active, null, null));
        (await world.ReadAsync(id)).Verticals.ShouldContain("shops");
        using var pages = await world.Operations.PagesAsync();
        (await pages.GetAsync("/app/partners/field-owners")).Text.ShouldContain("A merge may set every field");
    }

    [SkippableTheory, Databases]
    public async Task The_mean_is_that_of_those_who_manage_somebody_and_not_all_staff_reads_names(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        foreach (var name in new[] { "Mean One", "Mean Two" }) await world.PartnerAsync(name, p => p with { Manager = world.Manager.Actor.Person });
        using var api = await world.Operations.ApiAsync();
        var rows = (await api.GetFromJsonAsync<JsonElement>("/api/v1/partner-workload")).GetProperty("rows").EnumerateArray().ToList();
        rows.Count.ShouldBeGreaterThan(1);
        rows.Single(r => r.GetProperty("manager").GetString() == world.Manager.Actor.Person.ToString()).GetProperty("share").GetInt32().ShouldBe(100);
        using var other = await (await world.Tenant.StaffAsync(Roles.Marketing)).ApiAsync();
        (await other.GetAsync("/api/v1/partner-workload")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.GetAsync("/api/v1/segments")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task Each_motion_keeps_how_it_stood_and_another_partner_reads_nothing_of_it(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Mover", p => p with { Motions = [Motion.Resell] });
        await SetAsync(world, id, Motion.Resell, new MotionSetting(null, null, Tier.Gold, null) { Manager = world.Manager.Actor.Person });
        await SetAsync(world, id, Motion.CoSell, new MotionSetting(PartnerType.Consultant, MotionState.Active, null, null));
        (await world.Operations.DoAsync<EndMotion, Result<Motion>>(e => e.RunAsync((id, Motion.Resell), default))).Problem.ShouldBeNull();
        await SetAsync(world, id, Motion.Resell, new MotionSetting(null, null, null, null));

        using var api = await world.Operations.ApiAsync();
        var steps = await api.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{id}/motions/history");
        steps.EnumerateArray().Where(s => s.GetProperty("motion").GetString() == "resell").Select(s => s.GetProperty("state").GetString()).ShouldBe(["applied", "ended", "active", "active"]);
        var gold = steps.EnumerateArray().First(s => s.GetProperty("motion").GetString() == "resell" && s.GetProperty("state").GetString() == "active");
        (gold.GetProperty("tier").GetString(), gold.GetProperty("manager").GetString(), gold.GetProperty("by").GetString()).ShouldBe(("gold", "Sam Staff", "Sam Staff"));
        (await api.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{id}/motions")).GetArrayLength().ShouldBe(2);
        using var pages = await world.Operations.PagesAsync();
        (await pages.GetAsync($"/app/partners/{id}")).Text.ShouldContain("How each motion stood before");

        var other = await world.PartnerAsync("Other");
        var person = await world.Tenant.PartnerPersonAsync(other, "Other", Roles.PartnerAdmin);
        using var portal = await person.ApiAsync();
        (await portal.GetAsync($"/api/v1/partners/{id}/motions/history")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await person.DoAsync<Work, IReadOnlyList<MotionStep>>(w => MotionHistory.OfAsync(w, id, default))).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_motion_goes_with_the_partners_tier_until_it_has_one_of_its_own_which_only_some_may_give(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Climber", p => p with { Motions = [Motion.Resell, Motion.Referral] });
        await SetAsync(world, id, Motion.Referral, new MotionSetting(null, null, Tier.Platinum, null));
        (await world.Operations.DoAsync<AssignTier, Result<Tier>>(a => a.RunAsync(new TierAssignment(id, Tier.Silver, "A good year."), default))).Problem.ShouldBeNull();
        await SetAsync(world, id, Motion.CoSell, new MotionSetting(null, null, null, null));
        (await world.ReadAsync(id)).Motions.ToDictionary(m => m.Motion, m => m.Tier).OrderBy(m => m.Key).Select(m => (m.Key, m.Value)).ShouldBe([(Motion.Resell, Tier.Silver), (Motion.Referral, Tier.Platinum), (Motion.CoSell, Tier.Silver)]);
        (await world.Operations.DoAsync<Work, IReadOnlyList<MotionStep>>(w => MotionHistory.OfAsync(w, id, default))).Where(s => s.Motion == Motion.Resell).Select(s => s.Tier).ShouldBe([Tier.Silver, Tier.Registered]);

        (await world.Manager.DoAsync<SetMotion, Result<Motion>>(s => s.RunAsync((id, Motion.Resell, new MotionSetting(null, null, Tier.Gold, null)), default))).Problem!.Code.ShouldBe("partners.tier_not_yours");
        (await world.Manager.DoAsync<SetMotion, Result<Motion>>(s => s.RunAsync((id, Motion.Deliver, new MotionSetting(null, null, Tier.Gold, null)), default))).Problem!.Code.ShouldBe("partners.tier_not_yours");
        (await world.Manager.DoAsync<SetMotion, Result<Motion>>(s => s.RunAsync((id, Motion.Deliver, new MotionSetting(null, MotionState.Active, Tier.Silver, null)), default))).Problem.ShouldBeNull();
        foreach (var (person, shown) in new[] { (world.Operations, true), (world.Manager, false) })
        {
            using var pages = await person.PagesAsync();
            ((await pages.GetAsync($"/app/partners/{id}")).Document.QuerySelector("select[name='Input.Tier']") is not null).ShouldBe(shown);
        }
    }

    [SkippableTheory, Databases]
    public async Task The_load_of_each_manager_is_counted_and_leads_to_the_partners(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var one = await world.PartnerAsync("Load One", p => p with { Manager = world.Manager.Actor.Person });
        await world.PartnerAsync("Load Two", p => p with { Manager = world.Manager.Actor.Person, State = PartnerState.Onboarding });
        await world.PartnerAsync("Load Three");
        (await world.MoveAsync(one, PartnerTrigger.FlagAtRisk, "Quiet")).Problem.ShouldBeNull();
        using var api = await world.Operations.ApiAsync();
        var loads = await api.GetFromJsonAsync<JsonElement>("/api/v1/partner-workload");
        var rows = loads.GetProperty("rows").EnumerateArray().ToList();
        (rows[0].GetProperty("manager").ValueKind, rows[0].GetProperty("partners").GetInt32()).ShouldBe((JsonValueKind.Null, 1));
        var mine = rows.Single(r => r.GetProperty("manager").GetString() == world.Manager.Actor.Person.ToString());
        (mine.GetProperty("partners").GetInt32(), mine.GetProperty("atRisk").GetInt32(), mine.GetProperty("starting").GetInt32(), mine.GetProperty("quiet").GetInt32()).ShouldBe((2, 1, 1, 0));
        using var pages = await world.Operations.PagesAsync();
        var page = await pages.GetAsync("/app/partners/workload");
        page.Text.ShouldContain("Nobody");
        page.Document.QuerySelectorAll("a").Any(a => a.GetAttribute("href") == $"/app/bulk/partners?manager={world.Manager.Actor.Person}").ShouldBeTrue();
        (await pages.GetAsync("/app/partners?gap=quiet")).Status.ShouldBe(HttpStatusCode.OK);
        (await pages.Http.GetStringAsync("/app/partners/workload.csv")).ShouldContain("Sam Staff");
        var person = await world.Tenant.PartnerPersonAsync(one, "Load One", Roles.PartnerAdmin);
        using var portal = await person.ApiAsync();
        (await portal.GetAsync("/api/v1/partner-workload")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task SetAsync(PartnerWorld world, PartnerId id, Motion motion, MotionSetting setting) =>
        (await world.Operations.DoAsync<SetMotion, Result<Motion>>(s => s.RunAsync((id, motion, setting), default))).Problem.ShouldBeNull();
}
