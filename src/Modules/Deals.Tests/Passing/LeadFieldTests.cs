using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Deals.Passing;

namespace Trellis.Deals.Tests.Leads;

/// <summary>The vendor's own fields of leads.</summary>
public sealed class LeadFieldTests
{
    [SkippableTheory, Databases]
    public async Task Leads_have_own_fields_and_each_partner_reads_and_writes_what_is_open_to_it_on_its_own_turn(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, next) = (await world.PartnerAsync("Near Ltd"), await world.PartnerAsync("Next Ltd"));
        using var owner = await world.Tenant.Administrator.ApiAsync();
        foreach (var (label, sight, required) in new[] { ("Campaign", "staff", true), ("Source", "partner_reads", false), ("Visit", "partner_writes", false) })
            (await owner.PostAsJsonAsync("/api/v1/fields", new { record = "leads", label, kind = "text", sight, inList = true, required })).StatusCode.ShouldBe(HttpStatusCode.Created);

        using var api = await world.Manager.ApiAsync();
        object Lead(object? fields) => new { customerName = "Quell AG", country = "DE", need = "Two sites", partner = rosa.Actor.Partner.ToString(), fields };
        using var refused = await api.PostAsJsonAsync("/api/v1/leads", Lead(null));
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Campaign is needed.");
        using var made = await api.PostAsJsonAsync("/api/v1/leads", Lead(new { campaign = "Spring", source = "Fair" }));
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("line").GetProperty("id").ToString();
        (await ListAsync(api, "field.campaign.begins=spr")).ShouldBe([id]);
        (await ListAsync(api, "field.campaign.begins=aut")).ShouldBeEmpty();

        // The partner reads what is open to it, writes what is its own, and cannot ask for the rest.
        using var portal = await rosa.ApiAsync();
        (await FieldsAsync(portal, id)).ShouldBe("source=Fair visit=");
        (await portal.PatchAsJsonAsync($"/api/v1/custom-fields/leads/{id}", new { values = new { visit = "Monday" } })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.PatchAsJsonAsync($"/api/v1/custom-fields/leads/{id}", new { values = new { source = "Mine" } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await FieldsAsync(api, id)).ShouldBe("campaign=Spring source=Fair visit=Monday");
        using var stranger = await next.ApiAsync();
        (await stranger.GetAsync($"/api/v1/custom-fields/leads/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PatchAsJsonAsync($"/api/v1/custom-fields/leads/{id}", new { values = new { visit = "Ours" } })).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var pages = await rosa.PagesAsync();
        (await pages.GetAsync($"/portal/leads/{id}")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Monday"), t => t.ShouldContain("Fair"), t => t.ShouldNotContain("Spring"));
        (await pages.Http.GetStringAsync("/portal/leads.csv")).ShouldSatisfyAllConditions(t => t.ShouldContain("Monday"), t => t.ShouldNotContain("Spring"));
        (await pages.GetAsync("/portal/leads?field.visit.begins=mon")).Text.ShouldContain("Quell AG");
        using var staff = await world.Manager.PagesAsync();
        (await staff.GetAsync($"/app/leads/{id}")).Text.ShouldContain("Spring");
        (await staff.GetAsync("/app/leads?sort=field.campaign")).Text.ShouldContain("Spring");
        (await staff.Http.GetStringAsync("/app/leads.csv")).ShouldContain("Near Ltd,1,Spring,Fair,Monday");

        // Offered to the next one, what the vendor said goes with it and what the partner wrote does not.
        (await PassingTests.AnswerAsync(rosa, Ids.Parse<LeadId>(id)!.Value, false, DeclineReason.NoCapacity, "Full")).Problem.ShouldBeNull();
        var onward = await world.Manager.DoAsync<OfferNext, Result<LeadId>>(o => o.RunAsync(new NextInput(Ids.Parse<LeadId>(id)!.Value, next.Actor.Partner), default));
        onward.Problem.ShouldBeNull();
        (await FieldsAsync(stranger, onward.Value.ToString())).ShouldBe("source=Fair visit=");
        (await FieldsAsync(api, onward.Value.ToString())).ShouldBe("campaign=Spring source=Fair visit=");
    }

    [SkippableTheory, Databases]
    public async Task The_forms_of_both_sides_ask_for_the_fields_that_their_people_may_write(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync("Near Ltd");
        using var owner = await world.Tenant.Administrator.ApiAsync();
        foreach (var (label, sight) in new[] { ("Campaign", "staff"), ("Visit", "partner_writes") })
            (await owner.PostAsJsonAsync("/api/v1/fields", new { record = "leads", label, kind = "text", sight, required = sight == "partner_writes" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var pages = await rosa.PagesAsync();
        var form = await pages.GetAsync("/portal/leads/new");
        form.Document.QuerySelectorAll("[name^='field.']").Select(f => f.GetAttribute("name")).ShouldBe(["field.visit"]);
        (await pages.SubmitAsync(form, "lead", ("Input.CustomerName", "Nebenan AG"), ("Input.Country", "DE"), ("Input.Need", "Wants it."))).Text.ShouldContain("Visit is needed.");
        var sent = await pages.SubmitAsync(form, "lead", ("Input.CustomerName", "Nebenan AG"), ("Input.Country", "DE"), ("Input.Need", "Wants it."), ("field.visit", "Tuesday"));
        sent.Text.ShouldContain("Tuesday");

        using var staff = await world.Manager.PagesAsync();
        var blank = await staff.GetAsync("/app/leads/new");
        blank.Document.QuerySelectorAll("[name^='field.']").Select(f => f.GetAttribute("name")).Order().ShouldBe(["field.campaign", "field.visit"]);
        var proposed = await staff.SubmitAsync(blank, "lead", ("Input.Act", "look"), ("Input.CustomerName", "Werkhof AG"), ("Input.Country", "DE"), ("Input.Need", "Two sites"), ("field.visit", "Friday"), ("field.campaign", "Spring"));
        var passed = await staff.SubmitAsync(proposed, "lead", ("Input.Act", "pass"), ("Input.Partner", rosa.Actor.Partner.ToString()!));
        passed.Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Spring"), t => t.ShouldContain("Friday"));
    }

    private static async Task<string[]> ListAsync(HttpClient api, string query) => [.. (await api.GetFromJsonAsync<JsonElement>($"/api/v1/leads?{query}")).GetProperty("items").EnumerateArray().Select(l => l.GetProperty("id").ToString())];

    private static async Task<string> FieldsAsync(HttpClient api, string id) =>
        string.Join(' ', (await api.GetFromJsonAsync<JsonElement>($"/api/v1/leads/{id}")).GetProperty("line").GetProperty("fields").EnumerateObject().OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name}={f.Value.GetString()}"));
}
