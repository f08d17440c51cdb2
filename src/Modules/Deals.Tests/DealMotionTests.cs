using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Life;
using Trellis.Deals.Life.Uploads;
using Trellis.Deals.Published;
using Trellis.Deals.Transfers;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

public sealed class DealMotionTests
{
    [SkippableTheory, Databases]
    public async Task A_registration_says_in_which_motion_it_is_sold_and_the_rules_read_it(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync(motions: [Motion.Resell, Motion.Referral]);
        var referred = await world.RegisterAsync(partner, world.Fields("Alster Optics") with { Motion = Motion.Referral });
        var usual = await world.RegisterAsync(partner, world.Fields("Bille Optics"));
        (referred.Motion, usual.Motion).ShouldBe((Motion.Referral, Motion.Resell));
        (await FactAsync(world, referred.Id)).ShouldBe("referral");
        (await FactAsync(world, usual.Id)).ShouldBe("resell");
        var row = await world.Manager.DoAsync<Work, Motion?>(w => w.Db.Set<DealRow>().Where(d => d.Id == referred.Id).Select(d => d.Motion).SingleAsync());
        row.ShouldBe(Motion.Referral);
    }

    [SkippableTheory, Databases]
    public async Task A_motion_that_the_partner_has_not_or_in_which_nothing_is_sold_is_refused(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync(motions: [Motion.Resell]);
        foreach (var motion in (Motion[])[Motion.Marketplace, Motion.Deliver])
            (await DealWorld.TryRegisterAsync(partner, world.Fields("Eider Optics") with { Motion = motion })).Problem!.Errors.Keys.ShouldBe(["motion"]);
        using var api = await partner.ApiAsync();
        using var draft = await api.PostAsJsonAsync("/api/v1/deals", new { customerName = "Eider Optics", motion = "resell", draft = true });
        (await draft.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("motion").GetString().ShouldBe("resell");
    }

    [SkippableTheory, Databases]
    public async Task Only_who_sells_in_several_ways_is_asked_in_which(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (one, two) = (await world.PartnerAsync(motions: [Motion.Resell]), await world.PartnerAsync(motions: [Motion.Resell, Motion.Marketplace, Motion.Deliver]));
        using var first = await one.PagesAsync();
        (await first.GetAsync("/portal/deals/new")).Document.QuerySelector("select[name='Input.Motion']").ShouldBeNull();
        using var second = await two.PagesAsync();
        var form = await second.GetAsync("/portal/deals/new");
        form.Document.QuerySelectorAll("select[name='Input.Motion'] option").Select(o => o.GetAttribute("value")).ShouldBe(["", "resell", "marketplace"]);
    }

    [SkippableTheory, Databases]
    public async Task The_tier_of_the_motion_counts_where_it_has_one_of_its_own(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync(tier: Tier.Gold, motions: [Motion.Resell, Motion.Referral]);
        var id = partner.Actor.Partner!.Value;
        using (var api = await world.Tenant.Administrator.ApiAsync())
            (await api.PutAsJsonAsync($"/api/v1/partners/{id}/motions/referral", new { tier = "silver" })).EnsureSuccessStatusCode();
        var (sold, referred) = (await world.RegisterAsync(partner, world.Fields("Fehmarn Optics")), await world.RegisterAsync(partner, world.Fields("Grube Optics") with { Motion = Motion.Referral }));
        (await FactAsync(world, sold.Id, Rules.Vocabulary.PartnerTier), await FactAsync(world, referred.Id, Rules.Vocabulary.PartnerTier)).ShouldBe(("gold", "silver"), "a motion goes with the partner's tier until it gets another");
        var days = Rules.DefaultRules.Text.Protection;
        (sold.ExpiresOn!.Value.DayNumber - referred.ExpiresOn!.Value.DayNumber).ShouldBe(days["gold"] - days["silver"]);

        // What a person approves is protected by the same tier.
        var large = await world.RegisterAsync(partner, world.Fields("Holm Optics", amount: 900_000_00) with { Motion = Motion.Referral });
        (await world.Manager.DoAsync<Approve, Result<DealId>>(a => a.RunAsync(new ApproveInput(large.Id, null, null), default))).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(partner, large.Id)).ExpiresOn.ShouldBe(DateOnly.FromDateTime(DateTime.UtcNow).AddDays(days["silver"]));

        // Who may not assign a tier does not do it by a motion either.
        var manager = await world.Tenant.StaffAsync(Identity.Published.Roles.PartnerManager);
        using var his = await manager.ApiAsync();
        (await his.PutAsJsonAsync($"/api/v1/partners/{id}/motions/referral", new { tier = "platinum" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await his.PutAsJsonAsync($"/api/v1/partners/{id}/motions/referral", new { tier = "silver" })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task A_change_keeps_the_motion_unless_it_names_another_which_is_approved_anew(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync(motions: [Motion.Resell, Motion.Referral]);
        var fields = world.Fields("Itzehoe Optics") with { Motion = Motion.Referral };
        var deal = await world.RegisterAsync(partner, fields);
        (await AmendAsync(partner, deal.Id, fields with { Motion = null, NextStep = "Contract." })).Value.Waits.ShouldBeFalse();
        (await DealWorld.SeeAsync(partner, deal.Id)).Motion.ShouldBe(Motion.Referral);
        (await AmendAsync(partner, deal.Id, fields with { Motion = Motion.Marketplace, NextStep = "Contract." })).Problem!.Errors.Keys.ShouldBe(["motion"]);
        var asked = await AmendAsync(partner, deal.Id, fields with { Motion = Motion.Resell, NextStep = "Contract." });
        (asked.Value.Waits, (await DealWorld.SeeAsync(partner, deal.Id)).Motion).ShouldBe((true, Motion.Referral));
        (await world.Manager.DoAsync<DecideRequest, Result<RequestId>>(d => d.RunAsync(new RequestAnswer(asked.Value.Request, true), default))).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(partner, deal.Id)).Motion.ShouldBe(Motion.Resell);

        // What waits is decided anew in the motion that it names, and comes back from a withdrawal with it.
        var waits = await world.InReviewAsync(partner, "Jevenstedt Optics");
        (await AmendAsync(partner, waits.Id, world.Fields("Jevenstedt Optics", amount: 900_000_00) with { Motion = Motion.Referral })).Problem.ShouldBeNull();
        (await FactAsync(world, waits.Id)).ShouldBe("referral");
        (await partner.DoAsync<Withdraw, Result<DealId>>(w => w.RunAsync(new WordsInput(waits.Id, "Too early."), default))).Problem.ShouldBeNull();
        (await partner.DoAsync<Reopen, Result<DealId>>(r => r.RunAsync(new WordsInput(waits.Id, null), default))).Problem.ShouldBeNull();
        (await partner.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(null, waits.Id), default))).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(partner, waits.Id)).Motion.ShouldBe(Motion.Referral);
    }

