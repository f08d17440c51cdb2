using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Life;
using Trellis.Deals.Passing;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Deals.Tests.Leads;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Deals.Tests;

/// <summary>Whose tier counts beside registrations: for leads, for the deal team, on behalf of a reseller, and what receipts say of it.</summary>
public sealed class MotionTierTests
{
    [Fact]
    public void The_tier_that_counts_is_that_of_the_motion_while_it_is_active_else_the_partners()
    {
        (Motion, Tier)[] active = [(Motion.Resell, Tier.Gold), (Motion.Deliver, Tier.Silver)];
        DealMotion.Counting(Tier.Platinum, active, Motion.Deliver).ShouldBe(new MotionTier(Tier.Silver, Motion.Deliver));
        DealMotion.Counting(Tier.Platinum, active, Motion.Influence).ShouldBe(new MotionTier(Tier.Platinum, null));
        DealMotion.Counting(Tier.Platinum, active, null).ShouldBe(new MotionTier(Tier.Platinum, null));
        Enum.GetValues<DealRole>().Select(r => DealMotion.OfRole(r, Motion.CoSell))
            .ShouldBe([Motion.CoSell, Motion.Influence, Motion.Resell, Motion.Deliver, Motion.Retain, Motion.CoInnovate, Motion.Marketplace]);
        DealMotion.OfRole(DealRole.Source, null).ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_lead_is_decided_and_protected_by_the_tier_of_the_motion_in_which_it_is_worked_on(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync("Motion Nord", Tier.Registered, motions: [Motion.Resell, Motion.Referral]);
        await TierAsync(world, rosa, Motion.Resell, Tier.Gold);
        await TierAsync(world, rosa, Motion.Referral, Tier.Silver);
        var passed = await PassingTests.SeeAsync(world.Manager, await PassingTests.PassAsync(world, rosa, "Eimsbüttel Werke"));
        (passed.Facts!["partner_tier"], passed.Facts["motion"]).ShouldBe((FactValue.Of("gold"), FactValue.Of("resell")));
        (await PassingTests.SeeAsync(rosa, passed.Line.Id)).Says.ShouldContain("for 60 days", Shouldly.Case.Sensitive, "a gold partner’s lead is protected so long");
        var best = await world.Manager.DoAsync<Work, IReadOnlyList<Candidate>>(async w => await Candidates.FindAsync(w, await PassingCases.CustomerAsync(w, PassingTests.Interest(world, "Altona Werke"), null, default), default));
        best.Single(c => c.Partner == rosa.Actor.Partner).Why.ShouldContain("Its tier is Gold.");

        // What goes to the vendor is referred.
        var referred = (await rosa.DoAsync<PassToVendor, Result<LeadId>>(p => p.RunAsync(PassingTests.Interest(world, "Barmbek Werke"), default))).Value;
        var told = (await PassingTests.SeeAsync(world.Manager, referred)).Facts!;
        (told["partner_tier"], told["motion"]).ShouldBe((FactValue.Of("silver"), FactValue.Of("referral")));
        PassingCases.MotionOf(LeadDirection.ToVendor, [Motion.CoSell]).ShouldBe(Motion.CoSell, "who has no such motion passes it in its weightiest");
    }

    [SkippableTheory, Databases]
    public async Task A_distributor_is_offered_the_motions_of_the_reseller_that_it_has_chosen(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var distributor = await world.PartnerAsync("Wide Distribution", motions: [Motion.Resell, Motion.Marketplace]);
        var (reseller, stranger) = (await world.PartnerAsync("Small Reseller", motions: [Motion.CoSell, Motion.Referral, Motion.Deliver]), await world.PartnerAsync("Foreign Reseller", motions: [Motion.Resell, Motion.CoSell]));
        var (shop, foreign) = (reseller.Actor.Partner!.Value, stranger.Actor.Partner!.Value);
        using (var admin = await world.Tenant.Administrator.ApiAsync())
            (await admin.PostAsJsonAsync($"/api/v1/partners/{distributor.Actor.Partner}/relations", new { other = shop.ToString(), kind = "supplies" })).EnsureSuccessStatusCode();

        using var pages = await distributor.PagesAsync();
        static string?[] Offered(VisitedPage page) => [.. page.Document.QuerySelectorAll("select[name='Input.Motion'] option").Select(o => o.GetAttribute("value"))];
        var own = await pages.GetAsync("/portal/deals/new");
        Offered(own).ShouldBe(["", "resell", "marketplace"]);
        own.Document.QuerySelectorAll("form[method=get] select[name=for] option").Select(o => o.GetAttribute("value")).ShouldBe([distributor.Actor.Partner.ToString(), shop.ToString()]);
        Offered(await pages.GetAsync($"/portal/deals/new?for={foreign}")).ShouldBe(["", "resell", "marketplace"], "it does not supply that one");
        var form = await pages.GetAsync($"/portal/deals/new?for={shop}");
        Offered(form).ShouldBe(["", "co_sell", "referral"]);
        var sent = await pages.SubmitAsync(form, "deal", ("Input.CustomerName", "Norderney Baltic"), ("Input.Country", "DE"), ("Input.Product", world.Relay.ToString()), ("Input.Amount", "12000"), ("Input.Motion", "referral"),
            ("Input.ExpectedClose", $"{DateTime.UtcNow.AddDays(60):yyyy-MM-dd}"), ("Input.ContactName", "Ana Silva"), ("Input.ContactEmail", "ana@gmail.com"), ("Input.WorkDone", "Two meetings and a demo with them."), ("Input.Act", "register"));
        sent.Address.AbsolutePath.ShouldStartWith("/portal/deals/deal_");
        var deal = await DealWorld.SeeAsync(reseller, Ids.Parse<DealId>(sent.Address.AbsolutePath.Split('/')[^1])!.Value);
        (deal.Partner, deal.Motion, deal.State).ShouldBe((shop, Motion.Referral, DealState.Approved));
        // The same where it is changed, by whichever of both.
        Offered(await pages.GetAsync($"/portal/deals/{deal.Id}/amend")).ShouldBe(["", "co_sell", "referral"]);

        using var api = await distributor.ApiAsync();
        var holders = await api.GetFromJsonAsync<JsonElement>("/api/v1/deals/holders");
        holders.EnumerateArray().Select(h => (h.GetProperty("name").GetString(), h.GetProperty("own").GetBoolean(), string.Join(',', h.GetProperty("motions").EnumerateArray().Select(m => m.GetString()))))
            .ShouldBe([("Wide Distribution", true, "resell,marketplace"), ("Small Reseller", false, "co_sell,referral")]);
        object Body(PartnerId @for, string motion) => new
        {
            customerName = "Juist Baltic", country = "DE", product = world.Relay.ToString(), amount = 9_000_00, expectedClose = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60), contactName = "Ana Silva", contactEmail = "ana@gmail.com",
            workDone = "Two meetings and a demo with them.", motion, @for = @for.ToString(),
        };
        (await api.PostAsJsonAsync("/api/v1/deals", Body(shop, "marketplace"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "the distributor’s own motion is none of the reseller’s");
        using var made = await api.PostAsJsonAsync("/api/v1/deals", Body(shop, "co_sell"));
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("partner").GetString().ShouldBe(shop.ToString());
        (await api.PostAsJsonAsync("/api/v1/deals", Body(foreign, "resell"))).IsSuccessStatusCode.ShouldBeFalse();
        using var theirs = await reseller.ApiAsync();
        (await theirs.GetFromJsonAsync<JsonElement>("/api/v1/deals/holders")).GetArrayLength().ShouldBe(1);
        using var staff = await world.Manager.ApiAsync();
        (await staff.GetAsync("/api/v1/deals/holders")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, BothDatabases]
    public async Task Whoever_chooses_another_partner_for_a_draft_keeps_what_was_typed_and_what_is_saved_meanwhile_keeps_the_motion(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (distributor, reseller) = (await world.PartnerAsync(motions: [Motion.Resell, Motion.Marketplace]), await world.PartnerAsync(motions: [Motion.CoSell, Motion.Referral]));
        var shop = reseller.Actor.Partner!.Value;
        using (var admin = await world.Tenant.Administrator.ApiAsync())
            (await admin.PostAsJsonAsync($"/api/v1/partners/{distributor.Actor.Partner}/relations", new { other = shop.ToString(), kind = "supplies" })).EnsureSuccessStatusCode();
        var draft = (await distributor.DoAsync<SaveDraft, Result<DealId>>(s => s.RunAsync(new DraftInput(null, world.Fields("Langeoog Baltic"), For: shop), default))).Value;
        using var pages = await distributor.PagesAsync();
        var form = await pages.GetAsync($"/portal/deals/new?draft={draft}");
        form.Document.QuerySelector("input[name='Input.For']")!.GetAttribute("value").ShouldBe(shop.ToString());
        form.Document.QuerySelectorAll("select[name='Input.Motion'] option").Count().ShouldBe(3);
        var fields = form.Document.QuerySelectorAll("form:has(input[name=_handler][value=deal]) input[name], form:has(input[name=_handler][value=deal]) textarea").Where(f => f.GetAttribute("name")!.StartsWith('_')).ToDictionary(f => f.GetAttribute("name")!, f => f.GetAttribute("value") ?? "");
        var kept = await pages.Http.PatchAsync($"/portal/deals/drafts/{draft}", new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Key, f.Value)), new("Input.CustomerName", "Langeoog Baltic"), new("Input.Motion", "referral"), new("Input.For", shop.ToString())]));
        kept.StatusCode.ShouldBe(HttpStatusCode.OK, await kept.Content.ReadAsStringAsync());
        (await DealWorld.SeeAsync(distributor, draft)).Motion.ShouldBe(Motion.Referral);

