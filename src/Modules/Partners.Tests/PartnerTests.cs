using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests;

public sealed class PartnerTests
{
    [SkippableTheory, Databases]
    public async Task A_partner_holds_several_motions_that_live_independently(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Two Motions", p => p with { Motions = [Motion.Resell, Motion.Referral] });
        await world.Operations.DoAsync<SetMotion, Result<Motion>>(s => s.RunAsync((id, Motion.Influence, new MotionSetting(PartnerType.Consultant, MotionState.Onboarding, Tier.Gold, null)), default));
        await world.Operations.DoAsync<EndMotion, Result<Motion>>(s => s.RunAsync((id, Motion.Resell), default));

        var motions = (await world.ReadAsync(id)).Motions.ToDictionary(m => m.Motion);
        motions[Motion.Influence].ShouldBe(new MotionItem(Motion.Influence, PartnerType.Consultant, MotionState.Onboarding, Tier.Gold, motions[Motion.Influence].Since, null));
        motions[Motion.Resell].State.ShouldBe(MotionState.Ended);
        motions[Motion.Referral].State.ShouldBe(MotionState.Active);
        (await world.Operations.DoAsync<EndMotion, Result<Motion>>(s => s.RunAsync((id, Motion.Resell), default))).Problem!.Code.ShouldBe("partners.motion_ended");
        (await FindAsync(world, new PartnerFilter { Type = PartnerType.Consultant })).ShouldBe(["Two Motions"]);
        (await FindAsync(world, new PartnerFilter { Motion = Motion.Resell })).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task What_takes_something_away_needs_a_reason_and_the_end_ends_all_motions(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Leaver", p => p with { Motions = [Motion.Resell] });

        (await world.MoveAsync(id, PartnerTrigger.Offboard)).Problem!.Errors.Keys.ShouldContain("reason");
        (await world.MoveAsync(id, PartnerTrigger.End, "Too early")).Problem!.Facts["allowed"].ShouldBe(new[] { "flag_at_risk", "mark_dormant", "suspend", "offboard" });
        (await world.ReadAsync(id)).State.Value.ShouldBe(PartnerState.Active);
        (await world.MoveAsync(id, PartnerTrigger.Offboard, "The company was sold.")).Value.ShouldBe(PartnerState.Offboarding);
        await world.SettleAllAsync(id);
        (await world.MoveAsync(id, PartnerTrigger.End, "Deals are handed over.")).Value.ShouldBe(PartnerState.Former);

        var partner = await world.ReadAsync(id);
        partner.State.Reason.ShouldBe("Deals are handed over.");
        partner.Motions.ShouldHaveSingleItem().State.ShouldBe(MotionState.Ended);
        partner.Allowed.ShouldBe([PartnerTrigger.Reopen]);
    }

    [SkippableTheory, Databases]
    public async Task A_tier_is_a_fact_with_a_reason_and_a_history(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Climber");

        (await AssignAsync(world.Operations, id, Tier.Gold, "")).Problem!.Errors.Keys.ShouldContain("reason");
        (await AssignAsync(world.Operations, id, Tier.Gold, "Three quarters of growth.")).Value.ShouldBe(Tier.Gold);
        (await AssignAsync(world.Operations, id, Tier.Gold, "Again.")).Problem!.Code.ShouldBe("partners.same_tier");
        (await AssignAsync(world.Manager, id, Tier.Platinum, "A friend.")).Problem!.Kind.ShouldBe(ProblemKind.Denied);

        (await world.ReadAsync(id)).Tier.ShouldSatisfyAllConditions(t => t.Value.ShouldBe(Tier.Gold), t => t.Reason.ShouldBe("Three quarters of growth."), t => t.By.ShouldBe(world.Operations.Actor.Name));
        var timeline = await world.Operations.DoAsync<Timeline.PartnerTimeline, Page<PartnerEvent>>(t => t.PageAsync(id, null, new Paging(), default));
        timeline.Items.ShouldContain(i => i.What == "changed the tier from Registered to Gold" && i.Text == "Three quarters of growth.");
    }

    [SkippableTheory, Databases]
    public async Task The_timeline_tells_of_motions_contacts_and_contributions_and_the_partner_reads_no_audit(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Chronicle");
        var person = await world.Tenant.PartnerPersonAsync(id, "Chronicle");
        await world.Operations.DoAsync<SetMotion, Result<Motion>>(s => s.RunAsync((id, Motion.CoSell, new MotionSetting(null, MotionState.Active, null, null)), default));
        await world.Operations.DoAsync<EndMotion, Result<Motion>>(e => e.RunAsync((id, Motion.CoSell), default));
        await world.Operations.DoAsync<AddContact, Result<ContactId>>(a => a.RunAsync((id, new NewContact("Ann Weber", "ann@chronicle.example", ContactFunction.Sales)), default));
        await world.Operations.DoAsync<Records.AddContribution, Result<Records.ContributionId>>(a => a.RunAsync((id, new(Records.ContributionKind.Advice, "A day on site", DateOnly.FromDateTime(DateTime.UtcNow))), default));
        await world.Operations.DoAsync<UpdatePartner, Result<PartnerId>>(u => u.RunAsync((id, new ProfileChanges { Website = "chronicle.example", City = "Erfurt" }), default));

        var label = PartnerWords.Label(Motion.CoSell);
        string[] motions = [$"set the motion “{label}”", $"ended the motion “{label}”"];
        var all = await ReadAsync(world.Operations);
        motions.ShouldAllBe(m => all.Any(i => i.What == m && i.Who == world.Operations.Actor.Name));
        all.ShouldContain(i => i.Who == "Ann Weber" && i.What == "is a contact now");
        all.ShouldContain(i => i.What == "wrote down a contribution" && i.Text == "A day on site");
        all.ShouldContain(i => i.What == "changed the profile: Web site, Town");
        var theirs = await ReadAsync(person);
        theirs.ShouldContain(i => i.What == "wrote down a contribution");
        theirs.ShouldAllBe(i => !motions.Contains(i.What) && !i.What.StartsWith("changed the profile"));

        async Task<IReadOnlyList<PartnerEvent>> ReadAsync(TestPerson who) => (await who.DoAsync<Timeline.PartnerTimeline, Page<PartnerEvent>>(t => t.PageAsync(id, null, new Paging(), default))).Items;
    }

    [SkippableTheory, Databases]
    public async Task The_same_company_is_not_entered_twice_by_mistake(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var first = await world.PartnerAsync("Twin", p => p with { Website = "www.twin.example" });
        var again = new NewPartner("Twin Holding", "FR", PartnerType.Consultant) { Website = "https://twin.example/fr" };

        var refused = await world.Manager.DoAsync<CreatePartner, Result<PartnerId>>(c => c.RunAsync(again, default));
        refused.Problem!.Code.ShouldBe("partners.similar");
        refused.Problem.Facts["partner"].ShouldBe(first.ToString());
        (await world.Manager.DoAsync<CreatePartner, Result<PartnerId>>(c => c.RunAsync(again with { EvenIfSimilar = true }, default))).Ok.ShouldBeTrue();
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_who_enter_the_same_company_at_once_get_one(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            world.Manager.DoAsync<CreatePartner, Result<PartnerId>>(c => c.RunAsync(new NewPartner("Race", "DE", PartnerType.Reseller), default))));
        results.Count(r => r.Ok).ShouldBe(1);
        results.Where(r => !r.Ok).ShouldAllBe(r => r.Problem!.Code == "partners.similar");
    }

