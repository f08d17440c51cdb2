using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>What somebody had by name who may not act any more is the company's, and whoever holds the deal there is told once.</summary>
public sealed class FreeLeftTests
{
    [SkippableTheory, Databases]
    public async Task What_a_partners_person_had_falls_to_its_company_when_the_person_leaves_and_a_colleague_is_told_once(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync("Holdwell", role: Roles.PartnerAdmin);
        var home = holder.Actor.Partner!.Value;
        var leaver = await world.Tenant.PartnerPersonAsync(home, "Holdwell");
        var deal = await world.RegisterAsync(holder, world.Fields("Leave Works"));
        var (open, done, gone) = (await MilestoneAsync(holder, deal.Id, "Data is migrated", leaver), await MilestoneAsync(holder, deal.Id, "Kick-off held", leaver), await MilestoneAsync(holder, deal.Id, "Taken off", leaver));
        await MilestoneAsync(holder, deal.Id, "Of a colleague", holder);
        (await leaver.DoAsync<ChangeMilestone, Result<MilestoneId>>(c => c.RunAsync(new MilestoneInput(deal.Id, done, MilestoneAct.Finish), default))).Problem.ShouldBeNull();
        (await leaver.DoAsync<ChangeMilestone, Result<MilestoneId>>(c => c.RunAsync(new MilestoneInput(deal.Id, gone, MilestoneAct.Remove), default))).Problem.ShouldBeNull();
        await TaskAsync(holder, deal.Id, "Send the offer", leaver);

        using (var api = await world.Tenant.Administrator.ApiAsync()) (await api.DeleteAsync($"/api/v1/partners/{home}/people/{leaver.Actor.Person}")).EnsureSuccessStatusCode();
        await world.Tenant.App.DrainAsync();

        var space = await SeeAsync(holder, deal.Id);
        space.Plan.Single(m => m.Id == open).ShouldSatisfyAllConditions(m => m.OwnerName.ShouldBe("Holdwell"), m => m.OwnedBy.ShouldBe(home.ToString()), m => m.Mine.ShouldBeTrue());
        space.Plan.Single(m => m.Title == "Of a colleague").OwnedBy.ShouldBe(holder.Actor.Person.ToString());
        space.Tasks.Single().ShouldSatisfyAllConditions(t => t.Owner.ShouldBe("Holdwell"), t => t.OwnerKey.ShouldBe(home.ToString()), t => t.Mine.ShouldBeTrue());
        var rows = await world.Tenant.AsSystemAsync<Work, List<Milestone>>(w => w.Db.Set<Milestone>().IgnoreQueryFilters([Db.RemovedFilter]).AsNoTracking().Where(m => m.DealId == deal.Id).ToListAsync());
        (rows.Single(m => m.Id == done).OwnerPerson, rows.Single(m => m.Id == gone).OwnerPerson).ShouldBe((leaver.Actor.Person, null), "what was reached stays with who had it; what may be put back does not");
        space.Events.ShouldContain(e => e.Kind == DealEventKind.Milestone && e.What == "Data is migrated" && e.Who == "Milestone without an owner by name");
        (await SeeAsync(world.Manager, deal.Id)).Events.ShouldContain(e => e.Kind == DealEventKind.Task && e.What == "Send the offer" && e.Text == "Pat Partner may not act any more; it is in the company’s hands.");
        using (var pages = await holder.PagesAsync()) (await pages.GetAsync($"/portal/deals/{deal.Id}")).Text.ShouldContain("Milestone without an owner by name");

        (await MailsAsync(world, holder, "Pat Partner may not act here any more.")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(m => m.ShouldContain("Send the offer\nData is migrated"), m => m.ShouldNotContain("Kick-off held"), m => m.ShouldNotContain("Taken off"), m => m.ShouldNotContain("Of a colleague"));
        (await MailsAsync(world, leaver, "may not act here")).ShouldBeEmpty();
        // What was done and is opened again is nobody's who has gone.
        (await holder.DoAsync<ChangeMilestone, Result<MilestoneId>>(c => c.RunAsync(new MilestoneInput(deal.Id, done, MilestoneAct.Reopen), default))).Problem.ShouldBeNull();
        (await SeeAsync(holder, deal.Id)).Plan.Single(m => m.Id == done).OwnedBy.ShouldBe(home.ToString());
        (await MailsAsync(world, world.Manager, "may not act here")).ShouldBeEmpty("the vendor has nothing to do there");
    }

    [SkippableTheory, Databases]
    public async Task What_one_of_the_vendors_people_had_falls_to_the_vendor_when_the_person_is_suspended_and_the_manager_is_told(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, leaver) = (await world.PartnerAsync("Staywell"), await world.Tenant.StaffNamedAsync("Lou Leaver", Roles.PartnerManager));
        var deal = await world.RegisterAsync(holder, world.Fields("Vendor Works"));
        var id = await MilestoneAsync(world.Manager, deal.Id, "Price confirmed", leaver);
        await TaskAsync(world.Manager, deal.Id, "Call legal", leaver);
        await StateAsync(world, $"/api/v1/people/{leaver.Actor.Person}/state", "suspended");
        await world.Tenant.App.DrainAsync();

        var milestone = (await SeeAsync(world.Manager, deal.Id)).Plan.Single(m => m.Id == id);
        (milestone.OwnerName, milestone.Owner, milestone.OwnedBy).ShouldBe(("Vendor", DealSide.Vendor, "vendor"));
        (await SeeAsync(holder, deal.Id)).Tasks.Single().Owner.ShouldBe("The vendor");
        (await SeeAsync(holder, deal.Id)).Events.ShouldContain(e => e.Kind == DealEventKind.Milestone && e.Text == "Who had it may not act any more; it is in the company’s hands.");
        (await MailsAsync(world, world.Manager, "Lou Leaver may not act here any more.")).Count.ShouldBe(1);
        (await MailsAsync(world, holder, "may not act here")).ShouldBeEmpty();

        // Let in again, nothing comes back by itself; and what is heard late of somebody who acts again changes nothing.
        await StateAsync(world, $"/api/v1/people/{leaver.Actor.Person}/state", "active");
        await MilestoneAsync(world.Manager, deal.Id, "Terms sent", leaver);
        await world.Tenant.AsSystemAsync<FreeLeft, int>(async f => { await f.RunAsync(leaver.Actor.Person, null, default); return 0; });
        (await SeeAsync(world.Manager, deal.Id)).Plan.Single(m => m.Title == "Terms sent").OwnedBy.ShouldBe(leaver.Actor.Person.ToString());
    }

