using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Partners.Applying;
using Trellis.Partners.Published;
using ApplicationId = Trellis.Partners.Applying.ApplicationId;

namespace Trellis.Partners.Tests;

/// <summary>How a stranger's company becomes a partner.</summary>
public sealed partial class ApplyingTests
{
    [SkippableTheory, Databases]
    public async Task A_company_applies_confirms_its_address_and_is_accepted_with_its_contact_invited(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var known = await world.PartnerAsync("Northfold", p => p with { Website = "https://northfold.example" });
        using var stranger = new PageClient(world.Tenant.App.Address);
        var form = $"/partners/apply?program={world.Tenant.Id}";
        (await stranger.GetAsync(form)).Status.ShouldBe(HttpStatusCode.NotFound, "nobody has opened it");
        await OpenAsync(world);
        var page = await stranger.GetAsync(form);
        var wrong = await stranger.SubmitAsync(page, "apply", ("Input.Company", "Northfold"), ("Input.Website", "nowhere"), ("Input.Email", "nobody"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldSatisfyAllConditions(t => t.ShouldContain("This is not a web address."), t => t.ShouldContain("This is not an e-mail address."), t => t.ShouldContain("if you agree"), t => t.ShouldContain("Choose a country."), t => t.ShouldContain("Choose how you want to work with us."));

        var address = NewAddress();
        (await SendAsync(stranger, page, address)).Text.ShouldContain("Look into your mailbox");
        (await ListAsync(world)).ShouldBeEmpty("only what is confirmed counts");
        var mail = (await world.MailsToAsync(address)).ShouldHaveSingleItem();
        var link = Link().Match(mail).Value;
        var opened = await stranger.GetAsync(link);
        (await ListAsync(world)).ShouldBeEmpty("a mail program that looks at the link confirms nothing");
        (await stranger.SubmitAsync(opened, "confirm")).Text.ShouldContain("Your application is on its way.");
        (await stranger.SubmitAsync(opened, "confirm")).Text.ShouldContain("Your application is on its way.");
        var application = (await ListAsync(world)).ShouldHaveSingleItem();
        application.ShouldSatisfyAllConditions(a => a.State.ShouldBe(ApplicationState.Waiting), a => a.Twins.ShouldContain(t => t.Partner == known), a => a.Email.ShouldBe(address));
        (await world.MailsToAsync(world.Operations.Email)).ShouldContain(m => m.Contains($"/app/partners/applications/{application.Id}") || m.Contains("waits for your answer"));

        using var staff = await world.Operations.PagesAsync();
        (await staff.GetAsync("/app/partners/applications")).Text.ShouldContain("May be Northfold");
        var one = await staff.GetAsync($"/app/partners/applications/{application.Id}");
        one.Text.ShouldSatisfyAllConditions(t => t.ShouldContain("We fold things."), t => t.ShouldContain("same web domain"));
        (await staff.SubmitAsync(one, "accept", ("Input.Type", "reseller"))).Status.ShouldBe(HttpStatusCode.Conflict, "it looks like a partner that is there");
        var accepted = await staff.SubmitAsync(one, "accept", ("Input.Type", "reseller"), ("Input.EvenIfSimilar", "true"));
        accepted.Address.AbsolutePath.ShouldStartWith("/app/partners/par");
        (await ListAsync(world)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(a => a.State.ShouldBe(ApplicationState.Accepted), a => a.Partner.ShouldNotBeNull());
        var partner = await world.ReadAsync((await ListAsync(world))[0].Partner!.Value);
        partner.ShouldSatisfyAllConditions(p => p.State.Value.ShouldBe(PartnerState.Onboarding), p => p.Motions.ShouldHaveSingleItem().Motion.ShouldBe(Motion.Resell));
        (await world.MailsToAsync(address)).Count.ShouldBe(2, "the invitation");
        (await AcceptAsync(world.Operations, application.Id)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
    }

    [SkippableTheory, Databases]
    public async Task A_company_names_several_ways_of_working_together_and_the_accepted_partner_has_them_all(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        await OpenAsync(world);
        using var stranger = new PageClient(world.Tenant.App.Address);
        var page = await stranger.GetAsync($"/partners/apply?program={world.Tenant.Id}");
        page.Document.QuerySelectorAll("input[type=checkbox][name='Input.Motions']").Length.ShouldBe(Enum.GetValues<Motion>().Length);
        var (address, key) = (NewAddress(), Guid.CreateVersion7().ToString("N"));
        var hidden = page.Document.QuerySelectorAll("form:has(input[name=_handler][value=apply]) input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""));
        var sent = await stranger.Http.PostAsync(page.Address, new FormUrlEncodedContent(
        [
            .. hidden, new("Input.Company", $"Several {key}"), new("Input.Website", $"https://{key}.example"), new("Input.Country", "DE"), new("Input.Motions", "deliver"), new("Input.Motions", "resell"), new("Input.Motions", "nonsense"),
            new("Input.ContactName", "Ada Applicant"), new("Input.Email", address), new("Input.Consent", "true"),
        ]));
        (await sent.Content.ReadAsStringAsync()).ShouldContain("Look into your mailbox");
        var id = await world.Tenant.AsSystemAsync<Db, ApplicationId>(db => db.Set<Application>().Where(a => a.Email == address).Select(a => a.Id).SingleAsync());
        (await world.Tenant.AsSystemAsync<ConfirmApplication, Result<ApplicationState>>(c => c.RunAsync(id, default))).Problem.ShouldBeNull();

        using var staff = await world.Operations.PagesAsync();
        (await staff.GetAsync($"/app/partners/applications/{id}")).Text.ShouldContain("Resell, Deliver");
        (await staff.GetAsync("/app/partners/applications")).Text.ShouldContain("Resell, Deliver");
        (await staff.Http.GetStringAsync("/app/partners/applications.csv")).ShouldContain("Resell; Deliver");
        using var api = await world.Operations.ApiAsync();
        (await api.GetFromJsonAsync<System.Text.Json.JsonElement>($"/api/v1/partner-applications/{id}")).GetProperty("motions").EnumerateArray().Select(m => m.GetString()).ShouldBe(["resell", "deliver"]);
        var partner = (await AcceptAsync(world.Operations, id)).Value;
        (await world.ReadAsync(partner)).Motions.Select(m => (m.Motion, m.State)).ShouldBe([(Motion.Resell, MotionState.Onboarding), (Motion.Deliver, MotionState.Onboarding)], ignoreOrder: true);
    }

    [SkippableTheory, Databases]
    public async Task A_declined_applicant_reads_why_and_is_erased_after_the_stated_days_as_is_what_was_never_confirmed(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await PartnerWorld.FoundAsync(app);
        await OpenAsync(world, days: 30);
        var (declined, never, waiting) = (await ApplyAsync(world, true), await ApplyAsync(world, false), await ApplyAsync(world, true));
        (await DeclineAsync(declined, null)).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await DeclineAsync(declined, "We are full this year.")).Value.ShouldBe(ApplicationState.Declined);
        (await DeclineAsync(never, "No.")).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await world.MailsToAsync(await AddressAsync(declined))).ShouldContain(m => m.Contains("We are full this year."));
        (await RowsAsync()).ShouldBe([declined, never, waiting], ignoreOrder: true);

        app.Clock.Advance(TimeSpan.FromDays(ApplicationSettings.UnconfirmedDays + 1));
        await TidyAsync();
        (await RowsAsync()).ShouldBe([declined, waiting], ignoreOrder: true);
        app.Clock.Advance(TimeSpan.FromDays(30));
        await TidyAsync();
        (await RowsAsync()).ShouldBe([waiting]);
        (await world.Operations.DoAsync<EraseApplication, Result<Done>>(e => e.RunAsync(waiting, default))).Problem.ShouldBeNull();
        (await RowsAsync()).ShouldBeEmpty();
        var audited = await world.Tenant.AsSystemAsync<Db, List<string>>(db => db.Set<AuditEntry>().Where(a => a.Action.StartsWith("partners.application")).Select(a => a.Changes).ToListAsync());
        audited.ShouldNotBeEmpty();
        audited.ShouldAllBe(c => !c.Contains("Ada Applicant") && !c.Contains("applicants.example"));

        Task<Result<ApplicationState>> DeclineAsync(ApplicationId id, string? reason) => world.Operations.DoAsync<DeclineApplication, Result<ApplicationState>>(d => d.RunAsync((id, reason), default));
        Task<List<ApplicationId>> RowsAsync() => world.Tenant.AsSystemAsync<Db, List<ApplicationId>>(db => db.Set<Application>().Select(a => a.Id).ToListAsync());
        Task<string> AddressAsync(ApplicationId id) => world.Tenant.AsSystemAsync<Db, string>(db => db.Set<Application>().Where(a => a.Id == id).Select(a => a.Email).SingleAsync());
        Task<bool> TidyAsync() => world.Tenant.AsSystemAsync<Work, bool>(async w => (await new TidyApplications(w).RunAsync(default)).Ok);
    }

    [SkippableTheory, Databases]
    public async Task Robots_and_those_who_fill_mailboxes_are_answered_like_everybody_and_leave_nothing(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        await OpenAsync(world);
        using var stranger = new PageClient(world.Tenant.App.Address);
        var page = await stranger.GetAsync($"/partners/apply?program={world.Tenant.Id}");
        var address = NewAddress();
        (await SendAsync(stranger, page, address, ("Input.Fax", "12345"))).Text.ShouldContain("Look into your mailbox");
        (await world.MailsToAsync(address)).ShouldBeEmpty();
        for (var i = 0; i < 5; i++) (await SendAsync(stranger, page, address)).Text.ShouldContain("Look into your mailbox");
        (await world.MailsToAsync(address)).Count.ShouldBe(3);
        (await stranger.GetAsync("/partners/apply/confirm?key=made-up")).Status.ShouldBe(HttpStatusCode.NotFound);
        var bare = await stranger.Http.PostAsync($"/partners/apply?program={world.Tenant.Id}", new FormUrlEncodedContent([new("_handler", "apply"), new("Input.Company", "X")]));
        bare.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "without the token of the page");
    }

    [SkippableTheory, Databases]
    public async Task Partners_people_and_other_roles_neither_read_applications_nor_open_the_form(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        await OpenAsync(world);
        var id = await ApplyAsync(world, true);
        var partner = await world.PartnerAsync("Curious");
        var admin = await world.Tenant.PartnerPersonAsync(partner, "Curious", Roles.PartnerAdmin);
        using var theirs = await admin.ApiAsync();
        (await theirs.GetAsync("/api/v1/partner-applications")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await theirs.GetAsync($"/api/v1/partner-applications/{id}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await admin.DoAsync<Db, int>(db => db.Set<Application>().CountAsync())).ShouldBe(0);
        (await AcceptAsync(admin, id)).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await world.Manager.DoAsync<SetApplications, Result<Done>>(s => s.RunAsync(new ApplicationsInput(false), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);

        using var api = await world.Manager.ApiAsync();
        (await api.GetStringAsync("/api/v1/partner-applications?state=waiting")).ShouldContain("Ada Applicant");
        var made = await api.PostAsJsonAsync($"/api/v1/partner-applications/{id}/accept", new { type = "consultant" });
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await api.PutAsJsonAsync("/api/v1/partner-applications/settings", new { open = false })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var pages = await world.Manager.PagesAsync();
        (await pages.Http.GetStringAsync("/app/partners/applications.csv")).ShouldContain("Ada Applicant");
        var other = await PartnerWorld.FoundAsync(database);
        using var foreign = await other.Operations.ApiAsync();
        (await foreign.GetAsync($"/api/v1/partner-applications/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<VisitedPage> SendAsync(PageClient stranger, VisitedPage page, string email, params (string, string)[] more) => stranger.SubmitAsync(page, "apply",
    [
        ("Input.Company", "Northfold Ltd"), ("Input.Website", "www.northfold.example"), ("Input.Country", "DE"), ("Input.Motions", "resell"), ("Input.ContactName", "Ada Applicant"),
        ("Input.Email", email), ("Input.Text", "We fold things."), ("Input.Consent", "true"), .. more,
    ]);

    private static async Task<ApplicationId> ApplyAsync(PartnerWorld world, bool confirmed)
    {
        var key = Guid.CreateVersion7().ToString("N");
        var input = new NewApplication($"Company {key}", $"https://{key}.example", "GB", [Motion.Retain, Motion.Deliver, Motion.Retain], "Ada Applicant", $"{key}@applicants.example", null, true, "de");
        (await world.Tenant.AsSystemAsync<Apply, Result<Done>>(a => a.RunAsync(input, default))).Problem.ShouldBeNull();
        var id = await world.Tenant.AsSystemAsync<Db, ApplicationId>(db => db.Set<Application>().Where(a => a.Email == input.Email).Select(a => a.Id).SingleAsync());
        if (confirmed) (await world.Tenant.AsSystemAsync<ConfirmApplication, Result<ApplicationState>>(c => c.RunAsync(id, default))).Value.ShouldBe(ApplicationState.Waiting);
        return id;
    }

    private static async Task OpenAsync(PartnerWorld world, int? days = null) =>
        (await world.Operations.DoAsync<SetApplications, Result<Done>>(s => s.RunAsync(new ApplicationsInput(true, "Come in.", days), default))).Problem.ShouldBeNull();

    private static async Task<IReadOnlyList<ApplicationItem>> ListAsync(PartnerWorld world) => (await world.Operations.DoAsync<Work, Page<ApplicationItem>>(w => ApplicationList.PageAsync(w, null, new Paging(), default))).Items;

    private static Task<Result<PartnerId>> AcceptAsync(TestPerson by, ApplicationId id) =>
        by.DoAsync<AcceptApplication, Result<PartnerId>>(a => a.RunAsync((id, new Acceptance(PartnerType.Reseller), s => "http://x/" + s), default));

    private static string NewAddress() => $"{Guid.CreateVersion7():N}@applicants.example";

    [GeneratedRegex(@"/partners/apply/confirm\?key=\S+")]
    private static partial Regex Link();
}
