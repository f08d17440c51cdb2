using System.Net;
using System.Net.Http.Json;
using Trellis.Identity.Published;
using Trellis.Incentives.Published;

namespace Trellis.Incentives.Tests;

public sealed class CorrectionTests
{
    [SkippableTheory, Databases]
    public async Task What_was_earned_with_a_win_that_was_none_is_taken_back(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        var (holder, helper) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.WonAsync(holder, 10_000_00, helper);
        (await world.EarningsAsync()).Select(e => e.State).ShouldBe([EarningState.Accrued, EarningState.Accrued]);

        using var manager = await (await world.Tenant.StaffAsync(Roles.PartnerManager)).ApiAsync();
        (await manager.PostAsJsonAsync($"/api/v1/deals/{deal}/correct", new { text = "A slip." })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using (var api = await holder.ApiAsync()) (await api.PostAsJsonAsync($"/api/v1/deals/{deal}/correct", new { text = "A slip." })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await world.Api.PostAsJsonAsync($"/api/v1/deals/{deal}/correct", new { text = " " })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        using (var pages = await world.Operations.PagesAsync())
        {
            (await pages.GetAsync($"/app/deals/{deal}")).Document.QuerySelectorAll("a[href*='on=correct']").Length.ShouldBe(1);
            var form = await pages.GetAsync($"/app/deals/{deal}/act?on=correct");
            (await pages.SubmitAsync(form, "act", ("Input.Text", "The order was of another company."))).Text.ShouldContain("The order was of another company.");
        }

        await world.Tenant.App.DrainAsync();
        (await world.EarningsAsync()).Select(e => e.State).ShouldBe([EarningState.Reversed, EarningState.Reversed]);
        (await world.BalanceAsync(LedgerAccount.Accrued)).ShouldBe(0);
        (await world.Api.PostAsJsonAsync($"/api/v1/deals/{deal}/correct", new { text = "Twice." })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var seen = await world.Api.GetFromJsonAsync<System.Text.Json.JsonElement>($"/api/v1/deals/{deal}");
        (seen.GetProperty("state").GetString(), seen.TryGetProperty("wonAmount", out var amount) && amount.ValueKind == System.Text.Json.JsonValueKind.Number).ShouldBe(("lost", false));

        // What was paid already comes back from the partner's next payout.
        var paid = await world.WonAsync(holder, 10_000_00);
        await world.ReleaseAsync(400);
        await world.SettleAsync((await world.PayoutAsync()).Value);
        (await world.Api.PostAsJsonAsync($"/api/v1/deals/{paid}/correct", new { text = "The customer cancelled." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await world.Tenant.App.DrainAsync();
        (await world.EarningsAsync(holder)).Count(e => e.Kind == EarningKind.Clawback && e.Amount < 0).ShouldBe(1);
    }
}
