using System.Net;
using System.Net.Http.Json;
using Trellis.Deals.Published;
using Trellis.Identity.Published;

namespace Trellis.Insights.Tests;

/// <summary>The first page of each role, and what of partners' deals the direct team reads there and behind figures.</summary>
public sealed class HomeTests
{
    [SkippableTheory, Databases]
    public async Task The_direct_team_reads_no_amount_that_the_partner_hides(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (holder, seller) = (await world.PartnerAsync(), await world.Tenant.StaffAsync(Roles.DirectSeller));
        var (hidden, open) = (await world.RegisterAsync(holder), await world.RegisterAsync(holder));
        await world.WinAsync(hidden, 31_415_00);
        await world.WinAsync(open, 27_182_00);
        foreach (var level in Enum.GetValues<DealVisibility>())
        {
            using (var api = await holder.ApiAsync()) (await api.PutAsJsonAsync($"/api/v1/deals/{hidden}/sight", new { level = Words.Of(level) })).EnsureSuccessStatusCode();
            var shown = level >= DealVisibility.Summary;
            foreach (var reader in new[] { seller, world.Manager })
            {
                var reads = shown || reader == world.Manager;
                using var api = await reader.ApiAsync();
                (await api.GetAsync($"/api/v1/deals/{hidden}/journey")).StatusCode.ShouldBe(reads ? HttpStatusCode.OK : HttpStatusCode.NotFound, $"{level}");
                (await world.RowsAsync(reader, Metric.Sourced)).Any(r => r.Deal == hidden).ShouldBe(reads);
                using var pages = await reader.PagesAsync();
                foreach (var path in new[] { "/app", $"/app/deals/{hidden}", "/app/analytics/rows?metric=sourced-revenue" })
                    (await pages.GetAsync(path)).Text.Contains("31,415", StringComparison.Ordinal).ShouldBe(reads, $"{path} at {level}");
                (await pages.GetAsync("/app")).Text.ShouldContain("27,182");
            }
        }
    }

    [SkippableTheory, Databases]
    public async Task Each_role_finds_its_own_things_on_the_first_page(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var seller = await (await world.Tenant.StaffAsync(Roles.DirectSeller)).PagesAsync();
        var finance = await (await world.Tenant.StaffAsync(Roles.Finance)).PagesAsync();
        using var manager = await world.Manager.PagesAsync();
        var (forSeller, forFinance, forManager) = ((await seller.GetAsync("/app")).Text, (await finance.GetAsync("/app")).Text, (await manager.GetAsync("/app")).Text);
        forSeller.ShouldContain("Your deals with partners");
        forSeller.ShouldNotContain("Open the queue", Case.Sensitive, "it leads to a page that a seller may not open");
        forFinance.ShouldNotContain("Open the queue");
        forManager.ShouldContain("Open the queue");
        forManager.ShouldNotContain("Your deals with partners");
        seller.Dispose();
        finance.Dispose();
    }

    [SkippableTheory, Databases]
    public async Task What_waits_for_a_person_stands_on_its_home_and_goes_when_it_is_done(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (holder, guest) = (await world.PartnerAsync(), await world.PartnerAsync(name: "Guest Works"));
        var deal = await world.RegisterAsync(holder);
        (await HomeAsync(holder)).ShouldContain("Nothing needs you today");
        await world.PostAsync(world.Manager, $"/api/v1/deals/{deal}/members", new { partner = guest.Actor.Partner.ToString(), role = "influence", shareBasisPoints = 1000 });
        (await HomeAsync(holder)).ShouldContain("Consent to Guest Works on the team?");
        (await HomeAsync(guest)).ShouldNotContain("Join the team", Case.Sensitive, "it knows nothing before the holder has consented");
        await world.PostAsync(holder, $"/api/v1/deals/{deal}/members/{guest.Actor.Partner}/consent", new { consent = true });
        (await HomeAsync(holder)).ShouldNotContain("Consent to");
        (await HomeAsync(guest)).ShouldContain("Join the team");
        var finance = await world.Tenant.PartnerPersonAsync(guest.Actor.Partner!.Value, "Guest Works", Roles.PartnerFinance);
        (await HomeAsync(finance)).ShouldNotContain("Join the team", Case.Sensitive, "it may not answer");

        await world.PostAsync(holder, $"/api/v1/deals/{deal}/tasks", new { title = "Send the drawings", dueOn = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2) });
        (await HomeAsync(holder)).ShouldContain("Your task: Send the drawings");
        (await HomeAsync(guest)).ShouldNotContain("Send the drawings");
    }

    private static async Task<string> HomeAsync(TestPerson person)
    {
        using var pages = await person.PagesAsync();
        return (await pages.GetAsync("/portal")).Text;
    }
}
