using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;

namespace Trellis.Identity.Tests;

public sealed class PeopleTests
{
    [SkippableTheory, Databases]
    public async Task Somebody_is_added_on_the_page_and_may_sign_in_by_link(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var email = $"grace-{tenant.Id.Value:N}@vendor.example";
        using var pages = await tenant.Administrator.PagesAsync();

        var list = await pages.SubmitAsync(await pages.GetAsync("/app/people"), "add", ("Input.Name", "Grace Hopper"), ("Input.Email", " " + email.ToUpperInvariant()), ("Input.Roles", Roles.Finance));

        list.Status.ShouldBe(HttpStatusCode.OK);
        list.Text.ShouldContain("Grace Hopper may sign in now.");
        (await pages.GetAsync("/app/people?q=GRÀCE")).Text.ShouldContain(email);
        (await pages.GetAsync("/app/people?q=nobody-of-this-name")).Text.ShouldContain("Nobody found");
        var grace = new TestPerson(tenant, tenant.Administrator.Actor, email);
        using var visitor = new PageClient(tenant.App.Address);
        (await visitor.SubmitAsync(await visitor.GetAsync(await grace.LinkAsync("/app/audit")), "link")).Address.AbsolutePath.ShouldBe("/app/audit");
    }

    [SkippableTheory]
    [InlineDataFor("", "ada@x.example", "finance", "name")]
    [InlineDataFor("Ada", "no address", "finance", "email")]
    [InlineDataFor("Ada", "Ada <ada@x.example>", "finance", "email")]
    [InlineDataFor("Ada", "", "finance", "email")]
    [InlineDataFor("Ada", "ada@x.example", "", "roles")]
    [InlineDataFor("Ada", "ada@x.example", "partner_admin", "roles")]
    [InlineDataFor("Ada", "ada@x.example", "emperor", "roles")]
    public async Task Page_and_api_refuse_the_same_at_the_same_field_and_keep_what_was_typed(Database database, string name, string email, string role, string field)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        var page = await pages.SubmitAsync(await pages.GetAsync("/app/people"), "add", ("Input.Name", name), ("Input.Email", email), ("Input.Roles", role));
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var input = page.Document.QuerySelector($"[name='Input.{char.ToUpperInvariant(field[0])}{field[1..]}']")!;
        input.GetAttribute("aria-invalid").ShouldBe("true");
        (page.Document.QuerySelector("[name='Input.Name']")!.GetAttribute("value") ?? "").ShouldBe(name);
        (page.Document.QuerySelector("[name='Input.Email']")!.GetAttribute("value") ?? "").ShouldBe(email);

