using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Partners.Merging;
using Trellis.Partners.Published;
using Trellis.Partners.Records;

namespace Trellis.Partners.Tests;

/// <summary>Mails that were sent to a partner's people and days on which they were in the portal, in the partner's history.</summary>
public sealed class ReachedTests
{
    [SkippableTheory, Databases]
    public async Task Mails_and_days_in_the_portal_stand_in_the_history_of_the_partner_and_no_partner_reads_them(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (id, other) = (await world.PartnerAsync("Reached"), await world.PartnerAsync("Elsewhere"));
        var (person, stranger) = (await world.Tenant.PartnerPersonAsync(id, "Reached", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(other, "Elsewhere", Roles.PartnerAdmin));
        (await world.Manager.DoAsync<MessagePartner, Result<NoteId>>(m => m.RunAsync((id, new Message("Shall we talk?")), default))).Problem.ShouldBeNull();
        (await person.DoAsync<AddNote, Result<NoteId>>(a => a.RunAsync((id, new NewNote("Gladly.")), default))).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<InvitePerson, Result<ContactId>>(i => i.RunAsync((id, new Invitation("Ann Weber", "ann@reached.example", ContactFunction.Sales, Roles.PartnerSales), s => "http://x/" + s), default))).Problem.ShouldBeNull();
        for (var i = 0; i < 2; i++) (await person.PagesAsync()).Dispose();

        using var manager = await world.Manager.ApiAsync();
        var mails = await OfAsync(manager, id, "kind=sent_mail");
        mails.ShouldContain(e => e.Text == $"{world.Manager.Actor.Name} wrote to you" && e.Who == person.Actor.Name);
        mails.ShouldContain(e => e.Text == "Your access to the partner portal" && e.Who == "Ann Weber");
        mails.ShouldNotContain(e => e.Text!.Contains("of Reached wrote to you"), "that mail went to the vendor's own people");
        (await OfAsync(manager, id, "kind=sign_in")).ShouldHaveSingleItem().Who.ShouldBe(person.Actor.Name, "twice on a day is one entry");
        (await OfAsync(manager, id, "touch=human")).Select(e => e.Kind).Distinct().ShouldBe(["note"]);
        (await OfAsync(manager, id, "touch=system")).Select(e => e.Kind).ShouldContain("sign_in");
        (await OfAsync(manager, other, "kind=sign_in")).ShouldBeEmpty();
        (await OfAsync(manager, other, "kind=sent_mail")).ShouldNotContain(e => e.Who == world.Manager.Actor.Name || e.Text!.Contains("wrote to you"));

        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync($"/app/partners/{id}?kind=sign_in")).Document.QuerySelector("#timeline")!.TextContent.ShouldSatisfyAllConditions(t => t.ShouldContain("was in the portal"), t => t.ShouldContain("13 months"));
        (await pages.GetAsync($"/app/partners/{id}?touch=human")).Document.QuerySelector("#timeline")!.TextContent.ShouldSatisfyAllConditions(t => t.ShouldContain("Gladly."), t => t.ShouldNotContain("was in the portal"));

        var controller = await world.Tenant.StaffAsync(Roles.Finance);
        using var finance = await controller.ApiAsync();
        (await OfAsync(finance, id, "size=200")).ShouldNotContain(e => e.Kind == "sent_mail" || e.Kind == "sign_in", "who does not work with partners does not watch their people");
        using var portal = await person.ApiAsync();
        (await OfAsync(portal, id, "size=200")).ShouldNotContain(e => e.Kind == "sent_mail" || e.Kind == "sign_in");
        using var foreign = await stranger.ApiAsync();
        (await foreign.GetAsync($"/api/v1/partners/{id}/timeline?kind=sent_mail")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var own = await person.PagesAsync();
        (await own.GetAsync("/portal/company")).Document.QuerySelector("#timeline")!.TextContent.ShouldSatisfyAllConditions(t => t.ShouldNotContain("Mails sent by the system"), t => t.ShouldNotContain("Days in the portal"));
    }

    [SkippableTheory, Databases]
    public async Task What_reached_a_partner_that_was_entered_twice_is_in_the_history_of_the_one_that_stays(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (stays, twin) = (await world.PartnerAsync("Twofold"), await world.PartnerAsync("Isar Advisers"));
        var person = await world.Tenant.PartnerPersonAsync(twin, "Isar Advisers", Roles.PartnerAdmin);
        (await world.Manager.DoAsync<MessagePartner, Result<NoteId>>(m => m.RunAsync((twin, new Message("Shall we talk?")), default))).Problem.ShouldBeNull();
        (await person.PagesAsync()).Dispose();
        (await world.Operations.DoAsync<MergePartners, Result<MergeId>>(m => m.RunAsync((stays, new PartnerMergeInput(twin, [], "One company")), default))).Problem.ShouldBeNull();
        await world.Tenant.App.DrainAsync();
        using var manager = await world.Manager.ApiAsync();
        (await OfAsync(manager, stays, "kind=sign_in")).ShouldHaveSingleItem().Who.ShouldBe(person.Actor.Name);
        (await OfAsync(manager, stays, "kind=sent_mail")).ShouldContain(e => e.Who == person.Actor.Name);
    }

    [SkippableTheory, Databases]
    public async Task Whoever_is_erased_is_in_no_history_any_more(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Forgetting");
        var person = await world.Tenant.PartnerPersonAsync(id, "Forgetting", Roles.PartnerAdmin);
        (await world.Manager.DoAsync<MessagePartner, Result<NoteId>>(m => m.RunAsync((id, new Message("Farewell")), default))).Problem.ShouldBeNull();
        (await person.PagesAsync()).Dispose();
        using var manager = await world.Manager.ApiAsync();
        (await OfAsync(manager, id, "kind=sent_mail")).ShouldNotBeEmpty();
        (await OfAsync(manager, id, "kind=sign_in")).ShouldNotBeEmpty();

        using var admin = await world.Tenant.Administrator.ApiAsync();
        using var erased = await admin.PostAsJsonAsync($"/api/v1/people/{person.Actor.Person}/erase", new { address = person.Email, reason = "Asked for it" });
        erased.StatusCode.ShouldBe(HttpStatusCode.OK, await erased.Content.ReadAsStringAsync());
        (await OfAsync(manager, id, "kind=sent_mail")).ShouldBeEmpty();
        (await OfAsync(manager, id, "kind=sign_in")).ShouldBeEmpty();
        (await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<SignInDayRow>().CountAsync(d => d.PersonId == person.Actor.Person))).ShouldBe(0);
    }

    private sealed record Told(string Kind, string Who, string? Text);

    private static async Task<List<Told>> OfAsync(HttpClient api, PartnerId partner, string query) =>
        [.. (await api.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{partner}/timeline?{query}")).GetProperty("items").EnumerateArray()
            .Select(e => new Told(e.GetProperty("kind").GetString()!, e.GetProperty("who").GetString()!, e.GetProperty("text").GetString()))];
}
