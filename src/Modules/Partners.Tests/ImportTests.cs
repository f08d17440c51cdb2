using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Partners.Imports;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests;

public sealed class ImportTests
{
    private static async Task<JsonElement> UploadAsync(HttpClient api, string csv, string name = "partners.csv")
    {
        using var answer = await api.PostAsync($"/api/v1/partner-imports?name={name}", new StringContent(csv, Encoding.UTF8, "text/csv"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<JsonElement> PostAsync(HttpClient api, string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await api.PostAsJsonAsync(path, body ?? new { });
        answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static (int Created, int Updated, int Unchanged, int Refused) Counts(JsonElement import) =>
        (import.GetProperty("created").GetInt32(), import.GetProperty("updated").GetInt32(), import.GetProperty("unchanged").GetInt32(), import.GetProperty("refused").GetInt32());

    [SkippableTheory, Databases]
    public async Task A_file_makes_new_partners_changes_known_ones_and_is_taken_back_but_for_what_was_changed_since(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        (await api.PostAsJsonAsync("/api/v1/fields", new { record = "partners", label = "Tax number", kind = "text", sight = "staff" })).EnsureSuccessStatusCode();
        var known = await world.PartnerAsync("Known One", p => p with { Website = "known-one.example", City = "Berlin" });
        var taxed = await world.PartnerAsync("Taxed", p => p with { Fields = new() { ["tax_number"] = "DE 123" } });
        var same = await world.PartnerAsync("Same Co", p => p with { City = "Bonn" });
        var import = await UploadAsync(api, "Company,Website,Country,Type,City,Tax number,Tier,Motions,Partner manager\r\n"
            + "Known,https://www.known-one.example/about,Germany,reseller,Hamburg,,,,\r\n"
            + $"Renamed by tax,,DE,,,de123,,,\r\n"
            + "Same Co,,DE,,Bonn,,,,\r\n"
            + $"Brand New,brand-new.example,France,System integrator,Lyon,FR9,gold,\"Resell, Co-sell\",{world.Manager.Email}\r\n"
            + "Second New,second-new.example,es,reseller,,,,,\r\n");
        var id = import.GetProperty("id").GetString();
        import.GetProperty("mapping").GetProperty("field.tax_number").GetString().ShouldBe("Tax number");
        var seen = await PostAsync(api, $"/api/v1/partner-imports/{id}/check", new { state = "active" });
        Counts(seen).ShouldBe((2, 2, 1, 0));
        (await world.ReadAsync(known)).City.ShouldBe("Berlin", "a check writes nothing");
        var rows = await api.GetFromJsonAsync<JsonElement>($"/api/v1/partner-imports/{id}/rows?outcome=update");
        rows[0].GetProperty("lines").EnumerateArray().Select(l => l.GetString()).ShouldContain("Town: Berlin → Hamburg");

        await PostAsync(api, $"/api/v1/partner-imports/{id}/write", expected: HttpStatusCode.Accepted);
        await world.Tenant.App.DrainAsync();
        var written = await api.GetFromJsonAsync<JsonElement>($"/api/v1/partner-imports/{id}");
        written.GetProperty("state").GetString().ShouldBe("written");
        Counts(written).ShouldBe((2, 2, 1, 0));
        (await world.ReadAsync(known)).City.ShouldBe("Hamburg");
        (await world.ReadAsync(taxed)).Name.ShouldBe("Renamed by tax");
        (await world.ReadAsync(same)).City.ShouldBe("Bonn");
        var made = (await api.GetFromJsonAsync<JsonElement>("/api/v1/partners?q=brand-new")).GetProperty("items")[0];
        (made.GetProperty("country").GetString(), made.GetProperty("tier").GetString(), made.GetProperty("state").GetString(), made.GetProperty("managerName").GetString()).ShouldBe(("FR", "gold", "active", "Sam Staff"));
        made.GetProperty("motions").GetArrayLength().ShouldBe(2);

        // A second time the same file changes nothing.
        var again = await UploadAsync(api, "Company,Website,Country,Type\nBrand New,brand-new.example,France,System integrator\n");
        Counts(await PostAsync(api, $"/api/v1/partner-imports/{again.GetProperty("id").GetString()}/check")).ShouldBe((0, 0, 1, 0));

        var second = Ids.Parse<PartnerId>((await api.GetFromJsonAsync<JsonElement>("/api/v1/partners?q=second-new")).GetProperty("items")[0].GetProperty("id").GetString()!)!.Value;
        (await world.Operations.DoAsync<UpdatePartner, Result<PartnerId>>(u => u.RunAsync((second, new ProfileChanges { City = "Madrid" }), default))).Problem.ShouldBeNull();
        using var pages = await world.Operations.PagesAsync();
        var page = await pages.GetAsync($"/app/partners/imports/{id}");
        (await pages.SubmitAsync(page, "takeback")).Status.ShouldBe(HttpStatusCode.OK);
        await world.Tenant.App.DrainAsync();
        var back = await api.GetFromJsonAsync<JsonElement>($"/api/v1/partner-imports/{id}");
        (back.GetProperty("state").GetString(), back.GetProperty("removed").GetInt32(), back.GetProperty("restored").GetInt32(), back.GetProperty("kept").GetInt32()).ShouldBe(("taken_back", 1, 2, 1));
        (await world.ReadAsync(known)).City.ShouldBe("Berlin");
        (await world.ReadAsync(taxed)).Name.ShouldBe("Taxed");
        (await api.GetFromJsonAsync<JsonElement>("/api/v1/partners?q=brand-new")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await world.ReadAsync(second)).City.ShouldBe("Madrid");
        (await pages.GetAsync($"/app/partners/imports/{id}?show=create")).Text.ShouldContain("It was changed since.");
    }

    [SkippableTheory, Databases]
    public async Task Every_fault_of_a_row_is_named_and_the_file_of_refused_rows_says_them_again(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        var import = await UploadAsync(api, "name;country;type;employees;revenue;motions\nGood;DE;reseller;;;\nBad;Atlantis;bakery;many;;Dance\nGood;DE;reseller;;;\n;DE;reseller;;;\n");
        var id = import.GetProperty("id").GetString();
        Counts(await PostAsync(api, $"/api/v1/partner-imports/{id}/check")).ShouldBe((1, 0, 0, 3));
        var refused = await api.GetFromJsonAsync<JsonElement>($"/api/v1/partner-imports/{id}/rows?outcome=refused");
        var bad = refused[0].GetProperty("lines").EnumerateArray().Select(l => l.GetString()!).ToList();
        foreach (var field in new[] { "Country", "Kind of company", "Employees", "Motions" }) bad.ShouldContain(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        refused[1].GetProperty("lines")[0].GetString().ShouldBe("Row 2 is about the same company.");
        refused[2].GetProperty("lines")[0].GetString()!.ShouldContain("name");
        (await api.GetStringAsync($"/api/v1/partner-imports/{id}/refused.csv")).ShouldContain("Atlantis");
        using var pages = await world.Operations.PagesAsync();
        (await pages.GetAsync($"/app/partners/imports/{id}")).Text.ShouldContain("Atlantis");
        (await pages.GetAsync("/app/partners/imports")).Text.ShouldContain("partners.csv");

        await PostAsync(api, $"/api/v1/partner-imports/{id}/check", new { columns = new { name = "nowhere" } }, HttpStatusCode.UnprocessableEntity);
        await PostAsync(api, $"/api/v1/partner-imports/{id}/check", new { columns = new { city = "name" } }, HttpStatusCode.UnprocessableEntity);
        foreach (var broken in new[] { "", "name,country", "name\n" + string.Concat(Enumerable.Range(0, 10_001).Select(i => $"P{i}\n")), "\0\0\0" })
        {
            using var answer = await api.PostAsync("/api/v1/partner-imports", new StringContent(broken, Encoding.UTF8, "text/csv"));
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
    }

    [SkippableTheory, Databases]
    public async Task Nobody_imports_who_may_not_and_no_other_company_sees_the_import(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        var id = (await UploadAsync(api, "name,country,type\nOne,DE,reseller\n")).GetProperty("id").GetString();
        using var manager = await world.Manager.ApiAsync();
        (await manager.GetAsync($"/api/v1/partner-imports/{id}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var partner = await world.PartnerAsync("Portal");
        using var portal = await (await world.Tenant.PartnerPersonAsync(partner, "Portal", Roles.PartnerAdmin)).ApiAsync();
        (await portal.GetAsync("/api/v1/partner-imports")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var stranger = await (await PartnerWorld.FoundAsync(database)).Operations.ApiAsync();
        (await stranger.GetAsync($"/api/v1/partner-imports/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PostAsJsonAsync($"/api/v1/partner-imports/{id}/write", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("240", 240)]
    [InlineData("240.0", 240)]
    [InlineData("240,00", 240)]
    [InlineData("1,200", 1200)]
    [InlineData("1.200", 1200)]
    [InlineData("1 234 567", 1_234_567)]
    [InlineData("1.234.567,0", 1_234_567)]
    [InlineData("12.5", null)]
    [InlineData("1,20", null)]
    [InlineData("12,34.5", null)]
    [InlineData("1.200,000", null)]
    [InlineData("1,200.300", null)]
    [InlineData("99999999999", null)]
    [InlineData("-3", null)]
    [InlineData("", null)]
    public void A_number_of_people_is_read_as_it_is_meant_or_not_at_all(string written, int? count) => Headcount.Read(written).ShouldBe(count);

    [Theory]
    [InlineData("https://www.facebook.com/a", null)]
    [InlineData("https://de.linkedin.com/company/a", null)]
    [InlineData("https://sites.google.com/view/a", null)]
    [InlineData("https://acme.github.io", "acme.github.io")]
    [InlineData("https://www.acme.example/about", "acme.example")]
    public void A_host_that_many_companies_share_names_none_of_them(string website, string? domain) => Profiles.Domain(website).ShouldBe(domain);

    [Theory]
    [InlineData("\"Name, legal, full, long\";Ort\nA;B\n")]
    [InlineData("sep=;\r\nName;Ort, Land, Kreis\r\nA;B\r\n")]
    [InlineData("\"sep=;\"\nName;Ort\nA;B\n")]
    public void The_sign_between_columns_is_found_outside_of_quotes_or_named_by_the_first_line(string csv)
    {
        var table = PartnerTable.Read(Encoding.UTF8.GetBytes(csv)).Value;
        table.Header.Length.ShouldBe(2);
        table.Rows.ShouldHaveSingleItem().Cells.ShouldBe(["A", "B"]);
    }

    [SkippableTheory, Databases]
    public async Task The_check_refuses_what_the_writing_would_and_other_companies_are_made_once_somebody_says_so(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        await world.PartnerAsync("Nordlicht Systems GmbH", p => p with { City = "Kiel" });
        (await world.Operations.DoAsync<WordLists.KeepWordList, Result<TraitKind>>(k => k.RunAsync((TraitKind.Vertical, new WordLists.WordListInput("Retail", true)), default))).Problem.ShouldBeNull();
        (await api.PutAsJsonAsync("/api/v1/partner-field-owners", new { owners = new { tier = "crm" } })).EnsureSuccessStatusCode();
        var import = await UploadAsync(api, "name,country,type,city,industry,tier\nNordlicht Systems,DE,reseller,Kiel,,\nQuite New,FR,reseller,Lyon,,\nQuite New SA,FR,reseller,Lyon,,\nWordy,ES,reseller,,Moonshine,\nRanked,IT,reseller,,,gold\n");
        var id = import.GetProperty("id").GetString();
        Counts(await PostAsync(api, $"/api/v1/partner-imports/{id}/check")).ShouldBe((1, 0, 0, 4));
        var faults = await LinesAsync(api, id, "refused");
        faults[0].ShouldContain("It looks like the partner “Nordlicht Systems GmbH”");
        faults[1].ShouldContain("It looks like the company of row 3");
        faults[2].ShouldContain("“Moonshine” is not on the list");
        faults[3].ShouldContain("Tier belongs to the CRM");
        Counts(await PostAsync(api, $"/api/v1/partner-imports/{id}/check", new { otherCompanies = true })).ShouldBe((3, 0, 0, 2));
        await PostAsync(api, $"/api/v1/partner-imports/{id}/write", expected: HttpStatusCode.Accepted);
        await world.Tenant.App.DrainAsync();
        Counts(await api.GetFromJsonAsync<JsonElement>($"/api/v1/partner-imports/{id}")).ShouldBe((3, 0, 0, 2), "what the check promised is what was written");
    }

    [SkippableTheory, Databases]
    public async Task The_check_lists_what_a_new_partner_gets_and_which_cells_are_not_taken_and_nobody_is_told_row_by_row(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        using var api = await world.Operations.ApiAsync();
        await world.PartnerAsync("Here Already", p => p with { City = "Bonn" });
        var import = await UploadAsync(api, $"name,country,type,city,tier,manager,motions,status\nHere Already,DE,reseller,Bonn,gold,{world.Manager.Email},Resell,Active\nNewcomer,DE,reseller,Ulm,silver,{world.Manager.Email},Resell,Active\n");
        var id = import.GetProperty("id").GetString();
        Counts(await PostAsync(api, $"/api/v1/partner-imports/{id}/check")).ShouldBe((1, 0, 1, 0));
        var create = (await LinesAsync(api, id, "create")).Single();
        foreach (var line in new[] { "Town: Ulm", "Kind of company: Reseller", "Tier: Silver", "Manager: Sam Staff", "Status: Active", "Motions: Resell" }) create.ShouldContain(line);
        var ignored = (await LinesAsync(api, id, "unchanged")).Single();
        foreach (var field in new[] { "Tier", "Manager", "Motions" }) ignored.ShouldContain($"{field}: only new partners get it");
        ignored.ShouldNotContain("Status:", Case.Sensitive, "it is what the partner has");
        using var pages = await world.Operations.PagesAsync();
        pages.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        (await pages.GetAsync($"/app/partners/imports/{id}?show=create")).Text.ShouldContain("Ulm");

        await PostAsync(api, $"/api/v1/partner-imports/{id}/write", expected: HttpStatusCode.Accepted);
        await world.Tenant.App.DrainAsync();
        using var manager = await world.Manager.ApiAsync();
        (await manager.GetStringAsync("/api/v1/notifications")).ShouldNotContain("Newcomer");
        var made = Ids.Parse<PartnerId>((await api.GetFromJsonAsync<JsonElement>("/api/v1/partners?q=newcomer")).GetProperty("items")[0].GetProperty("id").GetString()!)!.Value;
        await PostAsync(api, $"/api/v1/partner-imports/{id}/take-back", expected: HttpStatusCode.Accepted);
        await world.Tenant.App.DrainAsync();
        (await api.GetFromJsonAsync<JsonElement>($"/api/v1/partner-imports/{id}")).GetProperty("removed").GetInt32().ShouldBe(1);
        (await world.Operations.DoAsync<Work, int>(w => w.Db.Set<Motions.MotionChange>().CountAsync(m => m.PartnerId == made))).ShouldBe(0);
    }

    [Theory]
    [InlineData("Town: Open → Hamburg", "Town!: Open → Hamburg")]
    [InlineData("Kind of company: Reseller → Distributor", "Kind of company!: Reseller! → Distributor!")]
    [InlineData("Tier: only new partners get it from a file; it stays as it is.", "Tier!: only new partners get it from a file; it stays as it is.!")]
    public void A_change_is_told_in_the_language_of_the_reader_but_for_what_people_have_typed(string line, string told) => ImportLines.Retold(line, word => word + "!").ShouldBe(told);

    private static async Task<List<string>> LinesAsync(HttpClient api, string? id, string outcome) =>
        [.. (await api.GetFromJsonAsync<JsonElement>($"/api/v1/partner-imports/{id}/rows?outcome={outcome}")).EnumerateArray().Select(r => string.Join("\n", r.GetProperty("lines").EnumerateArray().Select(l => l.GetString())))];

    [Fact]
    public void A_workbook_and_a_file_of_windows_letters_are_read_as_they_are_shown()
    {
        var windows = PartnerTable.Read(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("Name;Ort\r\n\"Müller; Söhne\";Köln\r\n\r\n")).Value;
        windows.Header.ShouldBe(["Name", "Ort"]);
        windows.Rows.ShouldHaveSingleItem().Cells.ShouldBe(["Müller; Söhne", "Köln"]);
        PartnerTable.Read([0x50, 0x4B, 0x03, 0x04, 1, 2, 3]).Problem.ShouldNotBeNull();
        PartnerTable.Read("a,a,\n1,2,3\n"u8.ToArray()).Value.Header.ShouldBe(["a", "a (2)", "Column 3"]);
    }
}
