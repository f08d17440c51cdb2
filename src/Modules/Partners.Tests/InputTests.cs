using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Partners.Listing;
using Trellis.Partners.Published;

namespace Trellis.Partners.Tests;

/// <summary>What nobody can mean is refused, or finds nothing.</summary>
public sealed class InputTests
{
    [SkippableTheory, Databases]
    public async Task A_day_before_all_partnerships_a_country_that_is_none_and_a_text_too_long_are_not_taken(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var id = await world.PartnerAsync("Dated");
        using var api = await world.Operations.ApiAsync();
        (await world.Operations.DoAsync<SetMotion, Result<Motion>>(s => s.RunAsync((id, Motion.Resell, new MotionSetting(null, null, null, DateOnly.MinValue)), default))).Problem!.Errors.Keys.ShouldContain("since");
        (await world.Operations.DoAsync<SetMotion, Result<Motion>>(s => s.RunAsync((id, Motion.Resell, new MotionSetting(null, null, null, new DateOnly(1950, 1, 1))), default))).Problem.ShouldBeNull();
        (await api.PostAsJsonAsync("/api/v1/segments/preview", new { countries = new[] { "Germany" } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync("/api/v1/segments/preview", new { regions = new[] { "Europe" } })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await (await api.PostAsJsonAsync("/api/v1/segments/preview", new { countries = new[] { "DE" } })).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("partners").GetInt32().ShouldBe(1);
        (await api.GetFromJsonAsync<JsonElement>($"/api/v1/partners?q={new string('x', 2000)}")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await api.GetFromJsonAsync<JsonElement>("/api/v1/partners?q=dated")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task The_directory_counts_the_countries_of_what_was_found(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        await world.Operations.DoAsync<SetDirectory, Result<Done>>(s => s.RunAsync(new DirectoryInput(true, false, "Our partners", null), default));
        foreach (var (name, country) in new[] { ("Elbe One", "DE"), ("Elbe Two", "DE"), ("Seine One", "FR"), ("Meuse One", "BE") })
        {
            var id = await world.PartnerAsync(name, p => p with { Country = country, EvenIfSimilar = true });
            var admin = await world.Tenant.PartnerPersonAsync(id, name, Roles.PartnerAdmin);
            (await admin.DoAsync<SetListing, Result<Done>>(s => s.RunAsync((id, new ListingInput(true)), default))).Problem.ShouldBeNull();
        }

        using var strangers = new PageClient(world.Tenant.App.Address);
        var address = $"/partners?program={world.Tenant.Id}";
        (await strangers.GetAsync(address)).Text.ShouldContain("4 partners in 3 countries");
        var german = await strangers.GetAsync(address + "&country=DE");
        german.Text.ShouldSatisfyAllConditions(t => t.ShouldContain("2 partners"), t => t.ShouldNotContain("countries\n"), t => t.ShouldNotContain("2 partners in"));
        german.Document.QuerySelectorAll("circle.t-map-dot").Length.ShouldBe(3, "the map shows where else one could look");
        (await strangers.GetAsync($"{address}&q={new string('x', 2000)}")).Text.ShouldContain("Nobody fits");
    }

    [Fact]
    public void Dots_on_the_map_hide_none_and_small_ones_lie_above()
    {
        (string, int)[] europe = [("DE", 90), ("NL", 3), ("BE", 4), ("LU", 1), ("CH", 12), ("AT", 9), ("CZ", 2), ("FR", 40), ("PL", 5), ("DK", 6), ("GB", 30), ("GG", 1), ("JE", 1)];
        var dots = MapDots.Of(europe);
        dots.Select(d => d.Radius).ShouldBe(dots.Select(d => d.Radius).OrderDescending());
        foreach (var (one, other) in dots.SelectMany((one, i) => dots.Skip(i + 1).Select(other => (one, other))))
            Math.Sqrt(Math.Pow(one.X - other.X, 2) + Math.Pow(one.Y - other.Y, 2)).ShouldBeGreaterThan(Math.Max(one.Radius, other.Radius) * 0.8, $"{one.Country} and {other.Country}");
        dots.ShouldAllBe(d => d.X >= 0 && d.X <= WorldMap.Width && d.Y >= 0 && d.Y <= WorldMap.Height);
        MapDots.Of([("DE", 1)]).Single().ShouldSatisfyAllConditions(d => d.X.ShouldBe(423), d => d.Y.ShouldBe(73));
    }
}
