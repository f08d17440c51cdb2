using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

public sealed class FieldTests
{
    private const string Head = "account,id,sector,Focus,Head count,Signed,Langs,Wholesale,Page\n";

    [SkippableTheory, Databases]
    public async Task A_file_fills_custom_fields_refuses_what_they_cannot_hold_and_can_be_imported_again_and_taken_back(Database database)
    {
        var (importing, api, operations) = await BeginAsync(database, "accounts");
        await importing.ImportAsync(Head + "Old,X-1,retail,Retail,\"1.234,5\",31.12.2025,German; English,yes,https://old.example/a\n");
        (await ValuesAsync(api, "accounts", await IdAsync(importing, "Old"))).ShouldBe("focus=Retail head_count=1234.5 langs=German; English page=https://old.example/a signed=2025-12-31 wholesale=yes");
        var file = Head + "Old,X-1,retail,Public sector,\"1.234,5\",13.01.2026,German,,\n"
            + "New,X-2,,retail,\"7,5\",,,no,\n"
            + "A,X-3,,Space,,,,,\nB,X-4,,,many,,,,\nC,X-5,,,,32.12.2026,,,\nD,X-6,,,,,Klingon,,\nE,X-7,,,,,,perhaps,\nF,X-8,,,,,,,page\n";

        var import = await importing.UploadAsync(file);
        import.GetProperty("mapping").GetProperty("field.head_count").GetString().ShouldBe("Head count");
        (import.Text("dates"), import.Text("decimalComma")).ShouldBe(("day_month_year", "True"), "columns of custom fields tell how the file is written too");
        var dry = await importing.DryRunAsync(import.Text("id"));

        dry.Counts().ShouldBe((1, 1, 0, 6, 0));
        (await ValuesAsync(api, "accounts", await IdAsync(importing, "Old"))).ShouldContain("focus=Retail", Case.Sensitive, "a dry run writes nothing");
        var refused = (await importing.FindingsAsync(import, "refused")).ToDictionary(f => f.Text("field"), f => f.Text("why"));
        refused["field.focus"].ShouldContain("“Space” is no choice of Focus");
        refused["field.head_count"].ShouldContain("“many” is no number");
        refused["field.signed"].ShouldContain("is no date of the form day.month.year");
        refused["field.langs"].ShouldContain("“Klingon” is no choice of Langs");
        refused["field.wholesale"].ShouldContain("neither yes nor no");
        refused["field.page"].ShouldContain("is no address");
        var rows = await (await api.GetAsync($"/api/v1/imports/{import.Text("id")}/refused.csv")).Content.ReadAsStringAsync();
        rows.ShouldContain("account,id,sector,Focus,Head count,Signed,Langs,Wholesale,Page,Row,Reason");
        rows.ShouldContain("D,X-6,,,,,Klingon,");

        await importing.ApplyAsync(import.Text("id"));
        var old = await IdAsync(importing, "Old");
        (await ValuesAsync(api, "accounts", old)).ShouldBe("focus=Public sector head_count=1234.5 langs=German page=https://old.example/a signed=2026-01-13 wholesale=yes", "a blank cell says nothing");
        (await importing.GetAsync($"/imports/{import.Text("id")}/rows?outcome=updated"))[0].Text("text").ShouldBe("Focus: Retail → Public sector; Langs: German; English → German; Signed: 2025-12-31 → 2026-01-13");
        (await api.GetStringAsync($"/api/v1/audit?q={old}")).ShouldContain("accounts.custom_fields");
        (await importing.ImportAsync(file)).Counts().ShouldBe((0, 0, 2, 6, 0), "the same file a second time changes nothing");

        (await importing.TakeBackAsync(import.Text("id"))).GetProperty("undo").ToString().ShouldContain("\"removed\":1,\"restored\":1,\"kept\":0");
        (await ValuesAsync(api, "accounts", old)).ShouldBe("focus=Retail head_count=1234.5 langs=German; English page=https://old.example/a signed=2025-12-31 wholesale=yes");
    }

    [SkippableTheory, Databases]
    public async Task Taking_back_keeps_records_whose_custom_fields_were_changed_since(Database database)
    {
        var (importing, api, _) = await BeginAsync(database, "accounts");
        await importing.ImportAsync("account,Focus\nOne,Retail\nTwo,Retail\n");
        var import = await importing.ImportAsync("account,Focus\nOne,Public sector\nTwo,Public sector\nThree,Retail\nFour,Retail\n");
        await WriteAsync(api, "accounts", await IdAsync(importing, "One"), new { focus = "" });
        await WriteAsync(api, "accounts", await IdAsync(importing, "Three"), new { head_count = "3" });

        await importing.TakeBackAsync(import.Text("id"));

        var kept = (await importing.GetAsync($"/imports/{import.Text("id")}/taken-back?outcome=kept")).EnumerateArray().ToDictionary(r => r.Text("title"), r => r.Text("undoReason"));
        kept.Keys.Order().ShouldBe(["One", "Three"]);
        kept.Values.Distinct().ShouldHaveSingleItem().ShouldBe("A custom field was changed since.");
        (await ValuesAsync(api, "accounts", await IdAsync(importing, "Two"))).ShouldBe("focus=Retail");
        (await importing.GetAsync("/accounts")).ToString().ShouldNotContain("Four");
    }

