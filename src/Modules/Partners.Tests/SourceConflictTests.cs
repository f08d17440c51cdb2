using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Partners.Conflicts;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests;

/// <summary>Values of partners about which sources disagree, who looks after each check, and what is weaker for it.</summary>
public sealed class SourceConflictTests
{
    [SkippableTheory, Databases]
    public async Task What_a_person_the_partner_and_a_file_say_differently_waits_for_a_decision(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Northlight", p => p with { City = "Bonn", Phone = "1", Quietly = true });
        var rosa = await world.Tenant.PartnerPersonAsync(id, "Northlight", Roles.PartnerAdmin);
        using var api = await world.Operations.ApiAsync();
        await ChangeAsync(world.Operations, id, new ProfileChanges { City = "Kiel" });
        (await ListAsync(api)).ShouldBeEmpty("nobody has said anything else yet");
        await ChangeAsync(world.Manager, id, new ProfileChanges { City = "Lübeck" });
        (await ListAsync(api)).ShouldBeEmpty("another of our own people has written it anew");

        await ChangeAsync(rosa, id, new ProfileChanges { City = "Bremen", Phone = "2" });
        await ChangeAsync(world.Operations, id, new ProfileChanges { Phone = "3", File = "crm.csv" });
        var all = (await ListAsync(api)).ToDictionary(c => Text(c, "field"));
        all.Keys.Order().ShouldBe(["city", "phone"]);
        (Text(all["city"], "first"), Text(all["city"], "firstSource"), Text(all["city"], "later"), Text(all["city"], "laterSource"), Text(all["city"], "partnerName")).ShouldBe(("Lübeck", "vendor", "Bremen", "partner", "Northlight"));
        (Text(all["phone"], "first"), Text(all["phone"], "firstSource"), Text(all["phone"], "later"), Text(all["phone"], "laterBy")).ShouldBe(("2", "partner", "3", "crm.csv"));

        // On the pages, and for nobody else.
        using var pages = await world.Operations.PagesAsync();
        (await pages.GetAsync("/app/partners/quality")).Text.ShouldContain("2 fields of partners have two values");
        var page = await pages.GetAsync("/app/partners/quality/conflicts");
        page.Text.ShouldContain("Said by the partner");
        (await pages.Http.GetStringAsync("/app/partners/quality/conflicts.csv")).ShouldContain("Northlight,Town,Lübeck");
        using var portal = await rosa.ApiAsync();
        (await portal.GetAsync("/api/v1/partner-conflicts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await portal.PostAsJsonAsync($"/api/v1/partner-conflicts/{Text(all["city"], "id")}", new { keepFirst = false })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var stranger = await (await PartnerWorld.FoundAsync(database)).Operations.ApiAsync();
        (await stranger.PostAsJsonAsync($"/api/v1/partner-conflicts/{Text(all["city"], "id")}", new { keepFirst = true })).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        // Ours is written back; theirs stays.
        (await pages.SubmitAsync(page, $"settle-{Text(all["city"], "id")}", ("Act", "first"))).Text.ShouldContain("What was said first is back.");
        (await world.ReadAsync(id)).City.ShouldBe("Lübeck");
        (await api.PostAsJsonAsync($"/api/v1/partner-conflicts/{Text(all["phone"], "id")}", new { keepFirst = true })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await world.ReadAsync(id)).Phone.ShouldBe("2");
        (await ListAsync(api)).ShouldBeEmpty();
        await ChangeAsync(world.Operations, id, new ProfileChanges { Phone = "3", City = "Kassel", File = "crm.csv" });
        var now = await world.ReadAsync(id);
        (now.Phone, now.City).ShouldBe(("2", "Kassel"), "what was decided against is not taken again; something new is a new question");
        (await ListAsync(api)).ShouldHaveSingleItem().GetProperty("field").GetString().ShouldBe("city");
        await ChangeAsync(world.Operations, id, new ProfileChanges { City = "Lübeck" });
        (await ListAsync(api)).ShouldBeEmpty("they say the same again");
    }

    [SkippableTheory, Databases]
    public async Task Each_check_has_a_queue_an_owner_and_the_figures_that_are_weaker_and_all_four_sides_are_counted_by_the_clock(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var bare = await world.PartnerAsync("Bare Ltd");
        await world.PartnerAsync("Full Ltd", p => p with { Website = "full.example" });
        await ChangeAsync(await world.Tenant.PartnerPersonAsync(bare, "Bare", Roles.PartnerAdmin), bare, new ProfileChanges { City = "Bremen" });
        await ChangeAsync(world.Operations, bare, new ProfileChanges { City = "Kiel" });
        await world.Tenant.AsSystemAsync<Work, Result<Done>>(w => new CountQuality(w).RunAsync(default));
        await world.PartnerAsync("Later Ltd");

        using var api = await world.Operations.ApiAsync();
        var gaps = (await api.GetFromJsonAsync<JsonElement>("/api/v1/partner-quality")).EnumerateArray().ToDictionary(g => Text(g, "code"));
        (Text(gaps["website"], "count"), Text(gaps["website"], "total"), Text(gaps["website"], "kind"), Text(gaps["conflicts"], "count"), Text(gaps["conflicts"], "kind")).ShouldBe(("1", "2", "completeness", "1", "validity"), "as last counted");
        gaps.ShouldNotContainKey("duplicate_partners");
        Text(gaps["employees"], "weakens").ShouldContain("fairness check");

        using var pages = await world.Operations.PagesAsync();
        var page = await pages.GetAsync("/app/partners/quality");
        foreach (var kind in new[] { "Completeness", "Uniqueness", "Validity", "Freshness", "Partners concerned: 1." }) page.Text.ShouldContain(kind);
        var queue = await pages.GetAsync("/app/partners/quality/website");
        queue.Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Bare Ltd"), t => t.ShouldNotContain("Full Ltd"));
        (await pages.SubmitAsync(queue, "owner", ("Person", world.Manager.Actor.Person.ToString()))).Text.ShouldContain("The owner is saved.");
        (await pages.GetAsync("/app/partners/quality")).Text.ShouldContain(world.Manager.Actor.Name);
        (await pages.Http.GetStringAsync("/app/partners/quality.csv")).ShouldContain($"{world.Manager.Actor.Name},website");
        (await pages.GetAsync("/app/partners/quality/nonsense")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await api.PutAsJsonAsync("/api/v1/partner-quality/website/owner", new { person = Ids.New<PersonId>(DateTime.UtcNow).ToString() })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PutAsJsonAsync("/api/v1/partner-quality/nonsense/owner", new { person = (string?)null })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.PutAsJsonAsync("/api/v1/partner-quality/website/owner", new { person = (string?)null })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var manager = await world.Manager.ApiAsync();
        (await manager.PutAsJsonAsync("/api/v1/partner-quality/website/owner", new { person = (string?)null })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<PartnerQualityCount>().CountAsync())).ShouldBe(PartnerChecks.All.Count);
    }

    [Fact]
    public void Two_sources_that_disagree_are_a_conflict_until_one_of_them_or_a_decision_ends_it()
    {
        var at = DateTime.UtcNow;
        var said = new SaidValue().Say("A", SaidBy.Partner, null, "Rosa", at);
        said.Meet("B", SaidBy.Import, "crm.csv", at).ShouldBe(Heard.Taken);
        (said.Theirs, said.TheirSource, said.Since).ShouldBe(("B", SaidBy.Import, at));
        said.Keep();
        (said.Since, said.Meet("B", SaidBy.Import, "crm.csv", at), said.Since).ShouldBe((null, Heard.Refused, null));
        said.Meet("B", SaidBy.Vendor, "Omar", at).ShouldBe(Heard.Taken, "a person may say what an import may not");
        said.Meet("A", SaidBy.Import, "crm.csv", at).ShouldBe(Heard.Taken);
        said.Since.ShouldBeNull("they say the same again");
        said.Meet(null, SaidBy.Owner, "ERP", at);
        said.Say("C", SaidBy.Partner, null, "Rosa", at).Since.ShouldBeNull("it was said anew");
    }

    private static async Task ChangeAsync(TestPerson person, PartnerId id, ProfileChanges changes) =>
        (await person.DoAsync<UpdatePartner, Result<PartnerId>>(u => u.RunAsync((id, changes), default))).Problem.ShouldBeNull();

    private static async Task<JsonElement[]> ListAsync(HttpClient api) => [.. (await api.GetFromJsonAsync<JsonElement>("/api/v1/partner-conflicts")).GetProperty("items").EnumerateArray()];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).ToString();
}