    [SkippableTheory, Databases]
    public async Task Only_somebody_of_the_vendor_who_manages_partners_can_be_the_manager(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Orphan");
        var outsider = await world.Tenant.PartnerPersonAsync(id, "Orphan");
        var seller = await world.Tenant.StaffAsync(Roles.DirectSeller);

        (await EntrustAsync(outsider.Actor.Person)).Problem!.Errors.Keys.ShouldContain("manager");
        (await EntrustAsync(seller.Actor.Person)).Problem!.Errors.Keys.ShouldContain("manager");
        (await EntrustAsync(world.Manager.Actor.Person)).Ok.ShouldBeTrue();
        (await world.ReadAsync(id)).Manager!.Email.ShouldBe(world.Manager.Email);
        (await FindAsync(world, new PartnerFilter { Manager = world.Manager.Actor.Person })).ShouldBe(["Orphan"]);

        Task<Result<PartnerId>> EntrustAsync(PersonId person) => world.Operations.DoAsync<AssignManager, Result<PartnerId>>(a => a.RunAsync((id, person), default));
    }

    [SkippableTheory, Databases]
    public async Task A_list_is_searched_sorted_and_paged_without_gaps(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        for (var i = 0; i < 7; i++) await world.PartnerAsync($"Müller {i}");
        await AssignAsync(world.Operations, await world.PartnerAsync("Other"), Tier.Platinum, "Test");

        (await FindAsync(world, new PartnerFilter { Sort = "-tier" }))[0].ShouldBe("Other");
        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = await world.Operations.DoAsync<Work, Page<PartnerListItem>>(w => PartnerList.PageAsync(w, new PartnerFilter { Search = "MULLER germany" }, new Paging(cursor, 3), default));
            seen.AddRange(page.Items.Select(i => i.Name));
            cursor = page.Next;
        }
        while (cursor is not null);
        seen.ShouldBe(Enumerable.Range(0, 7).Select(i => $"Müller {i}"));
    }

    [SkippableTheory, Databases]
    public async Task Api_and_page_refuse_alike_and_nothing_typed_is_lost(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        var answer = await api.PostAsJsonAsync("/api/v1/partners", new { name = "", country = "XX", website = "not a site", mainType = "reseller" });
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        errors.EnumerateObject().Select(e => e.Name).ShouldBe(["name", "website", "country"], ignoreOrder: true);

        using var pages = await world.Operations.PagesAsync();
        var form = await pages.GetAsync("/app/partners/new");
        var refused = await pages.SubmitAsync(form, "partner", ("Input.Website", "not a site"), ("Input.City", "Leipzig"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        foreach (var error in errors.EnumerateObject()) refused.Text.ShouldContain(error.Value[0].GetString()!);
        refused.Document.QuerySelector("[name='Input.City']")!.GetAttribute("value").ShouldBe("Leipzig");

        var made = await pages.SubmitAsync(refused, "partner", ("Input.Name", "Leipzig Systems"), ("Input.Website", "leipzig.example"), ("Input.Country", "DE"), ("Input.MainType", "system_integrator"));
        made.Status.ShouldBe(HttpStatusCode.OK);
        made.Text.ShouldContain("Leipzig Systems has been added.");
        made.Text.ShouldContain("System integrator in Leipzig, Germany");
    }

    [SkippableTheory, Databases]
    public async Task A_change_on_an_old_version_is_stale(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Versioned");
        using var api = await world.Operations.ApiAsync();
        var tag = (await api.GetAsync($"/api/v1/partners/{id}")).Headers.ETag!.Tag;

        (await PatchAsync(new { city = "Bonn" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PatchAsync(new { city = "Köln" })).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await world.ReadAsync(id)).City.ShouldBe("Bonn");

        Task<HttpResponseMessage> PatchAsync(object body)
        {
            var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/partners/{id}") { Content = JsonContent.Create(body) };
            request.Headers.TryAddWithoutValidation("If-Match", tag);
            return api.SendAsync(request);
        }
    }

    [SkippableTheory, Databases]
    public async Task Several_partners_get_a_manager_at_once_and_the_list_is_exported_safely(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (one, two) = (await world.PartnerAsync("Bulk One"), await world.PartnerAsync("=HYPERLINK(\"x\")"));
        using var pages = await world.Operations.PagesAsync();
        var list = await pages.GetAsync("/app/partners");
        var token = list.Document.QuerySelector("form[method=post] [name='__RequestVerificationToken']")!.GetAttribute("value")!;
        var answer = await pages.Http.PostAsync("/app/partners", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), new("_handler", "bulk"), new("id", one.ToString()), new("id", two.ToString()), new("manager", world.Manager.Actor.Person.ToString())]));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.ReadAsync(two)).Manager!.Id.ShouldBe(world.Manager.Actor.Person);
        var csv = await pages.Http.GetStringAsync("/app/partners/export.csv?sort=-name");
        csv.ShouldContain("'=HYPERLINK");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
    }

    private static Task<Result<Tier>> AssignAsync(TestPerson who, PartnerId id, Tier tier, string reason) =>
        who.DoAsync<AssignTier, Result<Tier>>(a => a.RunAsync(new TierAssignment(id, tier, reason), default));

    private static async Task<List<string>> FindAsync(PartnerWorld world, PartnerFilter filter) =>
        [.. (await world.Operations.DoAsync<Work, Page<PartnerListItem>>(w => PartnerList.PageAsync(w, filter, new Paging(), default))).Items.Select(i => i.Name)];
}
