using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Partners.Assets;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests;

public sealed class AssetTests
{
    [SkippableTheory, Databases]
    public async Task What_a_partner_offers_is_reviewed_and_other_partners_see_only_what_its_owner_opens(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (one, two) = (await world.PartnerAsync("Maker", p => p with { Manager = world.Manager.Actor.Person }), await world.PartnerAsync("Neighbour"));
        var (maker, neighbour) = (await world.Tenant.PartnerPersonAsync(one, "Maker", Roles.PartnerAdmin), await world.Tenant.PartnerPersonAsync(two, "Neighbour", Roles.PartnerAdmin));
        using var portal = await maker.ApiAsync();
        using var other = await neighbour.ApiAsync();
        using var staff = await world.Manager.ApiAsync();
        (await portal.PostAsJsonAsync("/api/v1/partner-catalogue", new { kind = "app", name = "", description = "x", link = "javascript:alert(1)" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await portal.PostAsJsonAsync("/api/v1/partner-catalogue", new { kind = "app", name = "Foreign file", description = "x", file = Ids.New<FileId>(DateTime.UtcNow).ToString() })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await staff.PostAsJsonAsync("/api/v1/partner-catalogue", new { kind = "app", name = "Staff", description = "x" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var made = await portal.PostAsJsonAsync("/api/v1/partner-catalogue", new { kind = "accelerator", name = "Ward starter", description = "Sets up a ward in a day.", products = "Relay, Vault", verticals = "Healthcare", link = "maker.example/ward", terms = "Free", forPartners = true });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();

        (await other.GetAsync($"/api/v1/partner-catalogue/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "it is not published");
        (await portal.PostAsJsonAsync($"/api/v1/partner-catalogue/{id}/review", new { trigger = "publish" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await staff.PostAsJsonAsync($"/api/v1/partner-catalogue/{id}/review", new { trigger = "return" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var pages = await world.Manager.PagesAsync();
        var page = await pages.GetAsync($"/app/partners/catalogue/{id}");
        page.Text.ShouldContain("Sets up a ward");
        (await pages.SubmitAsync(page, "review", ("Act", "publish"))).Text.ShouldContain("It is in the catalogue now.");

        var seen = await other.GetFromJsonAsync<JsonElement>($"/api/v1/partner-catalogue/{id}");
        (seen.GetProperty("partnerName").GetString(), seen.GetProperty("state").GetString()).ShouldBe(("Maker", "published"));
        (await other.PostAsJsonAsync($"/api/v1/partner-catalogue/{id}/withdraw", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.PutAsJsonAsync($"/api/v1/partner-catalogue/{id}", new { kind = "app", name = "Mine now", description = "x" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetFromJsonAsync<JsonElement>("/api/v1/partner-catalogue?vertical=Healthcare&product=Vault&kind=accelerator&q=ward")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await other.GetFromJsonAsync<JsonElement>("/api/v1/partner-catalogue?vertical=Retail")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await staff.GetStringAsync($"/api/v1/partners/{one}/contributions")).ShouldContain("Ward starter");
        (await staff.GetStringAsync("/api/v1/search?q=ward")).ShouldContain("Ward starter");
        using var neighbours = await neighbour.PagesAsync();
        (await neighbours.GetAsync("/portal/catalogue")).Text.ShouldContain("Ward starter");
        (await neighbours.GetAsync("/portal/catalogue?mine=yes")).Text.ShouldNotContain("Ward starter");
        (await neighbours.GetAsync($"/portal/catalogue/{id}")).Text.ShouldNotContain("Take it out of the catalogue");
        (await pages.Http.GetStringAsync("/app/partners/catalogue.csv")).ShouldContain("Ward starter");

        // Not for partners any more, and looked at again.
        (await portal.PutAsJsonAsync($"/api/v1/partner-catalogue/{id}", new { kind = "accelerator", name = "Ward starter", description = "Now with sensors." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync($"/api/v1/partner-catalogue/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await staff.PostAsJsonAsync($"/api/v1/partner-catalogue/{id}/review", new { trigger = "publish" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync($"/api/v1/partner-catalogue/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "its owner shows it to the vendor only");
        (await staff.PostAsJsonAsync($"/api/v1/partner-catalogue/{id}/review", new { trigger = "return", reason = "Say which products" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var own = await maker.PagesAsync();
        var entry = await own.GetAsync($"/portal/catalogue/{id}");
        entry.Text.ShouldContain("Say which products");
        (await own.SubmitAsync(entry, "withdraw")).Text.ShouldContain("It is not in the catalogue any more.");
        (await staff.PostAsJsonAsync($"/api/v1/partner-catalogue/{id}/review", new { trigger = "publish" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var stranger = await (await PartnerWorld.FoundAsync(database)).Operations.ApiAsync();
        (await stranger.GetAsync($"/api/v1/partner-catalogue/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task The_file_of_an_entry_goes_to_whoever_sees_the_entry_and_to_nobody_else(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (one, two) = (await world.PartnerAsync("Filer"), await world.PartnerAsync("Reader"));
        var maker = await world.Tenant.PartnerPersonAsync(one, "Filer", Roles.PartnerAdmin);
        using var portal = await maker.ApiAsync();
        using var sent = await portal.PostAsync($"/api/v1/partners/{one}/files?name=method.txt", new StringContent("Seven steps"));
        var file = (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        using var made = await portal.PostAsJsonAsync("/api/v1/partner-catalogue", new { kind = "method", name = "Seven steps", description = "How we do it", file, forPartners = true });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        using var other = await (await world.Tenant.PartnerPersonAsync(two, "Reader", Roles.PartnerSales)).ApiAsync();
        (await other.GetAsync($"/api/v1/partner-catalogue/{id}/file")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await world.Operations.DoAsync<ReviewAsset, Result<AssetState>>(r => r.RunAsync((Ids.Parse<AssetId>(id)!.Value, new AssetMove(AssetTrigger.Publish)), default))).Problem.ShouldBeNull();
        (await other.GetStringAsync($"/api/v1/partner-catalogue/{id}/file")).ShouldBe("Seven steps");
        (await other.GetAsync($"/api/v1/partners/{one}/files/{file}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var pages = await maker.PagesAsync();
        var change = await pages.GetAsync($"/portal/catalogue/{id}");
        change.Text.ShouldContain("Saving takes it out of the catalogue");
        await pages.SubmitAsync(change, "asset", ("Input.RemoveFile", "true"));
        (await portal.GetFromJsonAsync<JsonElement>($"/api/v1/partner-catalogue/{id}")).TryGetProperty("file", out var left).ShouldBe(left.ValueKind == JsonValueKind.Null);
        (await portal.GetAsync($"/api/v1/partner-catalogue/{id}/file")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        // Of a partner that is suspended, others read nothing; the vendor and the owner do.
        (await world.Operations.DoAsync<ReviewAsset, Result<AssetState>>(r => r.RunAsync((Ids.Parse<AssetId>(id)!.Value, new AssetMove(AssetTrigger.Publish)), default))).Problem.ShouldBeNull();
        (await world.MoveAsync(one, PartnerTrigger.Suspend, "Unpaid")).Problem.ShouldBeNull();
        using var staff = await world.Manager.ApiAsync();
        (await other.GetAsync($"/api/v1/partner-catalogue/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await staff.GetAsync($"/api/v1/partner-catalogue/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.GetAsync($"/api/v1/partner-catalogue/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var form = await pages.GetAsync("/portal/catalogue/new");
        var saved = await pages.SubmitAsync(form, "asset", ("Input.Kind", "template"), ("Input.Name", "Offer sheet"), ("Input.Description", "One page"));
        saved.Text.ShouldContain("It is offered.");
    }
}
