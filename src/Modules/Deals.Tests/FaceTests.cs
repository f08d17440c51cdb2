using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

public sealed class FaceTests
{
    [SkippableTheory, Databases]
    public async Task A_deal_lives_over_the_API_with_allowed_moves_and_versions(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var seller = await world.PartnerAsync();
        using var partner = await seller.ApiAsync();
        using var vendor = await world.Manager.ApiAsync();
        using var stranger = await (await world.PartnerAsync()).ApiAsync();
        var body = new { customerName = "Cotswold Home Ltd", country = "GB", product = world.Relay.ToString(), amount = 900_000_00, expectedClose = DateTime.UtcNow.AddDays(50).ToString("yyyy-MM-dd"), contactName = "A B", contactEmail = "a@b.example", workDone = "Two workshops with the whole team." };
        var made = await partner.PostAsJsonAsync("/api/v1/deals", body);
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var deal = await JsonAsync(made);
        var path = made.Headers.Location!.ToString();
        deal.GetProperty("state").GetString().ShouldBe("in_review");
        deal.GetProperty("allowed").EnumerateArray().Select(a => a.GetString()).ShouldBe(["withdraw", "recall"]);

        (await stranger.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PostAsJsonAsync(path + "/withdraw", new { text = "no" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync(path + "/decision")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await partner.PostAsJsonAsync(path + "/approve", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var seen = await vendor.GetAsync(path);
        seen.Headers.ETag!.Tag.ShouldBe("\"1\"");
        (await JsonAsync(seen)).GetProperty("allowed").EnumerateArray().Select(a => a.GetString()).ShouldBe(["approve", "request_info", "reject"]);
        using var stale = new HttpRequestMessage(HttpMethod.Post, path + "/approve");
        stale.Headers.TryAddWithoutValidation("If-Match", "\"7\"");
        (await vendor.SendAsync(stale)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await vendor.PostAsync(path + "/approve", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var again = await vendor.PostAsync(path + "/approve", null);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await JsonAsync(again)).GetProperty("facts").GetProperty("state").GetString().ShouldBe("approved");

        var facts = (await JsonAsync(await vendor.GetAsync(path + "/decision"))).GetProperty("facts");
        facts.GetProperty("amount").GetDecimal().ShouldBe(900_000m);
        (await JsonAsync(await partner.GetAsync(path + "/decision"))).GetProperty("facts").ValueKind.ShouldBe(JsonValueKind.Null);
        (await JsonAsync(await partner.GetAsync("/api/v1/deals?view=approved&sort=-amount"))).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await JsonAsync(await stranger.GetAsync("/api/v1/deals"))).GetProperty("items").GetArrayLength().ShouldBe(0);
        var missing = await partner.PostAsJsonAsync("/api/v1/deals", new { customerName = "" });
        missing.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await JsonAsync(missing)).GetProperty("errors").EnumerateObject().Select(e => e.Name).Order().ShouldBe(["amount", "country", "customerName", "expectedClose", "product"]);
    }

    [SkippableTheory, Databases]
    public async Task A_partner_registers_on_one_page_and_reads_the_decision(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var seller = await world.PartnerAsync();
        using var pages = await seller.PagesAsync();
        var form = await pages.GetAsync("/portal/deals/new");
        var refused = await pages.SubmitAsync(form, "deal", ("Input.CustomerName", "Tidewater Stores"), ("Input.Amount", "much"), ("Input.Act", "register"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("This is no amount.");
        refused.Document.QuerySelector("[name='Input.CustomerName']")!.GetAttribute("value").ShouldBe("Tidewater Stores");
        refused.Document.QuerySelector("[name='Input.Amount']")!.GetAttribute("value").ShouldBe("much");

        (string, string)[] filled =
        [
            ("Input.Country", "US"), ("Input.Product", world.Relay.ToString()), ("Input.Amount", "12,500.50"), ("Input.ExpectedClose", DateTime.UtcNow.AddDays(40).ToString("yyyy-MM-dd")),
            ("Input.ContactName", "Ana"), ("Input.ContactEmail", "ana@tidewater.example"), ("Input.WorkDone", "Two workshops with the whole team."), ("Input.Act", "register"),
        ];
        var done = await pages.SubmitAsync(refused, "deal", filled);
        done.Status.ShouldBe(HttpStatusCode.OK);
        done.Address.AbsolutePath.ShouldStartWith("/portal/deals/deal_");
        done.Text.ShouldContain("Approved: the customer is protected for you");
        done.Text.ShouldContain("USD 12,501");
        done.Text.ShouldContain(world.Manager.Actor.Name);

        // The same again: its own earlier one is shown before anything is stored.
        var second = await pages.SubmitAsync(await pages.GetAsync("/portal/deals/new"), "deal", [("Input.CustomerName", "TIDEWATER STORES"), .. filled]);
        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Text.ShouldContain("You have registered this customer before");

        using var rival = await (await world.PartnerAsync()).PagesAsync();
        var warned = await rival.SubmitAsync(await rival.GetAsync("/portal/deals/new"), "deal", [("Input.CustomerName", "Tidewater Stores"), .. filled]);
        warned.Status.ShouldBe(HttpStatusCode.Conflict);
        warned.Text.ShouldContain("This customer is already protected for another partner until it is decided otherwise.");
        warned.Text.ShouldNotContain(seller.Actor.PartnerName!);
        (await rival.GetAsync(done.Address.AbsolutePath)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task A_manager_works_the_queue_and_every_page_of_both_sides_opens(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (seller, guest) = (await world.PartnerAsync(role: Roles.PartnerAdmin), await world.PartnerAsync("Guest Page Ltd"));
        var (one, two) = (await world.InReviewAsync(seller, "Halton Freight"), await world.InReviewAsync(seller, "Zuiderzee Power"));
        using var pages = await world.Manager.PagesAsync();
        var queue = await pages.GetAsync("/app/deals/queue");
        queue.Text.ShouldContain("Halton Freight");
        var approved = await pages.SubmitAsync(queue, $"approve-{one.Id}");
        approved.Text.ShouldContain("is approved");
        (await pages.SubmitAsync(queue, $"approve-{one.Id}")).Text.ShouldNotContain("is approved");

        var refuse = await pages.SubmitAsync(await pages.GetAsync($"/app/deals/{two.Id}/act?on=reject"), "act", ("Input.Reason", "other"));
        refuse.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refuse.Text.ShouldContain("The explanation is needed.");
        (await pages.SubmitAsync(refuse, "act", ("Input.Reason", "not_a_fit"))).Text.ShouldContain("Refused.");

        var record = await pages.GetAsync($"/app/deals/{one.Id}");
        record.Text.ShouldContain("How the rules decided");
        record.Text.ShouldContain("Mark as won");
        record.Text.ShouldNotContain("Approve and protect");
        var invited = await pages.SubmitAsync(record, "invite", ("Invite.Partner", guest.Actor.Partner!.Value.ToString()), ("Invite.Role", "influence"), ("Invite.Share", "12,5"));
        invited.Text.ShouldContain("12.5 %");
        var noted = await pages.SubmitAsync(invited, "comment", ("Input.Text", "only for us"));
        noted.Text.ShouldContain("only for us");

        using var own = await seller.PagesAsync();
        var asked = await own.GetAsync($"/portal/deals/{one.Id}");
        var agreement = asked.Document.QuerySelector("input[name=_handler][value^='agreement-']")!.GetAttribute("value")!;
        (await own.SubmitAsync(asked, agreement, ("Act", "consent"))).Text.ShouldContain("The partner is invited.");

        using var theirs = await guest.PagesAsync();
        var invitation = await theirs.GetAsync($"/portal/deals/{one.Id}");
        invitation.Text.ShouldContain("You are invited");
        (await theirs.SubmitAsync(invitation, "answer", ("Answer.Value", "accept"))).Text.ShouldContain("You are on the team now.");
        (await theirs.GetAsync("/portal/deals?view=shared")).Text.ShouldContain("Halton Freight");

        using var holder = await seller.PagesAsync();
        foreach (var path in new[] { "/portal/deals", "/portal/deals?view=all", "/portal/deals?view=expiring", "/portal/rules", $"/portal/deals/{one.Id}", $"/portal/deals/{one.Id}/act?on=withdraw" })
        {
            var page = await holder.GetAsync(path);
            page.Status.ShouldBe(HttpStatusCode.OK, path);
            page.Text.ShouldNotContain("only for us");
        }

        foreach (var path in new[] { "/app/deals", "/app/deals?sort=-amount&state=approved", $"/app/deals?partner={one.Partner}&q=halton", "/app/rules", $"/app/deals/{one.Id}/act?on=win" })
            (await pages.GetAsync(path)).Status.ShouldBe(HttpStatusCode.OK, path);
        var csv = await pages.Http.GetStringAsync("/app/deals.csv?q=halton");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        (await pages.GetAsync($"/app/partners/{one.Partner}")).Text.ShouldContain("Protected");
    }

    [SkippableTheory, Databases]
    public async Task A_new_version_of_the_rules_decides_from_its_day_and_faulty_ones_are_refused(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var seller = await world.PartnerAsync();
        using var vendor = await world.Tenant.Administrator.ApiAsync();
        using var operations = await world.Manager.ApiAsync();
        using var partner = await seller.ApiAsync();
        (await world.RegisterAsync(seller, world.Fields("Piedmont Castings", amount: 30_000_00))).State.ShouldBe(DealState.Approved);
        var rules = (await JsonAsync(await vendor.GetAsync("/api/v1/rules"))).GetProperty("table").ToString();
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd");
        HttpContent Body(string table, string from) => new StringContent($"{{\"rules\":{table},\"effectiveFrom\":\"{from}\",\"note\":\"Smaller deals are looked at.\",\"unsimulated\":\"A slip that cannot wait.\"}}", System.Text.Encoding.UTF8, "application/json");
        (await partner.PostAsync("/api/v1/rules", Body(rules, today))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await operations.PostAsync("/api/v1/rules", Body(rules, today))).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "what was not simulated is for whoever has a permission of its own");
        var silent = await vendor.PostAsync("/api/v1/rules", new StringContent($"{{\"rules\":{rules},\"effectiveFrom\":\"{today}\",\"note\":\"x\"}}", System.Text.Encoding.UTF8, "application/json"));
        (await JsonAsync(silent)).GetProperty("errors").EnumerateObject().Single().Name.ShouldBe("unsimulated");
        var faulty = await vendor.PostAsync("/api/v1/rules", Body(rules.Replace("\\u003E 500000", "\\u003E \\\"much\\\""), today));
        faulty.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await JsonAsync(faulty)).GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldAllBe(name => name.EndsWith(".amount"));
        (await vendor.PostAsync("/api/v1/rules", Body(rules, "2020-01-01"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        (await vendor.PostAsync("/api/v1/rules", Body(rules.Replace("\\u003E 500000", "\\u003E 20000").Replace("\"500000\"", "\"20000\""), DateTime.UtcNow.AddDays(9).ToString("yyyy-MM-dd")))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await world.RegisterAsync(seller, world.Fields("Mesa Instruments", amount: 30_000_00))).State.ShouldBe(DealState.Approved, "not in force yet");
        (await partner.GetAsync("/api/v1/rules?version=2")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await vendor.PostAsync("/api/v1/rules", Body(rules.Replace("\\u003E 500000", "\\u003E 20000").Replace("\"500000\"", "\"20000\""), today))).StatusCode.ShouldBe(HttpStatusCode.Created);
        var held = await world.RegisterAsync(seller, world.Fields("Ozark Interactive", amount: 30_000_00));
        held.State.ShouldBe(DealState.InReview);
        (await DealWorld.DecisionAsync(world.Manager, held.Id)).RulesVersion.ShouldBe(3);
        (await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<AuditEntry>().CountAsync(a => a.Action == "deals.publish_unsimulated" && a.Changes.Contains("A slip that cannot wait")))).ShouldBeGreaterThanOrEqualTo(2);

        // The planned version would take over from the newer one; it is taken back. What has begun is not.
        (await operations.PostAsJsonAsync("/api/v1/rules/versions/3/withdraw", new { text = "x" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await operations.PostAsJsonAsync("/api/v1/rules/versions/2/withdraw", new { })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await partner.PostAsJsonAsync("/api/v1/rules/versions/2/withdraw", new { text = "x" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var pages = await world.Manager.PagesAsync();
        var planned = await pages.GetAsync("/app/rules?version=2");
        (await pages.SubmitAsync(planned, "withdraw", ("why", "Version 3 says it better."))).Text.ShouldContain("Taken back");
        (await operations.PostAsJsonAsync("/api/v1/rules/versions/2/withdraw", new { text = "x" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await pages.GetAsync("/app/rules?version=2")).Text.ShouldContain("Version 3 says it better.");
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
}