    [SkippableTheory, Databases]
    public async Task Lists_export_and_both_sides_show_the_motion_and_a_transfer_fits_it_to_who_takes_over(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (partner, taker) = (await world.PartnerAsync("Kappeln Ltd", motions: [Motion.Resell, Motion.Referral]), await world.PartnerAsync(motions: [Motion.CoSell]));
        var referred = await world.RegisterAsync(partner, world.Fields("Kappeln Optics") with { Motion = Motion.Referral });
        await world.RegisterAsync(partner, world.Fields("Laboe Optics"));
        using var api = await world.Manager.ApiAsync();
        foreach (var (motion, customers) in new (string, string[])[] { ("referral", ["Kappeln Optics"]), ("resell", ["Laboe Optics"]), ("marketplace", []) })
            (await api.GetFromJsonAsync<JsonElement>($"/api/v1/deals?motion={motion}")).GetProperty("items").EnumerateArray().Select(d => d.GetProperty("customerName").GetString()).ShouldBe(customers);
        using var staff = await world.Manager.PagesAsync();
        using var portal = await partner.PagesAsync();
        (await staff.Http.GetStringAsync("/app/deals.csv?motion=referral")).ShouldContain(",Referral,");
        (await staff.GetAsync("/app/deals?motion=referral")).Text.ShouldNotContain("Laboe Optics");
        foreach (var (pages, face) in new[] { (staff, "app"), (portal, "portal") }) (await pages.GetAsync($"/{face}/deals/{referred.Id}")).Text.ShouldContain("Referral");

        var transfer = (await world.Manager.DoAsync<ProposeTransfer, Result<TransferId>>(p => p.RunAsync(new TransferInput(referred.Id, taker.Actor.Partner, "Nobody is left there."), default))).Value;
        (await taker.DoAsync<AnswerTransfer, Result<TransferId>>(a => a.RunAsync(new TransferAnswer(transfer, true), default))).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(taker, referred.Id)).Motion.ShouldBe(Motion.CoSell);
    }

    [SkippableTheory, Databases]
    public async Task A_table_and_a_mail_may_name_the_motion(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync(motions: [Motion.CoSell, Motion.Referral]);
        var close = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60);
        var table = $"Customer,Country,Product,Amount,Expected close,Sales motion\nMalente AG,DE,Relay,9000,{close:yyyy-MM-dd},Referral\nNeustadt AG,DE,Relay,9000,{close:yyyy-MM-dd},co-sell\n"
            + $"Oldenburg AG,DE,Relay,9000,{close:yyyy-MM-dd},\nPlön AG,DE,Relay,9000,{close:yyyy-MM-dd},by post\nRendsburg AG,DE,Relay,9000,{close:yyyy-MM-dd},resell\n";
        var upload = (await partner.DoAsync<UploadDeals, Result<UploadId>>(u => u.RunAsync(new UploadInput("deals.csv", Encoding.UTF8.GetBytes(table)), default))).Value;
        (await partner.DoAsync<StartUpload, Result<UploadId>>(s => s.RunAsync(upload, default))).Problem.ShouldBeNull();
        await world.Tenant.App.DrainAsync();
        var deals = await partner.DoAsync<Work, Dictionary<string, Motion?>>(w => w.Db.Set<Deal>().AsNoTracking().ToDictionaryAsync(d => d.CustomerName, d => d.Motion));
        deals.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => (d.Key, d.Value)).ShouldBe([("Malente AG", Motion.Referral), ("Neustadt AG", Motion.CoSell), ("Oldenburg AG", Motion.CoSell)]);
        var rows = (await partner.DoAsync<Work, Result<UploadDetail>>(w => UploadPages.FindAsync(w, upload, default))).Value.Rows;
        rows.Single(r => r.Customer == "Plön AG").Message.ShouldBe("“by post” is no motion.");
        rows.Single(r => r.Customer == "Rendsburg AG").Message.ShouldNotBeNull().ShouldContain("does not sell in this way");

        UploadSheet.Motion("Co-sell").ShouldBe(Motion.CoSell);
        UploadSheet.Motion("co_sell").ShouldBe(Motion.CoSell);
        UploadSheet.Motion("by post").ShouldBeNull();
    }

    private static Task<Result<Amended>> AmendAsync(TestPerson by, DealId deal, DealFields fields) =>
        by.DoAsync<Amend, Result<Amended>>(a => a.RunAsync(new AmendInput(deal, fields, "It has turned out so."), default));

    private static Task<string?> FactAsync(DealWorld world, DealId deal) => FactAsync(world, deal, Rules.Vocabulary.Motion);

    private static async Task<string?> FactAsync(DealWorld world, DealId deal, Rules.FactKind kind)
    {
        var facts = await world.Manager.DoAsync<Work, string>(w => w.Db.Set<Rules.Decision>().Where(d => d.DealId == deal).OrderByDescending(d => d.Id).Select(d => d.Facts).FirstAsync());
        return Rules.FactSet.FromJson(facts)[kind].Text;
    }
}
