using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>What the rules hold for a role is decided by that role, or by one above it.</summary>
public sealed class ReviewerTests
{
    [Theory]
    [InlineData("partner_manager", "partner_manager", true)]
    [InlineData("partner_manager", null, true)]
    [InlineData("partner_manager", "channel_operations", false)]
    [InlineData("deal_desk", "partner_manager", true)]
    [InlineData("deal_desk", "executive", false)]
    [InlineData("channel_operations", "channel_operations", true)]
    [InlineData("channel_operations", "executive", false)]
    [InlineData("executive", "partner_manager", true)]
    [InlineData("executive", "executive", true)]
    [InlineData("executive_emea", "executive", true)]
    [InlineData("administrator", "executive", true)]
    [InlineData("agent", "partner_manager", false)]
    [InlineData("legal", null, false)]
    [InlineData("our_own_role", "partner_manager", true)]
    [InlineData("our_own_role", "channel_operations", false)]
    public void The_named_role_decides_or_one_above_it(string role, string? reviewer, bool may) => ReviewRoles.MayDecide([role], reviewer).ShouldBe(may);

    [Fact]
    public void Somebody_without_a_role_decides_nothing() => ReviewRoles.MayDecide([], null).ShouldBeFalse();

    [SkippableTheory, Databases]
    public async Task What_waits_for_an_executive_is_decided_by_an_executive(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (manager, executive) = (await world.Tenant.StaffAsync(Roles.PartnerManager), await world.Tenant.StaffAsync(Roles.Executive));
        var partner = await world.PartnerAsync();
        var (one, two, three) = (await world.InReviewAsync(partner, "Harz Mining"), await world.InReviewAsync(partner, "Heide Mining"), await world.InReviewAsync(partner, "Elm Mining"));
        var small = await world.RegisterAsync(partner, world.Fields("Solling Mining") with { WorkDone = null });
        Task<int> MailsAsync(TestPerson to) => world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.To == to.Email && m.Subject.StartsWith("Decide: ")));
        (await MailsAsync(executive)).ShouldBe(3, "the mail goes to the role that the rule names");

        using var low = await manager.ApiAsync();
        using var high = await executive.ApiAsync();
        foreach (var (step, body) in new (string, object)[] { ("approve", new { }), ("refuse", new { reason = "not_a_fit" }), ("return", new { text = "Who?" }) })
        {
            var denied = await low.PostAsJsonAsync($"/api/v1/deals/{one.Id}/{step}", body);
            denied.StatusCode.ShouldBe(HttpStatusCode.Forbidden, step);
            (await denied.Content.ReadAsStringAsync()).ShouldContain("executive, or somebody above");
        }

        (await DealWorld.SeeAsync(manager, one.Id)).Allowed.ShouldNotContain(DealTrigger.Approve);
        (await DealWorld.SeeAsync(executive, one.Id)).Allowed.ShouldBe([DealTrigger.Approve, DealTrigger.RequestInfo, DealTrigger.Reject]);
        using (var pages = await manager.PagesAsync())
        {
            (await pages.GetAsync($"/app/deals/{one.Id}")).Document.QuerySelectorAll("a[href*='on=approve']").ShouldBeEmpty();
            var queue = await pages.GetAsync("/app/deals/queue");
            queue.Text.ShouldContain("Executive decides.");
            queue.Document.QuerySelectorAll("[data-queue-row] form").Length.ShouldBe(1, "only the small one has its button");
        }

        using (var pages = await executive.PagesAsync())
        {
            var queue = await pages.GetAsync("/app/deals/queue");
            queue.Document.QuerySelectorAll("[data-queue-row]").Length.ShouldBe(3, "only what is held for executives");
            (await pages.GetAsync("/app/deals/queue?role=all")).Document.QuerySelectorAll("[data-queue-row]").Length.ShouldBe(4);
        }

        // Handing it down is no way around; handing it up is open.
        (await manager.DoAsync<AssignReviewer, Result<DealId>>(a => a.RunAsync((one.Id, Roles.PartnerManager), default))).Problem!.Code.ShouldBe("deals.others_decide");
        (await manager.DoAsync<AssignReviewer, Result<DealId>>(a => a.RunAsync((small.Id, Roles.ChannelOperations), default))).Problem.ShouldBeNull();
        var bulk = await low.PostAsJsonAsync("/api/v1/bulk", new { record = "deals", action = "approve", argument = "tier", ids = new[] { two.Id.ToString() } });
        await world.Tenant.App.DrainAsync();
        (await low.GetFromJsonAsync<System.Text.Json.JsonElement>(bulk.Headers.Location)).GetProperty("refused").GetInt32().ShouldBe(1);

        (await high.PostAsJsonAsync($"/api/v1/deals/{one.Id}/approve", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await high.PostAsJsonAsync($"/api/v1/deals/{two.Id}/refuse", new { reason = "not_a_fit" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await high.PostAsJsonAsync($"/api/v1/deals/{three.Id}/return", new { text = "Who?" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        // The question is the executive's, and so is the answer.
        (await low.PostAsJsonAsync($"/api/v1/deals/{three.Id}/refuse", new { reason = "not_a_fit" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await partner.DoAsync<AnswerInformation, Result<DealId>>(a => a.RunAsync(new WordsInput(three.Id, "Ana."), default))).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(executive, three.Id)).Reviewer.ShouldBe(Roles.Executive);
    }
}
