using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Deals.Published;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

public sealed class BulkDecisionTests
{
    [SkippableTheory, BothDatabases]
    public async Task Many_registrations_are_decided_each_by_itself_and_what_cannot_be_is_listed(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync(), await world.PartnerAsync());
        var (one, two) = (await world.InReviewAsync(rosa, "Bulk Nord AG"), await world.InReviewAsync(rosa, "Bulk Sud SA"));
        var decided = await world.RegisterAsync(ines, world.Fields("Bulk Fertig GmbH"));
        using var pages = await world.Manager.PagesAsync();
        var queue = await pages.GetAsync("/app/deals/queue");
        queue.Document.QuerySelectorAll("input[data-pick][form=pick-deals]").Length.ShouldBe(2);

        // A person ticks the boxes, reads what was ticked, and says why once.
        var page = await pages.GetAsync($"/app/bulk/deals?id={one.Id}&id={decided.Id}");
        var run = await pages.SubmitAsync(page, "approve", ("Argument", "60"), ("Reason", "Agreed in the meeting of the board."));
        await world.Tenant.App.DrainAsync();
        var report = await pages.GetAsync(run.Address.PathAndQuery);
        report.Text.ShouldContain("Bulk Fertig");
        report.Text.ShouldContain("not possible");
        var seen = await DealWorld.SeeAsync(rosa, one.Id);
        (seen.State, seen.ExpiresOn, seen.StateReason).ShouldBe((DealState.Approved, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60), "Agreed in the meeting of the board."));

        using var api = await world.Manager.ApiAsync();
        var refused = await api.PostAsJsonAsync("/api/v1/bulk", new { record = "deals", action = "refuse", argument = "not_a_fit", reason = "Not our market.", ids = new[] { two.Id.ToString(), one.Id.ToString() } });
        await world.Tenant.App.DrainAsync();
        var result = await api.GetFromJsonAsync<JsonElement>(refused.Headers.Location);
        (result.GetProperty("changed").GetInt32(), result.GetProperty("refused").GetInt32()).ShouldBe((1, 1));
        (await DealWorld.SeeAsync(rosa, two.Id)).Reason.ShouldBe(ReasonCode.NotAFit);
        (await DealWorld.SeeAsync(rosa, one.Id)).State.ShouldBe(DealState.Approved);
        using var seller = await (await world.Tenant.StaffAsync(Roles.DirectSeller)).ApiAsync();
        (await seller.PostAsJsonAsync("/api/v1/bulk", new { record = "deals", action = "approve", argument = "tier", ids = new[] { two.Id.ToString() } })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, BothDatabases]
    public async Task Whoever_loses_the_permission_meanwhile_changes_nothing_more(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var deal = await world.InReviewAsync(await world.PartnerAsync(), "Entzug AG");
        var desk = await world.Tenant.StaffAsync(Roles.DealDesk);
        var run = await desk.DoAsync<BulkChanges, Result<BulkId>>(b => b.StartAsync(new BulkWish("deals", "approve", "tier", null, [deal.Id.ToString()]), default));
        run.Problem.ShouldBeNull();
        using var admin = await world.Tenant.Administrator.ApiAsync();
        (await admin.PutAsJsonAsync($"/api/v1/people/{desk.Actor.Person}/roles", new { roles = new[] { Roles.Finance } })).EnsureSuccessStatusCode();
        await world.Tenant.App.DrainAsync();
        (await DealWorld.SeeAsync(world.Manager, deal.Id)).State.ShouldBe(DealState.InReview);
    }
}