    [SkippableTheory, Databases]
    public async Task Columns_are_mapped_to_custom_fields_on_the_page_and_one_that_is_put_away_is_left_out_next_time(Database database)
    {
        var (importing, api, operations) = await BeginAsync(database, "accounts");
        var text = "company,What they do,Volume\nPaged,retail,5\n";
        var id = (await importing.UploadAsync(text)).Text("id");
        using var pages = await operations.PagesAsync();
        var page = await pages.GetAsync($"/app/imports/{id}/columns");
        page.Text.ShouldContain("Custom fields");
        page.Text.ShouldContain("One of: Retail, Public sector");
        var wrong = await pages.SubmitAsync(page, "columns", ("map.name", "company"), ("map.field.focus", "company"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("already fills another field");
        await pages.SubmitAsync(page, "columns", ("map.name", "company"), ("map.field.focus", "What they do"), ("map.field.head_count", "Volume"));
        await importing.EndAsync(id);
        await importing.ApplyAsync(id);
        (await ValuesAsync(api, "accounts", await IdAsync(importing, "Paged"))).ShouldBe("focus=Retail head_count=5");

        using var owner = await operations.Tenant.Administrator.ApiAsync();
        var volume = (await owner.GetFromJsonAsync<JsonElement>("/api/v1/fields?record=accounts")).EnumerateArray().Single(f => f.Text("key") == "head_count");
        (await owner.DeleteAsync($"/api/v1/fields/{volume.Text("id")}")).EnsureSuccessStatusCode();
        var again = await importing.UploadAsync(text);
        again.GetProperty("mapping").EnumerateObject().Select(m => m.Name).Order().ShouldBe(["field.focus", "name"]);
        (await importing.DryRunAsync(again.Text("id"))).Counts().ShouldBe((0, 0, 1, 0, 0));
        (await api.PutAsJsonAsync($"/api/v1/imports/{again.Text("id")}/mapping", new { columns = new Dictionary<string, string> { ["name"] = "company", ["field.head_count"] = "Volume" } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [SkippableTheory, Databases]
    public async Task Opportunities_have_field_columns_filters_and_order_and_what_is_exported_comes_back(Database database)
    {
        var (importing, api, operations) = await BeginAsync(database, "opportunities");
        var import = await importing.ImportAsync("opportunity_id,deal_stage,Focus,Head count,Signed\nO1,Won,Retail,10,2026-02-01\nO2,Won,,9,2026-03-01\nO3,Won,Public sector,,\nO4,Won,Retail,-2,2026-01-01\n");
        import.Counts().ShouldBe((4, 0, 0, 0, 0));
        (await NamesAsync(importing, "/opportunities?field.focus=Retail&sort=id", "externalId")).ShouldBe(["O1", "O4"]);
        using var pages = await operations.PagesAsync();
        var list = await pages.GetAsync("/app/opportunities?sort=-field.head_count");
        list.Document.QuerySelectorAll("tbody tr").Select(r => r.QuerySelector("th")!.TextContent.Trim()).ShouldBe(["O1", "O2", "O4", "O3"], "numbers as numbers, the largest first, those without a value last");
        list.Document.QuerySelectorAll("th[aria-sort]").Single().TextContent.Trim().ShouldBe("Head count");
        list.Document.QuerySelectorAll("select").Any(s => s.GetAttribute("name") == "field.focus").ShouldBeTrue();
        var csv = await pages.Http.GetStringAsync("/app/opportunities.csv?field.focus=Retail&sort=field.head_count");
        csv.Trim().Split('\n').Length.ShouldBe(3);
        csv.IndexOf("O4", StringComparison.Ordinal).ShouldBeLessThan(csv.IndexOf("O1", StringComparison.Ordinal));
        csv.ShouldContain("Expected close,Focus,Head count,Langs,Page,Signed,Wholesale");
        foreach (var form in new[] { "", "?as=xlsx" })
            (await importing.ImportAsync(await pages.Http.GetByteArrayAsync($"/app/opportunities.csv{form}"), "back.csv", "opportunities")).Counts().ShouldBe((0, 0, 4, 0, 0), form);
    }

    [SkippableTheory, Databases]
    public async Task Every_row_stands_on_exactly_one_page_of_a_list_ordered_by_a_field_forth_and_back(Database database)
    {
        var (importing, _, operations) = await BeginAsync(database, "accounts");
        await importing.ImportAsync("account,Head count\n" + string.Concat(Enumerable.Range(0, 17).Select(i => $"Firm {i:00},{(i < 10 ? $"{i * 7 % 10}" : "")}\n")));
        foreach (var sort in new[] { "field.head_count", "-field.head_count" })
        {
            var (forth, back, cursor, at) = (new List<string[]>(), new List<string[]>(), "", "");
            JsonElement page;
            do
            {
                page = await importing.GetAsync($"/accounts?sort={sort}&size=4&cursor={Uri.EscapeDataString(cursor)}");
                forth.Add(Names(page));
                cursor = page.Text("next");
            }
            while (cursor.Length > 0);
            for (back.Add(Names(page)); (at = page.Text("previous")).Length > 0; back.Insert(0, Names(page))) page = await importing.GetAsync($"/accounts?sort={sort}&size=4&cursor={Uri.EscapeDataString(at)}");
            var names = forth.SelectMany(p => p).ToArray();
            names.Length.ShouldBe(17);
            names.Distinct().Count().ShouldBe(17);
            back.SelectMany(p => p).ShouldBe(names);
            var expected = Enumerable.Range(0, 10).OrderBy(i => i * 7 % 10).Select(i => $"Firm {i:00}");
            names.Take(10).ShouldBe(sort[0] == '-' ? expected.Reverse() : expected);
        }

        using var pages = await operations.PagesAsync();
        (await pages.GetAsync("/app/accounts?sort=field.langs")).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(17, "a field of many choices has no order; the list stands in its own");
        var csv = await pages.Http.GetStringAsync("/app/accounts.csv?sort=-field.head_count&field.head_count.from=8");
        csv.Trim().Split('\n').Skip(1).Select(l => l.Split(',')[2]).ShouldBe(["Firm 07", "Firm 04"]);

        static string[] Names(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.Text("name"))];
    }

    [SkippableTheory, Databases]
    public async Task A_merge_takes_custom_fields_over_as_it_does_others_and_its_undoing_brings_them_back_unless_changed_since(Database database)
    {
        var (importing, api, operations) = await BeginAsync(database, "accounts");
        await importing.ImportAsync("account,Focus,Head count,Langs,Page\nStays,Retail,1,,https://stays.example/\nGoes,Public sector,2,German; English,\n");
        var (stays, goes) = (await IdAsync(importing, "Stays"), await IdAsync(importing, "Goes"));
        using var pages = await operations.PagesAsync();
        var page = await pages.GetAsync($"/app/accounts/{goes}/merge?into={stays}");
        page.Text.ShouldContain("Langs German; English");
        page.Document.QuerySelectorAll("input[type=radio]").Select(i => i.GetAttribute("name")).Distinct().ShouldBe(["take.name", "take.field.focus", "take.field.head_count"]);
        (await api.PostAsJsonAsync($"/api/v1/accounts/{goes}/merge", new { into = stays, takeFrom = new[] { "field.colour" } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        await pages.SubmitAsync(page, "merge", ("take.name", "into"), ("take.field.focus", "from"), ("take.field.head_count", "into"));

        (await ValuesAsync(api, "accounts", stays)).ShouldBe("focus=Public sector head_count=1 langs=German; English page=https://stays.example/");
        (await importing.GetAsync("/accounts?field.focus=Public+sector")).GetProperty("items").GetArrayLength().ShouldBe(1);
        await WriteAsync(api, "accounts", stays, new { langs = "English" });
        var merge = (await importing.GetAsync("/account-merges")).GetProperty("items")[0].Text("id");
        (await api.PostAsync($"/api/v1/account-merges/{merge}/undo", null)).EnsureSuccessStatusCode();
        (await ValuesAsync(api, "accounts", goes)).ShouldBe("focus=Public sector head_count=2 langs=German; English");
        (await ValuesAsync(api, "accounts", stays)).ShouldBe("focus=Retail head_count=1 langs=English page=https://stays.example/", "somebody has changed the languages since");
    }

    [SkippableTheory, Databases]
    public async Task A_required_field_is_asked_for_wherever_an_account_is_made_or_changed_and_what_lacks_it_stands_in_a_queue(Database database)
    {
        var (importing, api, operations) = await BeginAsync(database, "accounts");
        await importing.ImportAsync("account\nBefore\n");
        using var owner = await operations.Tenant.Administrator.ApiAsync();
        (await owner.PostAsJsonAsync("/api/v1/fields", new { record = "accounts", label = "Cost centre", kind = "text", sight = "staff", required = true })).StatusCode.ShouldBe(HttpStatusCode.Created);

        // Made by API and page.
        var refused = await api.PostAsJsonAsync("/api/v1/accounts", new { name = "Made" });
        ((int)refused.StatusCode, (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty("cost_centre")[0].GetString()).ShouldBe((422, "Cost centre is needed."));
        (await api.PostAsJsonAsync("/api/v1/accounts", new { name = "Made", fields = new { cost_centre = "K-1", focus = "Retail" } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await ValuesAsync(api, "accounts", await IdAsync(importing, "Made"))).ShouldBe("cost_centre=K-1 focus=Retail");
        using var pages = await operations.PagesAsync();
        var form = await pages.GetAsync("/app/accounts/new");
        var again = await pages.SubmitAsync(form, "account", ("Input.Name", "By page"), ("field.cost_centre", ""));
        (again.Status, again.Text.Contains("Cost centre is needed.", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        await pages.SubmitAsync(form, "account", ("Input.Name", "By page"), ("field.cost_centre", "K-2"));
        (await ValuesAsync(api, "accounts", await IdAsync(importing, "By page"))).ShouldBe("cost_centre=K-2");

        // Changed: whoever writes another field is asked for this one.
        var before = await IdAsync(importing, "Before");
        (await api.PatchAsync($"/api/v1/custom-fields/accounts/{before}", JsonContent.Create(new { values = new { focus = "Retail" } }))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await WriteAsync(api, "accounts", await IdAsync(importing, "Made"), new { focus = "Public sector" });

        // A file names its rows; what is there already may be named without it.
        var import = await importing.ImportAsync("account,sector,Cost centre\nBefore,food,\nWithout,retail,\nWith,retail,K-3\n");
        import.Counts().ShouldBe((1, 1, 0, 1, 0));
        (await importing.FindingsAsync(import, "refused")).ShouldHaveSingleItem().Text("why").ShouldBe("Cost centre is needed: a new record cannot be without it.");
        (await (await api.GetAsync($"/api/v1/imports/{import.Text("id")}/refused.csv")).Content.ReadAsStringAsync()).ShouldContain("Without,retail");

        // The queue of data quality leads to what lacks it.
        (await NamesAsync(importing, "/accounts?lacks=account_without_required_field", "name")).ShouldBe(["Before"]);
        (await pages.GetAsync("/app/data-quality/account_without_required_field")).Text.ShouldContain("Before");
        (await importing.GetAsync("/data-quality")).EnumerateArray().Single(g => g.Text("code") == "account_without_required_field").GetProperty("count").GetInt64().ShouldBe(1);
    }

    private static async Task<(Importing Importing, HttpClient Api, TestPerson Operations)> BeginAsync(Database database, string record)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        using var owner = await tenant.Administrator.ApiAsync();
        foreach (var (label, kind, choices) in new[] { ("Focus", "choice", "Retail\nPublic sector"), ("Head count", "number", null), ("Signed", "date", null), ("Langs", "multi", "German\nEnglish"), ("Wholesale", "yes_no", null), ("Page", "link", null) })
        {
            using var answer = await owner.PostAsJsonAsync("/api/v1/fields", new { record, label, kind, sight = "staff", choices, inList = true });
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        }

        var operations = await tenant.StaffAsync(Roles.ChannelOperations);
        var api = await operations.ApiAsync();
        return (new Importing(app, api), api, operations);
    }

    private static async Task<string[]> NamesAsync(Importing importing, string path, string name) => [.. (await importing.GetAsync(path)).GetProperty("items").EnumerateArray().Select(i => i.Text(name))];

    private static async Task<string> IdAsync(Importing importing, string name) =>
        (await importing.GetAsync($"/accounts?q={name}")).GetProperty("items").EnumerateArray().Single(a => a.Text("name") == name).Text("id");

    private static async Task WriteAsync(HttpClient api, string record, string id, object values) =>
        (await api.PatchAsync($"/api/v1/custom-fields/{record}/{id}", JsonContent.Create(new { values }))).EnsureSuccessStatusCode();

    private static async Task<string> ValuesAsync(HttpClient api, string record, string id) =>
        string.Join(' ', (await api.GetFromJsonAsync<JsonElement>($"/api/v1/custom-fields/{record}/{id}")).GetProperty("fields").EnumerateArray()
            .Select(f => (Key: f.Text("key"), Values: string.Join("; ", f.GetProperty("values").EnumerateArray().Select(v => v.GetString())))).Where(f => f.Values.Length > 0).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Values}"));
}