    [SkippableTheory, Databases]
    public async Task Who_is_suspended_at_one_partner_keeps_what_it_has_at_another(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (one, two) = (await world.PartnerAsync("Firstwell", role: Roles.PartnerAdmin), await world.PartnerAsync("Secondwell", role: Roles.PartnerAdmin));
        var person = await world.Tenant.PartnerPersonAsync(one.Actor.Partner!.Value, "Firstwell");
        await world.Tenant.JoinAsync(person, two.Actor.Partner!.Value, "Secondwell");
        var (first, second) = (await world.RegisterAsync(one, world.Fields("First Works")), await world.RegisterAsync(two, world.Fields("Second Works")));
        var (here, there) = (await MilestoneAsync(one, first.Id, "Here", person), await MilestoneAsync(two, second.Id, "There", person));
        await StateAsync(world, $"/api/v1/partners/{one.Actor.Partner}/people/{person.Actor.Person}/state", "suspended");
        await world.Tenant.App.DrainAsync();
        (await SeeAsync(one, first.Id)).Plan.Single(m => m.Id == here).OwnedBy.ShouldBe(one.Actor.Partner.ToString());
        (await SeeAsync(two, second.Id)).Plan.Single(m => m.Id == there).OwnedBy.ShouldBe(person.Actor.Person.ToString());
    }

    private static async Task StateAsync(DealWorld world, string path, string state)
    {
        using var api = await world.Tenant.Administrator.ApiAsync();
        (await api.PostAsJsonAsync(path, new { state })).EnsureSuccessStatusCode();
    }

    private static async Task<MilestoneId> MilestoneAsync(TestPerson by, DealId deal, string title, TestPerson owner)
    {
        var made = await by.DoAsync<AddMilestone, Result<MilestoneId>>(a => a.RunAsync(new NewMilestone(deal, title, PursuitStage.Prove, null, null, OwnedBy: owner.Actor.Person.ToString()), default));
        made.Problem.ShouldBeNull();
        return made.Value;
    }

    private static async Task TaskAsync(TestPerson by, DealId deal, string title, TestPerson owner) =>
        (await by.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(new NewTask(deal, title, owner.Actor.Person.ToString()), default))).Problem.ShouldBeNull();

    private static async Task<DealWorkspace> SeeAsync(TestPerson person, DealId deal) => (await person.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal, default))).Value;

    private static Task<List<string>> MailsAsync(DealWorld world, TestPerson to, string words) => world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == to.Email && m.Body.Contains(words)).Select(m => m.Body).ToListAsync());
}
