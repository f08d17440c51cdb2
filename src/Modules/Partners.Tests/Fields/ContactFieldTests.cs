using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;

namespace Trellis.Partners.Tests.Fields;

/// <summary>The tenant's own fields of a partner's contacts.</summary>
public sealed class ContactFieldTests
{
    [SkippableTheory, Databases]
    public async Task Fields_of_contacts_are_typed_listed_exported_searched_and_go_with_the_person(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (id, other) = (await world.PartnerAsync("Fielded"), await world.PartnerAsync("Nosy"));
        var (person, stranger) = (await world.Tenant.PartnerPersonAsync(id, "Fielded", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(other, "Nosy", Roles.PartnerAdmin));
        using var api = await world.Operations.ApiAsync();
        await FieldAsync(api, "Reached by", "choice", "partner_reads", "Phone\nMail", required: true);
        await FieldAsync(api, "Remark", "text", "staff");

        (await AddAsync(api, id, "ann@fielded.example", new { remark = "Plays the oboe" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "a required field is missing");
        (await AddAsync(api, id, "ann@fielded.example", new { reached_by = "Fax" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await AddAsync(api, id, "ann@fielded.example", new { reached_by = "Phone", remark = "Plays the oboe" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        var ann = await ContactAsync(api, id, "ann@fielded.example");
        (ann.GetProperty("fields").GetProperty("reached_by").GetString(), ann.GetProperty("fields").GetProperty("remark").GetString()).ShouldBe(("Phone", "Plays the oboe"));
        var contact = ann.GetProperty("id").GetString();
        (await api.PutAsJsonAsync($"/api/v1/partners/{id}/contacts/{contact}", new { name = "Ann", email = "ann@fielded.example", function = "sales", fields = new { reached_by = "" } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PutAsJsonAsync($"/api/v1/partners/{id}/contacts/{contact}", new { name = "Ann", email = "ann@fielded.example", function = "sales" })).StatusCode.ShouldBe(HttpStatusCode.NoContent, "what is not typed stays");

        using var pages = await world.Operations.PagesAsync();
        var form = await pages.GetAsync($"/app/partners/{id}/contacts/{contact}");
        form.Text.ShouldContain("Remark");
        await pages.SubmitAsync(form, "contact", ("Input.Name", "Ann Weber"), ("field.reached_by", "Mail"));
        (await pages.GetAsync($"/app/partners/{id}")).Document.QuerySelector("#people")!.TextContent.ShouldSatisfyAllConditions(t => t.ShouldContain("Ann Weber"), t => t.ShouldContain("Reached by"));
        (await ContactAsync(api, id, "ann@fielded.example")).GetProperty("fields").GetProperty("reached_by").GetString().ShouldBe("Mail");
        (await pages.Http.GetStringAsync($"/app/partners/{id}/contacts.csv")).ShouldSatisfyAllConditions(t => t.ShouldContain("Reached by"), t => t.ShouldContain("Plays the oboe"));
        (await api.GetStringAsync("/api/v1/search?q=oboe")).ShouldContain("Ann Weber");

        using var portal = await person.ApiAsync();
        var seen = (await ContactAsync(portal, id, "ann@fielded.example")).GetProperty("fields");
        (seen.TryGetProperty("reached_by", out _), seen.TryGetProperty("remark", out _)).ShouldBe((true, false));
        using var foreign = await stranger.ApiAsync();
        (await foreign.GetAsync($"/api/v1/partners/{id}/contacts")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await foreign.GetStringAsync("/api/v1/search?q=oboe")).ShouldNotContain("Ann");
        (await foreign.GetStringAsync("/api/v1/search?q=mail")).ShouldNotContain("Ann Weber");
        (await foreign.GetAsync($"/api/v1/custom-fields/partner_contacts/{contact}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await api.DeleteAsync($"/api/v1/partners/{id}/contacts/{contact}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<FieldValue<ContactId>>().CountAsync())).ShouldBe(0, "the values went with the contact");
    }

    [SkippableTheory, Databases]
    public async Task What_fields_say_of_a_person_is_handed_out_and_erased_with_it(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Personal");
        (await world.Manager.DoAsync<InvitePerson, Result<ContactId>>(i => i.RunAsync((id, new Invitation("Ann Weber", "ann@personal.example", ContactFunction.Sales, Roles.PartnerSales), s => "http://x/" + s), default))).Problem.ShouldBeNull();
        var person = await world.Tenant.AsSystemAsync<Work, PersonId>(w => w.Db.Set<PersonRow>().Where(p => p.Email == "ann@personal.example").Select(p => p.Id).SingleAsync());
        using var api = await world.Operations.ApiAsync();
        await FieldAsync(api, "Remark", "text", "staff");
        var contact = (await ContactAsync(api, id, "ann@personal.example")).GetProperty("id").GetString();
        (await api.PutAsJsonAsync($"/api/v1/partners/{id}/contacts/{contact}", new { name = "Ann Weber", email = "ann@personal.example", function = "sales", fields = new { remark = "Likes the sea" } })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var admin = await world.Tenant.Administrator.ApiAsync();
        (await admin.PostAsJsonAsync($"/api/v1/people/{person}/erase", new { address = "ann@personal.example", reason = "Asked for it" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<FieldValue<ContactId>>().CountAsync())).ShouldBe(0);
        (await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<AuditEntry>().CountAsync(a => a.Changes.Contains("Likes the sea")))).ShouldBe(0, "the audit does not remember what is said of a person");
    }

    private static async Task FieldAsync(HttpClient api, string label, string kind, string sight, string? choices = null, bool required = false)
    {
        using var answer = await api.PostAsJsonAsync("/api/v1/fields", new { record = "partner_contacts", label, kind, sight, choices, required, inList = true });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> AddAsync(HttpClient api, PartnerId partner, string email, object fields) =>
        api.PostAsJsonAsync($"/api/v1/partners/{partner}/contacts", new { name = "Ann", email, function = "sales", fields });

    private static async Task<JsonElement> ContactAsync(HttpClient api, PartnerId partner, string email) =>
        (await api.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{partner}/contacts")).EnumerateArray().Single(c => c.GetProperty("email").GetString() == email);
}
