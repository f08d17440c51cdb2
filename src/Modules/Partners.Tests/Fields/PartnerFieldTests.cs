using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;

namespace Trellis.Partners.Tests.Fields;

public sealed class PartnerFieldTests
{
    private static async Task<string> FieldAsync(HttpClient api, string label, string kind, string sight = "staff", string? choices = null, bool required = false, bool inList = true)
    {
        using var answer = await api.PostAsJsonAsync("/api/v1/fields", new { record = "partners", label, kind, sight, choices, required, inList });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<HttpStatusCode> WriteAsync(HttpClient api, PartnerId partner, object values) =>
        (await api.PatchAsync($"/api/v1/custom-fields/partners/{partner}", JsonContent.Create(new { values }))).StatusCode;

    private static async Task<string[]> NamesAsync(HttpClient api, string query) =>
        [.. (await api.GetFromJsonAsync<JsonElement>($"/api/v1/partners?{query}")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()!)];

    [SkippableTheory, Databases]
    public async Task Fields_stand_on_the_record_in_lists_filters_files_search_and_the_audit(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        await FieldAsync(api, "Focus", "choice", choices: "Retail\nPublic sector");
        await FieldAsync(api, "Head count", "number");
        await FieldAsync(api, "Signed", "date");
        await FieldAsync(api, "Remark", "text");
        var (ahorn, birke, tanne) = (await world.PartnerAsync("Ahorn"), await world.PartnerAsync("Birke"), await world.PartnerAsync("Tanne"));
        (await WriteAsync(api, ahorn, new { focus = "retail", head_count = "-3.5", signed = "2026-01-31", remark = "Speaks Quechua" })).ShouldBe(HttpStatusCode.OK);
        (await WriteAsync(api, birke, new { focus = "Public sector", head_count = "12", signed = "2026-03-01" })).ShouldBe(HttpStatusCode.OK);
        (await WriteAsync(api, tanne, new { head_count = "100" })).ShouldBe(HttpStatusCode.OK);

        (await NamesAsync(api, "field.focus=Retail")).ShouldBe(["Ahorn"]);
        (await NamesAsync(api, "field.head_count.from=-3.5&field.head_count.to=12")).ShouldBe(["Ahorn", "Birke"]);
        (await NamesAsync(api, "field.head_count.from=13")).ShouldBe(["Tanne"]);
        (await NamesAsync(api, "field.signed.from=2026-02-01")).ShouldBe(["Birke"]);
        (await NamesAsync(api, "field.head_count=many")).ShouldBeEmpty("no number is “many”");
        (await NamesAsync(api, "field.remark.begins=speaks+QUE")).ShouldBe(["Ahorn"]);
        (await NamesAsync(api, "field.remark.begins=Quechua")).ShouldBeEmpty();
        foreach (var lost in new[] { "field.unknown=x", "field.unknown.from=1", "sort=-field.unknown" })
        {
            using var refused = await api.GetAsync($"/api/v1/partners?{lost}");
            ((int)refused.StatusCode).ShouldBe(422, lost);
            (await refused.Content.ReadAsStringAsync()).ShouldContain("field.unknown");
        }

        var told = (await api.GetFromJsonAsync<JsonElement>("/api/v1/partners?field.focus=Retail")).GetProperty("items")[0].GetProperty("fields");
        (told.GetProperty("head_count").GetString(), told.GetProperty("remark").GetString()).ShouldBe(("-3.5", "Speaks Quechua"));
        (await api.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{ahorn}")).GetProperty("fields").GetProperty("signed").GetString().ShouldBe("2026-01-31");

        using var pages = await world.Operations.PagesAsync();
        var list = await pages.GetAsync("/app/partners?field.focus=Public+sector");
        list.Text.ShouldContain("Birke");
        list.Text.ShouldNotContain("Ahorn");
        list.Document.QuerySelectorAll("select").Any(s => s.GetAttribute("name") == "field.focus").ShouldBeTrue();
        var typed = (await pages.GetAsync("/app/partners?field.head_count.from=13")).Document;
        foreach (var name in new[] { "field.head_count.from", "field.head_count.to", "field.signed.from", "field.remark.begins" }) typed.QuerySelector($"input[name='{name}']").ShouldNotBeNull(name);
        typed.QuerySelector(".t-chips")!.TextContent.ShouldContain("Head count: from 13");
        var form = await pages.GetAsync($"/app/custom-fields/partners/{birke}");
        var wrong = await pages.SubmitAsync(form, "fields", ("field.head_count", "twelve"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("is no number");
        (await pages.SubmitAsync(form, "fields", ("field.head_count", "13"), ("field.focus", "Retail"))).Address.AbsolutePath.ShouldBe($"/app/partners/{birke}");
        (await pages.GetAsync($"/app/partners/{birke}")).Document.QuerySelectorAll("dt").Single(t => t.TextContent.Trim() == "Head count").NextElementSibling!.TextContent.Trim().ShouldBe("13");
        var csv = await pages.Http.GetStringAsync("/app/partners/export.csv");
        csv.ShouldContain("Focus,Head count,Remark,Signed");
        csv.ShouldContain("Retail,13,,2026-03-01");
        (await api.GetStringAsync("/api/v1/search?q=quechua")).ShouldContain("Ahorn");
        var audit = await api.GetStringAsync($"/api/v1/audit?q={birke}");
        audit.ShouldContain("custom_fields");
    }

    [SkippableTheory, Databases]
    public async Task A_partner_reads_and_writes_only_what_is_open_to_it_and_only_its_own(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        await FieldAsync(api, "Risk", "text");
        await FieldAsync(api, "Contract", "text", "partner_reads");
        await FieldAsync(api, "Langs", "multi", "partner_writes", "English\nGerman\nArabic");
        var (mine, other) = (await world.PartnerAsync("Eibe"), await world.PartnerAsync("Fichte"));
        await WriteAsync(api, mine, new { risk = "watch closely", contract = "C-1" });
        await WriteAsync(api, other, new { contract = "C-2" });
        var admin = await world.Tenant.PartnerPersonAsync(mine, "Eibe", Roles.PartnerAdmin);
        using var portal = await admin.ApiAsync();
        (await WriteAsync(portal, mine, new { langs = "German; English" })).ShouldBe(HttpStatusCode.OK);
        (await WriteAsync(portal, mine, new { contract = "free" })).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await WriteAsync(portal, other, new { langs = "German" })).ShouldBe(HttpStatusCode.NotFound);
        (await WriteAsync(portal, mine, new { langs = "Klingon" })).ShouldBe(HttpStatusCode.UnprocessableEntity);
        var seen = await portal.GetStringAsync($"/api/v1/custom-fields/partners/{mine}");
        seen.ShouldContain("C-1");
        seen.ShouldContain("English");
        seen.ShouldNotContain("watch closely");
        foreach (var asked in new[] { "field.risk=watch+closely", "field.nothing=x" })
        {
            using var refused = await portal.GetAsync($"/api/v1/partners?{asked}");
            ((int)refused.StatusCode).ShouldBe(422, "a field that it does not see is refused as one that is not there, so it tells nothing");
        }

        (await portal.GetStringAsync($"/api/v1/partners/{mine}")).ShouldNotContain("watch closely");
        using var pages = await admin.PagesAsync();
        var company = await pages.GetAsync("/portal/company");
        company.Text.ShouldContain("C-1");
        company.Text.ShouldNotContain("watch closely");
        (await api.GetAsync($"/api/v1/custom-fields/accounts/{mine}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task A_definition_keeps_its_key_and_kind_and_two_who_change_it_do_not_overwrite_each_other(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        var id = await FieldAsync(api, "Größe (m²)", "number", required: true);
        var field = (await api.GetFromJsonAsync<JsonElement>("/api/v1/fields?record=partners"))[0];
        field.GetProperty("key").GetString().ShouldBe("gro_e_m");
        var version = field.GetProperty("version").GetInt64();
        (await api.PutAsJsonAsync($"/api/v1/fields/{id}", new { label = "Area", kind = "text", key = "other", sight = "staff", version })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PutAsJsonAsync($"/api/v1/fields/{id}", new { label = "Space", sight = "staff", version })).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        var after = (await api.GetFromJsonAsync<JsonElement>("/api/v1/fields?record=partners"))[0];
        (after.GetProperty("key").GetString(), after.GetProperty("kind").GetString(), after.GetProperty("label").GetString()).ShouldBe(("gro_e_m", "number", "Area"));
        (await api.PostAsJsonAsync("/api/v1/fields", new { record = "partners", label = "Again", key = "gro_e_m", kind = "text", sight = "staff" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync("/api/v1/fields", new { record = "planets", label = "X", kind = "choice", sight = "staff" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var partner = await world.PartnerAsync("Linde");
        await WriteAsync(api, partner, new { gro_e_m = "12" });
        (await api.DeleteAsync($"/api/v1/fields/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await WriteAsync(api, partner, new { gro_e_m = "13" })).ShouldBe(HttpStatusCode.UnprocessableEntity, "it is put away");
        await api.PostAsync($"/api/v1/fields/{id}/restore", null);
        (await api.GetStringAsync($"/api/v1/custom-fields/partners/{partner}")).ShouldContain("\"12\"");
    }

    [SkippableTheory, Databases]
    public async Task Lists_stand_in_the_order_of_a_field_and_a_merge_carries_fields_over_and_back(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        await FieldAsync(api, "Focus", "choice", choices: "Retail\nPublic sector");
        await FieldAsync(api, "Head count", "number");
        await FieldAsync(api, "Remark", "text");
        var (stays, goes) = (await world.PartnerAsync("Ulme"), await world.PartnerAsync("Weide"));
        await world.PartnerAsync("Zeder");
        await WriteAsync(api, stays, new { focus = "Retail", head_count = "20" });
        await WriteAsync(api, goes, new { focus = "Public sector", head_count = "3", remark = "Old friends" });
        (await NamesAsync(api, "sort=field.head_count")).ShouldBe(["Weide", "Ulme", "Zeder"], "numbers as numbers, and those without a value last");
        (await NamesAsync(api, "sort=-field.head_count")).ShouldBe(["Ulme", "Weide", "Zeder"]);
        using var pages = await world.Operations.PagesAsync();
        var csv = await pages.Http.GetStringAsync("/app/partners/export.csv?sort=field.head_count");
        csv.Trim().Split('\n').Skip(1).Select(l => l.Split(',')[0]).ShouldBe(["Weide", "Ulme", "Zeder"]);

        using var lead = await world.Tenant.Administrator.ApiAsync();
        using var unknown = await lead.PostAsJsonAsync($"/api/v1/partners/{stays}/merge", new { from = goes.ToString(), take = new[] { "field.colour" }, reason = "One company" });
        unknown.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var merged = await lead.PostAsJsonAsync($"/api/v1/partners/{stays}/merge", new { from = goes.ToString(), take = new[] { "field.focus" }, reason = "One company" });
        merged.StatusCode.ShouldBe(HttpStatusCode.Created, await merged.Content.ReadAsStringAsync());
        var after = await api.GetStringAsync($"/api/v1/custom-fields/partners/{stays}");
        (after.Contains("Public sector"), after.Contains("\"20\""), after.Contains("Old friends")).ShouldBe((true, true, true), after);
        (await NamesAsync(api, "field.focus=Public+sector")).ShouldBe(["Ulme"]);
        await WriteAsync(api, stays, new { remark = "Newer words" });
        var id = (await lead.GetFromJsonAsync<JsonElement>("/api/v1/partner-merges"))[0].GetProperty("id").GetString();
        (await lead.PostAsync($"/api/v1/partner-merges/{id}/undo", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var back = await api.GetStringAsync($"/api/v1/custom-fields/partners/{stays}");
        (back.Contains("Retail"), back.Contains("Newer words")).ShouldBe((true, true), back);
        (await api.GetStringAsync($"/api/v1/custom-fields/partners/{goes}")).ShouldContain("Old friends");
    }
}