        // For the distributor itself after all.
        form = await pages.GetAsync($"/portal/deals/new?draft={draft}&for={distributor.Actor.Partner}");
        form.Document.QuerySelector("input[name='Input.CustomerName']")!.GetAttribute("value").ShouldBe("Langeoog Baltic");
        await pages.SubmitAsync(form, "deal", ("Input.Act", "draft"));
        (await DealWorld.SeeAsync(distributor, draft)).Partner.ShouldBe(distributor.Actor.Partner!.Value);
        (await DealWorld.TrySeeAsync(reseller, draft)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
    }

    [SkippableTheory, Databases]
    public async Task Receipts_of_a_registration_and_of_its_decision_name_the_motion_everywhere(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync(motions: [Motion.Resell, Motion.CoSell]);
        var deal = await world.RegisterAsync(rosa, world.Fields("Spiekeroog Optics") with { Motion = Motion.CoSell });
        using var api = await rosa.ApiAsync();
        var ids = JsonDocument.Parse(await api.GetStringAsync($"/api/v1/receipts?subject={deal.Id}")).RootElement.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("id").GetString()!).ToList();
        ids.Count.ShouldBe(2);
        using var pages = await rosa.PagesAsync();
        foreach (var id in ids)
        {
            var file = await pages.Http.GetStringAsync($"/portal/receipts/{id}/file");
            file.ShouldContain("\"motion\":\"co_sell\"");
            OfflineCheck.SaysOf(file).ShouldContain(("Motion", "Co-sell"));
            OfflineCheck.Of(file, []).Verdict.ShouldBe(Receipts.Published.Verdict.Open);
            OfflineCheck.Of(file.Replace("\"motion\":\"co_sell\"", "\"motion\":\"resell\"", StringComparison.Ordinal), []).Verdict.ShouldBe(Receipts.Published.Verdict.Broken, "it is signed with the rest");
            (await pages.GetAsync($"/portal/receipts/{id}")).Text.ShouldContain("Co-sell");
            foreach (var (language, label) in new[] { ("en", "Motion"), ("de", "Form der Zusammenarbeit"), ("ar", "نمط التعاون") })
            {
                using var visitor = new PageClient(world.Tenant.App.Address);
                visitor.Http.DefaultRequestHeaders.Add("Accept-Language", language);
                var text = (await visitor.SubmitAsync(await visitor.GetAsync("/receipts/verify"), "check", ("Pasted", file))).Text;
                text.ShouldContain(label);
            }
        }
    }

    private static async Task TierAsync(DealWorld world, TestPerson partner, Motion motion, Tier tier)
    {
        using var api = await world.Tenant.Administrator.ApiAsync();
        (await api.PutAsJsonAsync($"/api/v1/partners/{partner.Actor.Partner}/motions/{Words.Of(motion)}", new { tier = Words.Of(tier) })).EnsureSuccessStatusCode();
    }
}
