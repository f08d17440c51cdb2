using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity;
using Trellis.Partners.Answering;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Leaving;
using Trellis.Partners.Merging;
using Trellis.Partners.Published;
using Microsoft.EntityFrameworkCore;

namespace Trellis.Partners.Tests;

public sealed class DemoTests
{
    [SkippableTheory, Databases]
    public async Task The_demo_has_two_hundred_partners_and_the_two_announced_ones(Database database)
    {
        await using var app = await TestApp.StartWithDemoAsync(database);
        var tenant = DemoPeople.Tenant;
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant);
        var work = scope.ServiceProvider.GetRequiredService<Work>();

        var rows = await work.Db.Set<PartnerRow>().ToListAsync();
        rows.Count.ShouldBeInRange(195, 215);
        rows.Select(r => r.State).Distinct().Count().ShouldBeGreaterThan(7);
        rows.Single(r => r.Domain == "brightpath.example").Tier.ShouldBe(Tier.Gold);
        var clearview = rows.Single(r => r.Domain == "clearview.example");
        clearview.MainType.ShouldBe(PartnerType.Consultant);
        (await PartnerPage.ContactsAsync(work, clearview.Id, default)).Count(c => c.MaySignIn).ShouldBe(2);
        // Whoever is leaving is asked for everything, deals and earnings among it.
        foreach (var leaver in rows.Where(r => r.State == PartnerState.Offboarding))
            (await scope.ServiceProvider.GetRequiredService<Checklist>().OfAsync(leaver.Id, default)).Select(s => s.Code).ShouldBe(["access", "open_deals", "open_leads", "unpaid", "agreements", "data", "farewell"]);
        // What is promised to all stands beside what was kept of it.
        (await AnswerList.LoadAsync(work, null, default)).Rows.Where(r => r.Kind != AskedKind.Message).ShouldAllBe(r => r.PromisedHours != null);
        (await PartnerList.PageAsync(work, new PartnerFilter { Motion = Motion.Influence, Sort = "-tier" }, new Paging(Size: 20), default)).Items.ShouldNotBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task The_demo_has_partners_that_were_entered_twice_and_can_be_merged(Database database)
    {
        await using var app = await TestApp.StartWithDemoAsync(database);
        var tenant = DemoPeople.Tenant;
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant);
        var work = scope.ServiceProvider.GetRequiredService<Work>();

        var pairs = (await Twins.PageAsync(work, new Paging(), default)).Items;
        pairs.Count.ShouldBe(2);
        var rows = await work.Db.Set<PartnerRow>().ToDictionaryAsync(p => p.Id);
        foreach (var pair in pairs)
        {
            var (one, other) = (rows[pair.One], rows[pair.Other]);
            one.Domain.ShouldBe(other.Domain);
            one.Name.ShouldNotBe(other.Name);
            new[] { one.State, other.State }.ShouldAllBe(s => s == PartnerState.Prospect || s == PartnerState.Onboarding);
        }

        var (first, second) = (pairs[0].One, pairs[0].Other);
        (await scope.ServiceProvider.GetRequiredService<MergePartners>().RunAsync((first, new PartnerMergeInput(second, [], "Entered twice.")), default)).Problem.ShouldBeNull();
        (await Twins.PageAsync(work, new Paging(), default)).Items.ShouldHaveSingleItem().One.ShouldBe(pairs[1].One);
    }
}
