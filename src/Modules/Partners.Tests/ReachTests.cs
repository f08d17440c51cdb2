using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners.Tests;

/// <summary>How far a partner's word reaches counts for its record and for segments.</summary>
public sealed class ReachTests
{
    [SkippableTheory, Databases]
    public async Task Public_reach_is_part_of_completeness_and_a_condition_of_segments(Database database)
    {
        var world = await PartnerWorld.FoundAsync(database);
        var (loud, quiet, mute) = (await world.PartnerAsync("Loud"), await world.PartnerAsync("Quiet"), await world.PartnerAsync("Mute"));
        var before = await GapsAsync(world, loud);
        before.ShouldContain(Gap.Reach);
        foreach (var (partner, followers) in new[] { (loud, 12_000), (quiet, 90) })
            (await world.Manager.DoAsync<SetExpertise, Result<PartnerId>>(s => s.RunAsync((partner, new ExpertiseChanges { Followers = followers, SocialLinks = "loud.example/blog" }), default))).Problem.ShouldBeNull();
        var after = await GapsAsync(world, loud);
        (Lacks.Completeness(after) - Lacks.Completeness(before)).ShouldBe(Lacks.Words(Gap.Reach).Weight);
        (await GapsAsync(world, mute)).ShouldContain(Gap.Reach);

        using var api = await world.Operations.ApiAsync();
        using var made = await api.PostAsJsonAsync("/api/v1/segments", new { name = "Far reach", conditions = new { followersFrom = 1000 } });
        var segment = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        (await api.GetFromJsonAsync<JsonElement>($"/api/v1/segments/{segment}/partners")).GetProperty("items").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["Loud"]);
        (await world.Operations.DoAsync<Work, IReadOnlyList<SegmentRow>>(w => Segments.OfAsync(w, loud, default))).ShouldHaveSingleItem();
        (await api.PostAsJsonAsync("/api/v1/segments", new { name = "Wrong", conditions = new { followersFrom = 10, followersTo = 5 } })).StatusCode.ShouldBe(System.Net.HttpStatusCode.UnprocessableEntity);
        using var pages = await world.Operations.PagesAsync();
        (await pages.GetAsync($"/app/partners/segments/{segment}")).Document.QuerySelector("[name='Input.FollowersFrom']")!.GetAttribute("value").ShouldBe("1000");
        (await pages.GetAsync($"/app/partners/{mute}")).Text.ShouldContain("Public reach unknown");
        (await pages.GetAsync($"/app/partners?gap=reach")).Text.ShouldContain("Mute");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(999, false)]
    [InlineData(1000, true)]
    [InlineData(5001, false)]
    public void Who_has_not_told_its_reach_is_not_meant(int? followers, bool meant) =>
        new Conditions { FollowersFrom = 1000, FollowersTo = 5000 }.Holds(new SegmentSubject(Tier.Gold, PartnerState.Active, "EMEA", "DE", null, null, DateTime.UnixEpoch, PartnerType.Reseller, null, false)
        { Motions = [], Traits = [], Tags = [], Certifications = [], StateSince = DateTime.UnixEpoch, TierSince = DateTime.UnixEpoch, HasCapacity = false, Followers = followers }, DateTime.UtcNow).ShouldBe(meant);

    private static Task<List<Gap>> GapsAsync(PartnerWorld world, PartnerId partner) =>
        world.Operations.DoAsync<Work, List<Gap>>(async w => [.. (await Lacks.OfAsync(w, [partner], default))[partner]]);
}
