using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Trellis.Deals.Life.Uploads;
using Trellis.Kernel;
using Trellis.Testing;
using Xunit;

namespace Trellis.Deals.Tests;

/// <summary>Custom fields that the vendor wants to know are asked for where a partner registers: on the page, over the API, in a table; a draft may lack them.</summary>
public sealed class AskedFieldTests
{
    [SkippableTheory, Databases]
    public async Task A_required_field_is_asked_for_wherever_a_deal_is_registered_and_a_draft_may_lack_it(Database database)
    {
        var (world, partner) = await BeginAsync(database);
        using var api = await partner.ApiAsync();

        // Over the API: without it refused, with it kept.
        var refused = await api.PostAsJsonAsync("/api/v1/deals", Body(world, "Ashby Mills"));
        ((int)refused.StatusCode, (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty("budget")[0].GetString()).ShouldBe((422, "Budget is needed."));
        (await api.PostAsJsonAsync("/api/v1/deals", Body(world, "Ashby Mills", new { budget = "perhaps" }))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync("/api/v1/deals", Body(world, "Ashby Mills", new { secret = "x", budget = "yes" }))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "the vendor's own field");
        var made = await MadeAsync(api, Body(world, "Ashby Mills", new { budget = "yes", rival = "Westwind" }));
        (await ValuesAsync(api, made)).ShouldBe("budget=yes rival=Westwind");

        // A draft may lack it, and is asked when it is sent; what was kept with it counts.
        var draft = await MadeAsync(api, Body(world, "Byfield Works", new { rival = "Nobody" }, draft: true));
        (await api.PostAsync($"/api/v1/deals/{draft}/submit", null)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PatchAsync($"/api/v1/deals/{draft}", JsonContent.Create(Body(world, "Byfield Works", new { budget = "no" }, draft: true)))).EnsureSuccessStatusCode();
        (await api.PostAsync($"/api/v1/deals/{draft}/submit", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ValuesAsync(api, draft)).ShouldBe("budget=no rival=Nobody");

        // The change of a draft's field is in the audit, and a change of a sent registration does not swallow one.
        (await world.Tenant.AsSystemAsync<Db, int>(db => db.Set<AuditEntry>().CountAsync(a => a.Subject == draft && a.Action == "deals.custom_fields"))).ShouldBe(1);
        (await api.PostAsJsonAsync($"/api/v1/deals/{made}/amend", new { deal = Body(world, "Ashby Mills", new { budget = "no" }) })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        // What was registered before is not asked again.
        (await api.PostAsync($"/api/v1/deals/{made}/submit", null)).StatusCode.ShouldNotBe(HttpStatusCode.UnprocessableEntity);
    }

    [SkippableTheory, Databases]
    public async Task The_page_asks_keeps_what_was_typed_and_the_draft_shows_it_again(Database database)
    {
        var (world, partner) = await BeginAsync(database);
        using var pages = await partner.PagesAsync();
        var form = await pages.GetAsync("/portal/deals/new");
        form.Document.QuerySelector("select[name='field.budget']")!.GetAttribute("aria-required").ShouldBe("true");
        form.Document.QuerySelector("details input[name='field.rival']").ShouldNotBeNull("what is not needed does not stand in the way");
        form.Text.ShouldNotContain("field.secret");
        (string, string)[] Typed(string budget, string rival) =>
        [
            ("Input.CustomerName", "Corran Line"), ("Input.Country", "DE"), ("Input.Product", world.Relay.ToString()), ("Input.Amount", "12000"),
            ("Input.ExpectedClose", DateTime.UtcNow.AddDays(60).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("field.budget", budget), ("field.rival", rival),
        ];
        var again = await pages.SubmitAsync(form, "deal", [.. Typed("", "Westwind"), ("Input.Act", "register")]);
        (again.Status, again.Text.Contains("Budget is needed.", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        again.Document.QuerySelector("input[name='field.rival']")!.GetAttribute("value").ShouldBe("Westwind");

        await pages.SubmitAsync(form, "deal", [.. Typed("", "Westwind"), ("Input.Act", "draft")]);
        var link = (await pages.GetAsync("/portal/deals")).Document.QuerySelector("a[href^='/portal/deals/new?draft=']")!.GetAttribute("href")!;
        var draft = await pages.GetAsync(link);
        draft.Document.QuerySelector("input[name='field.rival']")!.GetAttribute("value").ShouldBe("Westwind");
        var sent = await pages.SubmitAsync(draft, "deal", [.. Typed("yes", "Westwind"), ("Input.Act", "register")]);
        sent.Text.ShouldNotContain("Budget is needed.");
        using var api = await partner.ApiAsync();
        (await ValuesAsync(api, link.Split('=')[1])).ShouldBe("budget=yes rival=Westwind");
    }

    [SkippableTheory, Databases]
    public async Task A_table_may_have_a_column_for_it_and_a_row_without_it_is_not_registered(Database database)
    {
        var (_, partner) = await BeginAsync(database);
        var close = DateTime.UtcNow.AddDays(50).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var table = $"Customer;Country;Product;Amount;Expected close;Budget\nDorset Yards;DE;Relay;12000;{close};yes\nElmet Yards;DE;Relay;12000;{close};\n";
        var upload = await partner.DoAsync<UploadDeals, Result<UploadId>>(u => u.RunAsync(new UploadInput("deals.csv", Encoding.UTF8.GetBytes(table)), default));
        upload.Problem.ShouldBeNull();
        var rows = (await partner.DoAsync<Work, Result<UploadDetail>>(w => UploadPages.FindAsync(w, upload.Value, default))).Value.Rows;
        rows.Select(r => (r.Customer, r.State)).ShouldBe([("Dorset Yards", UploadRowState.Ready), ("Elmet Yards", UploadRowState.Refused)]);
        rows[1].Message.ShouldBe("Budget is needed.");
    }

    private static async Task<(DealWorld World, TestPerson Partner)> BeginAsync(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        using var administrator = await world.Tenant.Administrator.ApiAsync();
        foreach (var (key, kind, sight, required) in new[] { ("budget", "yes_no", "partner_writes", true), ("rival", "text", "partner_writes", false), ("secret", "text", "staff", true) })
            (await administrator.PostAsJsonAsync("/api/v1/fields", new { record = "deals", label = char.ToUpperInvariant(key[0]) + key[1..], key, kind, sight, required })).EnsureSuccessStatusCode();
        return (world, await world.PartnerAsync());
    }

    private static object Body(DealWorld world, string customer, object? fields = null, bool draft = false) => new
    {
        customerName = customer, country = "DE", product = world.Relay.ToString(), amount = 1_200_000, expectedClose = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60), draft, fields,
    };

    private static async Task<string> MadeAsync(HttpClient api, object body)
    {
        var made = await api.PostAsJsonAsync("/api/v1/deals", body);
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<string> ValuesAsync(HttpClient api, string deal) =>
        string.Join(' ', (await api.GetFromJsonAsync<JsonElement>($"/api/v1/custom-fields/deals/{deal}")).GetProperty("fields").EnumerateArray()
            .Select(f => (Key: f.GetProperty("key").GetString(), Values: string.Join("; ", f.GetProperty("values").EnumerateArray().Select(v => v.GetString())))).Where(f => f.Values.Length > 0)
            .OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Values}"));
}
