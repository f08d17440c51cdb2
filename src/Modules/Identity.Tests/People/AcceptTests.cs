using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests.People;

/// <summary>Nobody acts for a company without having said yes, and everybody may leave.</summary>
public sealed class AcceptTests
{
    private static PartnerId NewPartner() => Ids.New<PartnerId>(DateTime.UtcNow);

    private static async Task<string> InviteAsync(TestPerson admin, TestPerson whom, PartnerId partner, string name)
    {
        var secret = "";
        (await admin.DoAsync<JoinPartner, Result<PersonId>>(j => j.RunAsync(new NewMember("Pat", whom.Email, partner, name, Roles.PartnerSales, s => secret = s), default))).Ok.ShouldBeTrue();
        return secret;
    }

    private static Task<List<PersonState>> StatesAsync(TestTenant tenant, PersonId person, PartnerId partner) =>
        tenant.AsSystemAsync<Db, List<PersonState>>(db => db.Set<MembershipRow>().Where(m => m.PersonId == person && m.PartnerId == partner).Select(m => m.State).ToListAsync());

    [SkippableTheory, Databases]
    public async Task An_invitation_binds_nobody_until_it_is_accepted(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (own, rival) = (NewPartner(), NewPartner());
        var seller = await tenant.PartnerPersonAsync(own, "Bright");
        var admin = await tenant.PartnerPersonAsync(rival, "Rival", Roles.PartnerAdmin);
        var other = await tenant.PartnerPersonAsync(own, "Bright");
        await InviteAsync(admin, seller, rival, "Rival");

        using (var pages = await seller.PagesAsync()) (await pages.GetAsync("/portal")).Text.ShouldNotContain("Rival");
        (await StatesAsync(tenant, seller.Actor.Person, rival)).ShouldBe([PersonState.Invited]);
        using var there = await (seller with { Actor = seller.Actor with { Partner = rival } }).ApiAsync();
        (await there.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var api = await admin.ApiAsync();
        var state = await api.PostAsJsonAsync($"/api/v1/partners/{rival}/people/{seller.Actor.Person}/state", new { state = "active" });
        (await RoleTests.CodeAsync(state)).ShouldBe("identity.not_accepted", "the one who asks does not answer");

        using var mine = await seller.ApiAsync();
        var asked = (await mine.GetFromJsonAsync<JsonElement>("/api/v1/me/invitations")).EnumerateArray().ShouldHaveSingleItem();
        asked.GetProperty("partnerName").GetString().ShouldBe("Rival");
        using var stranger = await other.ApiAsync();
        (await stranger.GetFromJsonAsync<JsonElement>("/api/v1/me/invitations")).GetArrayLength().ShouldBe(0);
        (await stranger.PostAsync($"/api/v1/me/invitations/{asked.GetProperty("id").GetString()}/accept", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await mine.PostAsync($"/api/v1/me/invitations/{asked.GetProperty("id").GetString()}/decline", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StatesAsync(tenant, seller.Actor.Person, rival)).ShouldBeEmpty();
        (await mine.PostAsync($"/api/v1/me/invitations/{asked.GetProperty("id").GetString()}/accept", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task The_link_of_one_invitation_accepts_that_one_alone(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (first, second) = (NewPartner(), NewPartner());
        var seller = await tenant.PartnerPersonAsync(NewPartner(), "Bright");
        var link = await InviteAsync(tenant.Administrator, seller, first, "First");
        await InviteAsync(tenant.Administrator, seller, second, "Second");
        using var visitor = new PageClient(tenant.App.Address);
        var landed = await visitor.SubmitAsync(await visitor.GetAsync($"/sign-in/link?key={link}"), "link");
        landed.Address.AbsolutePath.ShouldBe("/portal");
        landed.Text.ShouldContain("First");
        (await StatesAsync(tenant, seller.Actor.Person, first)).ShouldBe([PersonState.Active]);
        (await StatesAsync(tenant, seller.Actor.Person, second)).ShouldBe([PersonState.Invited]);

        var places = await visitor.GetAsync("/portal/places");
        await visitor.SubmitAsync(places, places.Document.QuerySelector("input[name=_handler][value^=decline]")!.GetAttribute("value")!);
        (await StatesAsync(tenant, seller.Actor.Person, second)).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task Whoever_is_new_accepts_by_asking_for_another_link_too(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var partner = NewPartner();
        var email = $"new-{partner.Value:N}@bright.example";
        var id = (await tenant.Administrator.DoAsync<JoinPartner, Result<PersonId>>(j => j.RunAsync(new NewMember("Noa", email, partner, "Bright", Roles.PartnerSales, s => s), default))).Value;
        using var visitor = new PageClient(tenant.App.Address);
        await visitor.SubmitAsync(await visitor.GetAsync("/sign-in"), "sign-in-link", ("Link.Email", email));
        var link = new Uri((await tenant.MailsAsync()).Last(m => m.To == email).Body.Split('\n').Single(l => l.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;
        (await visitor.SubmitAsync(await visitor.GetAsync(link), "link")).Address.AbsolutePath.ShouldBe("/portal");
        (await StatesAsync(tenant, id, partner)).ShouldBe([PersonState.Active]);
    }

    [SkippableTheory, Databases]
    public async Task Everybody_leaves_of_their_own_will_but_the_last_admin(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (one, two) = (NewPartner(), NewPartner());
        var admin = await tenant.PartnerPersonAsync(one, "Bright", Roles.PartnerAdmin);
        var seller = await tenant.PartnerPersonAsync(one, "Bright");
        using (var last = await admin.ApiAsync()) (await last.PostAsync("/api/v1/me/leave", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using (var staff = await tenant.Administrator.ApiAsync()) (await staff.PostAsync("/api/v1/me/leave", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await tenant.JoinAsync(seller, two, "Clear");
        using var key = await seller.ApiAsync();
        using var pages = new PageClient(tenant.App.Address);
        var places = await pages.SignInAsync(seller.Email, TestPerson.Password);
        places = await pages.SubmitAsync(places, "/switch-partner", ("partner", one.ToString()));
        places = await pages.GetAsync("/portal/places");
        places.Document.QuerySelector("a[href='/portal/places/leave']").ShouldNotBeNull();
        places.Document.QuerySelector("input[name=_handler][value=leave]").ShouldBeNull("it asks first");
        var asked = await pages.GetAsync("/portal/places/leave");
        foreach (var said in new[] { "Leave Bright?", "Your API tokens for it end.", "Stay" }) asked.Text.ShouldContain(said);
        (await StatesAsync(tenant, seller.Actor.Person, one)).ShouldBe([PersonState.Active], "a question ends nothing");
        (await pages.SubmitAsync(asked, "leave", ("Input.Partner", two.ToString()))).Text.ShouldContain("Nothing was left.", Case.Sensitive, "asked of another company");
        var left = await pages.SubmitAsync(asked, "leave");
        left.Address.AbsolutePath.ShouldBe("/portal");
        left.Text.ShouldContain("You have left Bright.");
        (await StatesAsync(tenant, seller.Actor.Person, one)).ShouldBeEmpty();
        (await key.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await pages.SubmitAsync(await pages.GetAsync("/portal/places/leave"), "leave")).Address.AbsolutePath.ShouldBe("/sign-in");
    }

    [SkippableTheory, Databases]
    public async Task Invitations_to_one_address_come_to_an_end(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var partner = NewPartner();
        var admin = await tenant.PartnerPersonAsync(partner, "Bright", Roles.PartnerAdmin);
        var email = $"poured-{partner.Value:N}@bright.example";
        (await admin.DoAsync<JoinPartner, Result<PersonId>>(j => j.RunAsync(new NewMember("Po", email, partner, "Bright", Roles.PartnerSales, s => s), default))).Ok.ShouldBeTrue();
        using var api = await admin.ApiAsync();
        var id = (await api.GetFromJsonAsync<JsonElement>("/api/v1/invitations")).GetProperty("items")[0].GetProperty("id").GetString();
        HttpResponseMessage? answer = null;
        for (var i = 0; i < 12 && answer is not { StatusCode: HttpStatusCode.TooManyRequests }; i++) answer = await api.PostAsync($"/api/v1/invitations/{id}/resend", null);
        answer!.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await RoleTests.CodeAsync(answer)).ShouldBe("identity.too_many_invitations");
        (await tenant.MailsAsync()).Count(m => m.To == email).ShouldBe(5);
    }
}