        using var api = await tenant.Administrator.ApiAsync();
        using var answer = await api.PostAsJsonAsync("/api/v1/people", new { name, email, roles = role.Length == 0 ? [] : new[] { role } });
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var message = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty(field)[0].GetString()!;
        page.Text.ShouldContain(message);
    }

    [SkippableTheory, Databases]
    public async Task What_is_left_out_over_the_api_is_a_refusal_and_no_fault(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        foreach (var (body, refused) in new[] { ("{}", HttpStatusCode.UnprocessableEntity), ("""{"name":null,"email":null,"roles":null}""", HttpStatusCode.UnprocessableEntity), ("""{"name":"A","email":"a@x.example","roles":[null]}""", HttpStatusCode.BadRequest) })
            (await api.PostAsync("/api/v1/people", new StringContent(body, null, "application/json"))).StatusCode.ShouldBe(refused, body);
    }

    [SkippableTheory, Databases]
    public async Task An_address_belongs_to_one_person_of_a_company(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var (one, other) = (await app.TenantAsync(), await app.TenantAsync());
        (await CreateAsync(one)).Problem!.Errors.Keys.ShouldBe(["email"]);
        (await JoinAsync(one)).Problem!.Errors.Keys.ShouldBe(["email"]);
        (await CreateAsync(other)).Ok.ShouldBeTrue("what another company knows is nobody's business here");
        (await CreateAsync(other)).Problem!.Errors.Keys.ShouldBe(["email"]);
        (await JoinAsync(other)).Problem!.Errors.Keys.ShouldBe(["email"]);

        Task<Result<PersonId>> CreateAsync(TestTenant at) =>
            at.Administrator.DoAsync<CreatePerson, Result<PersonId>>(c => c.RunAsync(new NewPerson("Ada", one.Administrator.Email.ToUpperInvariant(), [Roles.Finance]), default));
        Task<Result<PersonId>> JoinAsync(TestTenant at) =>
            at.Administrator.DoAsync<JoinPartner, Result<PersonId>>(j => j.RunAsync(new NewMember("Ada", one.Administrator.Email, Ids.New<PartnerId>(DateTime.UtcNow), "Bright", Roles.PartnerSales, s => s), default));
    }

    [SkippableTheory, Databases]
    public async Task Nobody_gets_a_role_of_the_vendor_through_a_partner(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var partner = Ids.New<PartnerId>(DateTime.UtcNow);
        var admin = await tenant.PartnerPersonAsync(partner, "Bright", Roles.PartnerAdmin);
        async Task<Problem?> JoinAsync(PartnerId to, string role, string email = "new@bright.example", string name = "New") =>
            (await admin.DoAsync<JoinPartner, Result<PersonId>>(j => j.RunAsync(new NewMember(name, email, to, "Bright", role, s => s), default))).Problem;

        (await JoinAsync(partner, Roles.Administrator))!.Errors.Keys.ShouldBe(["role"]);
        (await JoinAsync(partner, $"{Roles.PartnerSales} {Roles.Administrator}"))!.Errors.Keys.ShouldBe(["role"]);
        (await JoinAsync(partner, Roles.PartnerSales, "x\r\nBcc: y@z.example"))!.Errors.Keys.ShouldBe(["email"]);
        (await JoinAsync(partner, Roles.PartnerSales, name: ""))!.Errors.Keys.ShouldBe(["name"]);
        (await JoinAsync(Ids.New<PartnerId>(DateTime.UtcNow), Roles.PartnerSales))!.Status.ShouldBe(404);
        (await JoinAsync(partner, Roles.PartnerSales, $"new-{tenant.Id.Value:N}@bright.example")).ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task An_invitation_leads_to_the_partner_that_invited(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var seller = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright");
        var secret = "";
        (await tenant.Administrator.DoAsync<JoinPartner, Result<PersonId>>(j => j.RunAsync(new NewMember("Pat", seller.Email, Ids.New<PartnerId>(DateTime.UtcNow), "Clear", Roles.PartnerSales, s => secret = s), default))).Ok.ShouldBeTrue();
        using var visitor = new PageClient(tenant.App.Address);
        var landed = await visitor.SubmitAsync(await visitor.GetAsync($"/sign-in/link?key={secret}"), "link");
        landed.Address.AbsolutePath.ShouldBe("/portal");
        landed.Text.ShouldContain("Clear");
    }

    [SkippableTheory, Databases]
    public async Task Suspending_is_for_those_who_may_and_never_for_oneself(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        var manager = await tenant.StaffAsync(Roles.PartnerManager);
        using var admin = await tenant.Administrator.ApiAsync();
        using var other = await (await app.TenantAsync()).Administrator.ApiAsync();
        using var low = await manager.ApiAsync();
        async Task<HttpStatusCode> SuspendAsync(HttpClient api, string person) => (await api.PostAsJsonAsync($"/api/v1/people/{person}/state", new { state = "suspended" })).StatusCode;

        (await SuspendAsync(admin, tenant.Administrator.Actor.Person.ToString())).ShouldBe(HttpStatusCode.Conflict);
        (await SuspendAsync(low, tenant.Administrator.Actor.Person.ToString())).ShouldBe(HttpStatusCode.Forbidden);
        (await SuspendAsync(other, manager.Actor.Person.ToString())).ShouldBe(HttpStatusCode.NotFound);
        (await SuspendAsync(admin, "per_nonsense")).ShouldBe(HttpStatusCode.NotFound);
        (await SuspendAsync(admin, manager.Actor.Person.ToString())).ShouldBe(HttpStatusCode.OK);
        (await SuspendAsync(low, manager.Actor.Person.ToString())).ShouldBe(HttpStatusCode.Unauthorized);

        var entry = (await tenant.AuditAsync()).Single(a => a.Action == "identity.change_state");
        entry.Changes.ShouldContain("\"State\":[\"active\",\"suspended\"]");
        entry.Changes.ShouldContain("\"Stamp\":[\"\\u2022\",\"\\u2022\"]");
        using var pages = await tenant.Administrator.PagesAsync();
        var audit = await pages.GetAsync($"/app/audit?q={entry.Subject}&action=identity.");
        audit.Text.ShouldContain("active → suspended");
        audit.Text.ShouldContain("Ada Admin");
    }

    [SkippableTheory, Databases]
    public async Task Search_finds_pages_that_the_person_may_open(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        async Task<string[]> FindAsync(TestPerson person, string q)
        {
            using var api = await person.ApiAsync();
            return [.. (await api.GetFromJsonAsync<Hit[]>($"/api/v1/search?q={Uri.EscapeDataString(q)}"))!.Where(h => h.Kind == "Page").Select(h => h.Href)];
        }

        (await FindAsync(tenant.Administrator, "pEoplé")).ShouldBe(["/app/people"]);
        (await FindAsync(await tenant.StaffAsync(Roles.Marketing), "people")).ShouldBeEmpty();
        var seller = await tenant.PartnerPersonAsync(Ids.New<PartnerId>(DateTime.UtcNow), "Bright");
        (await FindAsync(seller, "token")).ShouldBe(["/portal/tokens"]);
        foreach (var q in new[] { "", "a", "\u0001\u0001", new string('x', 300), "%", "_%_" }) (await FindAsync(tenant.Administrator, q)).ShouldBeEmpty(q);
    }

    [SkippableTheory, Databases]
    public async Task The_palette_speaks_the_readers_language_and_understands_it(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        async Task<Hit[]> FindAsync(string language, string q)
        {
            using var pages = await tenant.Administrator.PagesAsync();
            pages.Http.DefaultRequestHeaders.Add("Accept-Language", language);
            return (await pages.Http.GetFromJsonAsync<Hit[]>($"/app/search.json?q={Uri.EscapeDataString(q)}", Json.Options))!;
        }

        (await FindAsync("de", "Passwort")).ShouldContain(h => h.Href == "/account/security");
        (await FindAsync("de", "Einstellung")).ShouldContain(h => h.Href == "/app/settings/company" && h.Kind == "Seite");
        (await FindAsync("de", "company settings")).ShouldContain(h => h.Href == "/app/settings/company", "English is understood everywhere");
        (await FindAsync("ar", "كلمة المرور")).ShouldContain(h => h.Href == "/account/security");
        (await FindAsync("en", "passkey")).ShouldContain(h => h.Href == "/account/security" && h.Kind == "Page");
        (await FindAsync("de", "")).ShouldAllBe(h => h.Kind == "Seite" || h.Kind == "Aktion");
    }

    [SkippableTheory, Databases]
    public async Task Search_finds_people_and_roles_for_those_who_may_see_them_and_a_partner_finds_its_own_people(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        var (bright, clear) = (Ids.New<PartnerId>(DateTime.UtcNow), Ids.New<PartnerId>(DateTime.UtcNow));
        var admin = await tenant.PartnerPersonAsync(bright, "Bright", Roles.PartnerAdmin);
        var other = await tenant.PartnerPersonAsync(clear, "Clear", Roles.PartnerAdmin);
        var seller = await tenant.PartnerPersonAsync(bright, "Bright");
        async Task<string[]> FindAsync(TestPerson person, string q)
        {
            using var api = await person.ApiAsync();
            return [.. (await api.GetFromJsonAsync<Hit[]>($"/api/v1/search?q={Uri.EscapeDataString(q)}"))!.Where(h => h.Kind is "Person" or "Role").Select(h => h.Href)];
        }

        (await FindAsync(tenant.Administrator, admin.Actor.Email)).ShouldContain($"/app/people/{admin.Actor.Person}");
        (await FindAsync(tenant.Administrator, "partner manager")).ShouldContain("/app/roles/partner_manager");
        (await FindAsync(await tenant.StaffAsync(Roles.Marketing), admin.Actor.Email)).ShouldBeEmpty();
        (await FindAsync(admin, seller.Actor.Email)).ShouldBe([$"/portal/people/{seller.Actor.Person}"]);
        (await FindAsync(admin, other.Actor.Email)).ShouldBeEmpty("another partner's person");
        (await FindAsync(seller, admin.Actor.Email)).ShouldBeEmpty("only who looks after the people finds them");
    }

    [SkippableTheory, Databases]
    public async Task Rates_of_days_to_come_are_refused_and_contradictions_are_told(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        async Task<HttpResponseMessage> EnterAsync(string from, string to, DateOnly day, string rate) => await api.PostAsJsonAsync("/api/v1/rates", new { from, to, day, rate });

        using var ahead = await EnterAsync("EUR", "USD", today.AddDays(5), "1.08");
        ((int)ahead.StatusCode).ShouldBe(422);
        using var ambiguous = await EnterAsync("EUR", "USD", today, "1,084");
        (await ambiguous.Content.ReadAsStringAsync()).ShouldContain("may be a thousand or a fraction");
        using var first = await EnterAsync("EUR", "USD", today.AddDays(-1), "1.08");
        (await first.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("doubts").GetArrayLength().ShouldBe(0);
        using var turned = await EnterAsync("USD", "EUR", today, "1.08");
        (await turned.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("doubts")[0].GetString().ShouldBe("USD to EUR at 1.08 does not fit EUR to USD at 1.08: look at both.");
        using var right = await EnterAsync("USD", "EUR", today, "0.926");
        (await right.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("doubts").GetArrayLength().ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task Lists_take_any_filter(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var pages = await tenant.Administrator.PagesAsync();
        foreach (var query in new[] { "q=a%07b", "q=%25", "side=nobody", "cursor=xyz", "action=%01", "person=per_x" })
        {
            (await pages.GetAsync("/app/people?" + query)).Status.ShouldBe(HttpStatusCode.OK, query);
            (await pages.GetAsync("/app/audit?" + query)).Status.ShouldBe(HttpStatusCode.OK, query);
        }
    }
}

/// <summary>A row of data for each database.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class InlineDataForAttribute(params object[] row) : Xunit.Sdk.DataAttribute
{
    public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) => [[Database.Sqlite, .. row], [Database.Postgres, .. row]];
}
