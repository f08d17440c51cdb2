using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;

namespace Trellis.Accounts.Tests;

/// <summary>Who lists products over the API, and what of them.</summary>
public sealed class ProductListTests
{
    [SkippableTheory, Databases]
    public async Task A_partner_lists_what_is_sold_without_anything_that_tells_a_price(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        var tenant = await app.TenantAsync();
        using var api = await tenant.Administrator.ApiAsync();
        await new Importing(app, api).ImportAsync("product,series,sales_price\nAnchor,Data,900\nBeacon,Data,100\nCompass,Data,500\n", kind: "products");
        using var partner = await (await tenant.PartnerPersonAsync(new PartnerId(Guid.CreateVersion7()), "Bright")).ApiAsync();
        var items = (await partner.GetFromJsonAsync<JsonElement>("/api/v1/products")).GetProperty("items").EnumerateArray().ToList();
        items.Select(p => p.Text("name")).ShouldBe(["Anchor", "Beacon", "Compass"]);
        items.ShouldAllBe(p => p.GetProperty("listPrice").ValueKind == JsonValueKind.Null);
        (await NamesAsync(partner, "?sort=price")).ShouldBe(["Anchor", "Beacon", "Compass"], "no order tells a price");
        (await NamesAsync(partner, "?sort=-price")).ShouldBe(["Anchor", "Beacon", "Compass"], "no order tells a price");
        (await NamesAsync(api, "?sort=price")).ShouldBe(["Beacon", "Compass", "Anchor"]);
        (await api.GetFromJsonAsync<JsonElement>("/api/v1/products?q=anchor")).GetProperty("items")[0].GetProperty("listPrice").GetInt64().ShouldBe(900_00);

        var other = await app.TenantAsync();
        using var stranger = await other.Administrator.ApiAsync();
        (await NamesAsync(stranger, "")).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_role_that_has_lost_the_permission_lists_no_products(Database database)
    {
        var tenant = await (await TestApp.SharedAsync(database)).TenantAsync();
        using var admin = await tenant.Administrator.ApiAsync();
        var role = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/roles")).EnumerateArray().Single(r => r.Text("code") == Roles.Marketing);
        var left = role.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()!).Where(p => p != AccountsPermissions.ListProducts.Code).ToArray();
        (await admin.PutAsJsonAsync($"/api/v1/roles/{Roles.Marketing}", new { name = role.Text("name"), permissions = left })).EnsureSuccessStatusCode();
        using var marketing = await (await tenant.StaffAsync(Roles.Marketing)).ApiAsync();
        (await marketing.GetAsync("/api/v1/products")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var finance = await (await tenant.StaffAsync(Roles.Finance)).ApiAsync();
        (await finance.GetAsync("/api/v1/products")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var nobody = new HttpClient { BaseAddress = new Uri(tenant.App.Address) };
        (await nobody.GetAsync("/api/v1/products")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<IEnumerable<string>> NamesAsync(HttpClient api, string query) => (await api.GetFromJsonAsync<JsonElement>("/api/v1/products" + query)).GetProperty("items").EnumerateArray().Select(p => p.Text("name"));
}
