using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Partners.Graph;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests;

public sealed partial class AccessTests
{
    [SkippableTheory, Databases]
    public async Task A_partners_person_sees_its_own_company_and_of_others_nothing(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (own, other) = (await world.PartnerAsync("Own"), await world.PartnerAsync("Other"));
        await world.Operations.DoAsync<Relate, Result<Done>>(r => r.RunAsync((own, new NewRelation(other, RelationKind.WorksWith)), default));
        await NoteAsync(world.Operations, own, "Secret plan", false);
        await NoteAsync(world.Operations, own, "Welcome", true);
        var person = await world.Tenant.PartnerPersonAsync(own, "Own", Roles.PartnerAdmin);
        using var api = await person.ApiAsync();

        (await api.GetFromJsonAsync<JsonElement>("/api/v1/partners")).GetProperty("items").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["Own"]);
        var notes = await api.GetStringAsync($"/api/v1/partners/{own}/notes");
        notes.ShouldContain("Welcome");
        notes.ShouldNotContain("Secret plan");
        (await api.GetStringAsync($"/api/v1/partners/{own}/relations")).ShouldNotContain("Other");
        foreach (var path in new[] { "", "/contacts", "/notes", "/relations" })
            (await api.GetAsync($"/api/v1/partners/{other}{path}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.PostAsJsonAsync($"/api/v1/partners/{other}/notes", new { text = "Hello" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.PatchAsJsonAsync($"/api/v1/partners/{other}", new { city = "Bonn" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.PutAsJsonAsync($"/api/v1/partners/{own}/tier", new { tier = "platinum", reason = "Please" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, Databases]
    public async Task Another_tenant_s_partner_is_not_there_and_the_attempt_is_written_down(Database database)
    {
        var (world, foreign) = (await PartnerWorld.FoundAsync(database), await PartnerWorld.FoundAsync(database));
        var id = await foreign.PartnerAsync("Foreign");
        using var api = await world.Operations.ApiAsync();
        (await api.GetAsync($"/api/v1/partners/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await world.MoveAsync(id, PartnerTrigger.Suspend, "Test")).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<AuditEntry>().CountAsync(a => a.Action == "access.refused"))).ShouldBeGreaterThan(0);
    }

    [SkippableTheory, Databases]
    public async Task A_partner_admin_changes_what_the_company_says_about_itself_but_not_what_was_agreed(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Agreed");
        var admin = await world.Tenant.PartnerPersonAsync(id, "Agreed", Roles.PartnerAdmin);

        (await ChangeAsync(new ProfileChanges { Name = "Renamed" })).Problem!.Code.ShouldBe("partners.vendor_fields");
        (await ChangeAsync(new ProfileChanges { City = "Jena", Verticals = "Optics, Glass" })).Ok.ShouldBeTrue();
        (await world.ReadAsync(id)).ShouldSatisfyAllConditions(p => p.City.ShouldBe("Jena"), p => p.Verticals.ShouldBe(["Optics", "Glass"]), p => p.Name.ShouldBe("Agreed"));

        var rep = await world.Tenant.PartnerPersonAsync(id, "Agreed");
        (await rep.DoAsync<UpdatePartner, Result<PartnerId>>(u => u.RunAsync((id, new ProfileChanges { City = "Ulm" }), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);

        Task<Result<PartnerId>> ChangeAsync(ProfileChanges changes) => admin.DoAsync<UpdatePartner, Result<PartnerId>>(u => u.RunAsync((id, changes), default));
    }

    [SkippableTheory, Databases]
    public async Task An_invited_person_signs_in_by_the_mailed_link_and_sees_the_company(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Inviting");
        var admin = await world.Tenant.PartnerPersonAsync(id, "Inviting", Roles.PartnerAdmin);
        using var pages = await admin.PagesAsync();
        var company = await pages.GetAsync("/portal/company");
        var email = $"nora-{id.Value:N}@inviting.example";
        var sent = await pages.SubmitAsync(company, "invite", ("Invite.Name", "Nora New"), ("Invite.Email", email), ("Invite.Function", "sales"), ("Invite.Role", Roles.PartnerSales));
        sent.Text.ShouldContain("Nora New has been invited by mail.");
        sent.Text.ShouldContain("Has access");

        var link = LinkPattern().Match((await world.MailsToAsync(email)).Single()).Value;
        using var guest = new PageClient(world.Tenant.App.Address);
        var entered = await guest.SubmitAsync(await guest.GetAsync(new Uri(link).PathAndQuery), "link");
        var seen = await guest.GetAsync("/portal/company");
        seen.Status.ShouldBe(HttpStatusCode.OK, entered.Text);
        seen.Text.ShouldContain("Nora New");

        (await pages.SubmitAsync(sent, "invite", ("Invite.Name", "Nora New"), ("Invite.Email", email), ("Invite.Function", "sales"), ("Invite.Role", Roles.PartnerSales))).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [SkippableTheory, Databases]
    public async Task An_invitation_to_another_partner_or_of_a_vendor_s_person_is_refused(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (own, other) = (await world.PartnerAsync("Mine"), await world.PartnerAsync("Theirs"));
        var admin = await world.Tenant.PartnerPersonAsync(own, "Mine", Roles.PartnerAdmin);

        (await InviteAsync(admin, other, "new@theirs.example", Roles.PartnerAdmin)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await InviteAsync(world.Operations, own, world.Manager.Email, Roles.PartnerAdmin)).Problem!.Errors.Keys.ShouldContain("email");
        (await InviteAsync(admin, own, "boss@mine.example", Roles.Administrator)).Problem!.Errors.Keys.ShouldContain("role");
        await world.MoveAsync(own, PartnerTrigger.Suspend, "Under review.");
        (await InviteAsync(admin, own, "late@mine.example", Roles.PartnerSales)).Problem!.Code.ShouldBe("partners.closed");
    }

    [SkippableTheory, Databases]
    public async Task A_person_may_belong_to_two_partners_and_a_new_name_reaches_its_people(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (one, two) = (await world.PartnerAsync("One"), await world.PartnerAsync("Two"));
        var email = $"both-{one.Value:N}@both.example";
        (await InviteAsync(world.Operations, one, email, Roles.PartnerSales)).Ok.ShouldBeTrue();
        (await InviteAsync(world.Operations, two, email, Roles.PartnerFinance)).Ok.ShouldBeTrue();
        (await world.Operations.DoAsync<UpdatePartner, Result<PartnerId>>(u => u.RunAsync((two, new ProfileChanges { Name = "Two Renamed" }), default))).Ok.ShouldBeTrue();

        var roles = await world.Tenant.AsSystemAsync<Work, List<string>>(w => w.Db.Set<MembershipRow>().Where(m => m.PartnerId == one || m.PartnerId == two).Select(m => m.Roles).ToListAsync());
        roles.ShouldBe([Roles.PartnerSales, Roles.PartnerFinance], ignoreOrder: true);
        var person = await world.Tenant.PartnerPersonAsync(two, "Two Renamed");
        person.Actor.PartnerName.ShouldBe("Two Renamed");
        (await world.MailsToAsync(email)).Count.ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public async Task Search_finds_partners_and_their_people_for_the_vendor_only(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Zürcher Söhne");
        await world.Operations.DoAsync<AddContact, Result<ContactId>>(a => a.RunAsync((id, new NewContact("Zoë Muster", "zoe@zuercher.example", ContactFunction.Technical)), default));
        var rep = await world.Tenant.PartnerPersonAsync(id, "Zürcher Söhne");

        (await FindAsync(world.Manager, "zurcher")).ShouldContain(h => h.Title == "Zürcher Söhne");
        (await FindAsync(world.Manager, "zoe")).ShouldContain(h => h.Title == "Zoë Muster");
        (await FindAsync(rep, "zurcher")).ShouldBeEmpty();

        static Task<IReadOnlyList<Hit>> FindAsync(TestPerson who, string text) => who.DoAsync<IEnumerable<ISearchSource>, IReadOnlyList<Hit>>(s => s.OfType<PartnerSearch>().Single().FindAsync(text, 10, default));
    }

    private static Task<Result<ContactId>> InviteAsync(TestPerson who, PartnerId partner, string email, string role) =>
        who.DoAsync<InvitePerson, Result<ContactId>>(i => i.RunAsync((partner, new Invitation("Some Body", email, ContactFunction.Sales, role), s => $"https://test/{s}"), default));

    private static Task<Result<NoteId>> NoteAsync(TestPerson who, PartnerId partner, string text, bool shared) =>
        who.DoAsync<AddNote, Result<NoteId>>(a => a.RunAsync((partner, new NewNote(text, shared)), default));

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex LinkPattern();
}
