using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Receipts.Tests;

/// <summary>The list as a file, and keys and chain over the API.</summary>
public sealed class ReceiptsApiTests
{
    [SkippableTheory, Databases]
    public async Task A_changed_tier_has_one_receipt_however_often_it_is_heard(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var world = await ReceiptWorld.CreateAsync(app);
        var (rosa, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        var partner = rosa.Actor.Partner!.Value;
        (await world.Tenant.Administrator.DoAsync<AssignTier, Result<Tier>>(a => a.RunAsync(new TierAssignment(partner, Tier.Gold, "Ten deals won."), default))).Problem.ShouldBeNull();
        await app.DrainAsync();
        var at = (await world.AllAsync<TierChangeRow>()).ShouldHaveSingleItem().At;
        (await world.Tenant.AsSystemAsync<Hears.IssueTierReceipt, Result<Done>>(i => i.RunAsync(new TierGiven(partner, at), default))).Problem.ShouldBeNull();
        var receipt = (await world.AllAsync<Receipt>()).Where(r => r.Kind == ReceiptKind.TierChanged).ShouldHaveSingleItem();
        (receipt.PartnerId, receipt.At).ShouldBe((partner, at));
        receipt.Content.ShouldContain("\"tier\":\"gold\"");
        receipt.Content.ShouldContain("\"tier_before\":\"registered\"");
        receipt.Content.ShouldNotContain("Ten deals won.", Case.Insensitive, "words of people are a commitment");
        (await ReceiptWorld.SeeAsync(rosa, receipt.Id)).Problem.ShouldBeNull();
        (await ReceiptWorld.SeeAsync(other, receipt.Id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
    }

    [Theory]
    [InlineData("de", "Beleg prüfen", "Form der Zusammenarbeit")]
    [InlineData("ar", "التحقق من إيصال", "نمط التعاون")]
    public async Task The_verifier_as_a_file_speaks_the_readers_language_and_knows_the_motion(string language, string title, string motion)
    {
        using var visitor = new PageClient((await TestApp.SharedAsync(Database.Sqlite)).Address);
        visitor.Http.DefaultRequestHeaders.Add("Accept-Language", language);
        var page = await visitor.Http.GetStringAsync("/receipts/verifier.html");
        page.ShouldContain($"<html lang=\"{language}\"");
        var words = JsonDocument.Parse(page.Split("const WORDS = ")[1].Split(";\n")[0]).RootElement;
        (words.GetProperty("Check a receipt").GetString(), words.GetProperty("Motion").GetString()).ShouldBe((title, motion));
        words.GetProperty("Resell").GetString().ShouldNotBe("Resell");
    }

    [SkippableTheory, Databases]
    public async Task Receipts_are_a_file_and_a_workbook_with_the_filter_of_the_page_and_a_partner_has_its_own(Database database)
    {
        var world = await ReceiptWorld.CreateAsync(await TestApp.SharedAsync(database));
        var (one, two) = (await world.PartnerAsync(), await world.PartnerAsync());
        var (own, rival) = ((await world.IssueAsync(one.Actor.Partner!.Value)).Value, (await world.IssueAsync(two.Actor.Partner!.Value)).Value);
        using var portal = await one.PagesAsync();
        (await portal.GetAsync("/portal/receipts?q=globex")).Document.QuerySelector("a[href='/portal/receipts/export.csv?q=globex&as=xlsx']").ShouldNotBeNull();
        var text = await portal.Http.GetStringAsync("/portal/receipts/export.csv");
        (text.Contains(own.ToString()), text.Contains(rival.ToString())).ShouldBe((true, false));
        (await portal.Http.GetStringAsync("/portal/receipts/export.csv?q=initech")).ShouldNotContain(own.ToString());
        using var book = await portal.Http.GetAsync("/portal/receipts/export.csv?as=xlsx");
        book.Content.Headers.ContentType!.MediaType.ShouldBe(Xlsx.ContentType);
        using var staff = await world.Tenant.Administrator.PagesAsync();
        (await staff.GetAsync("/app/receipts")).Document.QuerySelector("a[href='/app/receipts/export.csv?as=xlsx']").ShouldNotBeNull();
    }

    [SkippableTheory, Databases]
    public async Task Search_finds_receipts_by_number_and_by_what_they_are_about_and_a_partner_finds_its_own(Database database)
    {
        var world = await ReceiptWorld.CreateAsync(await TestApp.SharedAsync(database));
        var (one, two) = (await world.PartnerAsync(), await world.PartnerAsync());
        var (own, rival) = ((await world.IssueAsync(one.Actor.Partner!.Value)).Value, (await world.IssueAsync(two.Actor.Partner!.Value)).Value);
        await world.SealAsync();
        var number = (await world.AllAsync<Link>()).Single(l => l.ReceiptId == rival).Sequence;
        async Task<string[]> FindAsync(TestPerson person, string q)
        {
            using var api = await person.ApiAsync();
            return [.. (await api.GetFromJsonAsync<Hit[]>($"/api/v1/search?q={Uri.EscapeDataString(q)}"))!.Where(h => h.Kind == "Receipt").Select(h => h.Href)];
        }

        (await FindAsync(world.Tenant.Administrator, "globex relay")).Order().ShouldBe(new[] { $"/app/receipts/{own}", $"/app/receipts/{rival}" }.Order());
        (await FindAsync(world.Tenant.Administrator, $"receipt {number}")).ShouldBe([$"/app/receipts/{rival}"]);
        (await FindAsync(one, "globex")).ShouldBe([$"/portal/receipts/{own}"]);
        (await FindAsync(one, $"receipt {number}")).ShouldBeEmpty("the number of another partner's receipt");
    }

    [SkippableTheory, Databases]
    public async Task The_chain_is_checked_and_the_key_changed_over_the_api_by_those_who_may(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var world = await ReceiptWorld.CreateAsync(app);
        var partner = await world.PartnerAsync();
        await world.IssueAsync(partner.Actor.Partner!.Value);
        await world.SealAsync();
        using var api = await world.Tenant.Administrator.ApiAsync();
        using var low = await (await world.Tenant.StaffAsync(Roles.PartnerManager)).ApiAsync();
        using var seller = await partner.ApiAsync();
        foreach (var path in new[] { "/api/v1/receipts/chain/check", "/api/v1/receipts/keys" })
        {
            foreach (var barred in new[] { low, seller }) (await barred.PostAsJsonAsync(path, new { reason = "Mine." })).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        (await api.PostAsJsonAsync("/api/v1/receipts/keys", new { })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var before = (await world.AllAsync<KeyRow>()).Count;
        var changed = await api.PostAsJsonAsync("/api/v1/receipts/keys", new { reason = "Yearly change." });
        changed.StatusCode.ShouldBe(HttpStatusCode.Created, await changed.Content.ReadAsStringAsync());
        var key = (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString();
        var keys = await world.AllAsync<KeyRow>();
        (keys.Count, keys.Single(k => k.RetiredAt is null).Id).ShouldBe((before + 1, key));

        var begun = await api.PostAsync("/api/v1/receipts/chain/check", null);
        begun.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var job = (await begun.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("job").GetString();
        await app.DrainAsync();
        var found = (await api.GetFromJsonAsync<JsonElement>("/api/v1/operations/jobs")).GetProperty("items").EnumerateArray().Single(j => j.GetProperty("id").GetString() == job);
        (found.GetProperty("state").GetString(), found.GetProperty("message").GetString()!.StartsWith("All 1 receipts", StringComparison.Ordinal)).ShouldBe(("succeeded", true));
    }
}
