using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>A milestone is in the hands of a company on the deal, or of one of its people.</summary>
public sealed class MilestoneOwnerTests
{
    [SkippableTheory, Databases]
    public async Task A_milestone_is_in_the_hands_of_a_person_who_is_told_finds_it_among_its_to_dos_and_is_reminded_once(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, member, counter, stranger) = (await world.PartnerAsync("Holdwell"), await world.PartnerAsync("Deliverwell"), await world.PartnerAsync("Countwell"), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Mile Works"));
        await JoinAsync(holder, deal.Id, member, DealVisibility.Summary);
        await JoinAsync(holder, deal.Id, counter, DealVisibility.Counts);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var id = (await AddAsync(world.Manager, deal.Id, "Pilot is live", member.Actor.Person.ToString(), today)).Value;
        (await MailsAsync(world, member, "Pilot is live")).ShouldBe(1);
        foreach (var nobody in new[] { counter.Actor.Partner.ToString(), stranger.Actor.Partner.ToString(), stranger.Actor.Person.ToString(), "somebody" })
            (await AddAsync(world.Manager, deal.Id, "Not theirs", nobody!, today)).Problem!.Errors!.Keys.ShouldBe(["owner"], $"{nobody} does not read the plan");

        var own = (await SeeAsync(member, deal.Id)).Plan.Single();
        (own.OwnerName, own.Mine, own.OwnedBy).ShouldBe(("Pat Partner", true, member.Actor.Person.ToString()));
        var others = (await SeeAsync(holder, deal.Id)).Plan.Single();
        (others.OwnerName, others.Mine, others.OwnedBy).ShouldBe(("Deliverwell", false, member.Actor.Partner.ToString()), "of another partner's people a partner reads the company");
        (await ToDosAsync(member)).ShouldContain("Your milestone: Pilot is live");
        (await ToDosAsync(holder)).ShouldNotContain("Your milestone: Pilot is live");
        using (var pages = await member.PagesAsync())
        {
            (await pages.GetAsync($"/portal/deals/{deal.Id}")).Text.ShouldContain("Only mine: 1 open milestone");
            (await pages.GetAsync($"/portal/deals/{deal.Id}?plan=mine")).Text.ShouldContain("Show the whole plan");
        }

        for (var i = 0; i < 2; i++) (await RemindAsync(world)).Problem.ShouldBeNull();
        (await MailsAsync(world, member, "This milestone of")).ShouldBe(1, "once");
        // Another day is another reminder; a side alone is nobody.
        (await holder.DoAsync<EditMilestone, Result<MilestoneId>>(e => e.RunAsync(new MilestoneChange(deal.Id, id, "Pilot is live", null, today.AddDays(-1)), default))).Problem.ShouldBeNull();
        (await holder.DoAsync<AddMilestone, Result<MilestoneId>>(a => a.RunAsync(new NewMilestone(deal.Id, "Of a side", PursuitStage.Prove, DealSide.Partner, today), default))).Problem.ShouldBeNull();
        (await RemindAsync(world)).Problem.ShouldBeNull();
        ((await MailsAsync(world, member, "This milestone of")), await MailsAsync(world, holder, "This milestone of")).ShouldBe((2, 0));
    }

    [SkippableTheory, Databases]
    public async Task When_its_owner_leaves_the_team_a_milestone_falls_back_to_the_holder_who_is_told(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, member) = (await world.PartnerAsync("Holdwell"), await world.PartnerAsync("Leavewell"));
        var deal = await world.RegisterAsync(holder, world.Fields("Back Works"));
        await JoinAsync(holder, deal.Id, member, DealVisibility.Full);
        (await AddAsync(holder, deal.Id, "Data is migrated", member.Actor.Partner.ToString()!)).Problem.ShouldBeNull();
        var done = (await AddAsync(holder, deal.Id, "Kick-off held", member.Actor.Partner.ToString()!)).Value;
        (await member.DoAsync<ChangeMilestone, Result<MilestoneId>>(c => c.RunAsync(new MilestoneInput(deal.Id, done, MilestoneAct.Finish), default))).Problem.ShouldBeNull();
        (await member.DoAsync<LeaveTeam, Result<DealId>>(l => l.RunAsync(new LeaveInput(deal.Id, member.Actor.Partner, "No people free."), default))).Problem.ShouldBeNull();
        var plan = (await SeeAsync(holder, deal.Id)).Plan;
        var open = plan.Single(m => m.DoneAt is null);
        (open.OwnerName, open.Mine).ShouldBe(("Holdwell", true));
        plan.Single(m => m.DoneAt is not null).OwnerName.ShouldBe("Leavewell", "what was reached stays with who had it");
        (await MailsAsync(world, holder, "Leavewell is not on this deal any more. These milestones of the plan are in your hands now:\n\nData is migrated")).ShouldBe(1);
        (await MailsAsync(world, holder, "Kick-off held")).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task Over_the_api_a_milestone_is_given_to_a_company_and_a_side_alone_stays_possible(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, stranger) = (await world.PartnerAsync("Apiwell"), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Api Works"));
        using var api = await holder.ApiAsync();
        var made = await api.PostAsJsonAsync($"/api/v1/deals/{deal.Id}/milestones", new { title = "Contract signed", stage = "close", ownedBy = "vendor" });
        made.StatusCode.ShouldBe(HttpStatusCode.OK, await made.Content.ReadAsStringAsync());
        (await api.PostAsJsonAsync($"/api/v1/deals/{deal.Id}/milestones", new { title = "Order", stage = "close", owner = "customer" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PostAsJsonAsync($"/api/v1/deals/{deal.Id}/milestones", new { title = "Nobody", stage = "close", ownedBy = "par_1" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await api.PostAsJsonAsync($"/api/v1/deals/{deal.Id}/milestones", new { title = "Nobody", stage = "close" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var other = await stranger.ApiAsync();
        (await other.PostAsJsonAsync($"/api/v1/deals/{deal.Id}/milestones", new { title = "Not mine", stage = "close", ownedBy = "vendor" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var plan = (await SeeAsync(holder, deal.Id)).Plan;
        plan.Select(m => m.Owner).ShouldBe([DealSide.Vendor, DealSide.Customer]);
        (plan[0].OwnerName is { Length: > 0 }, plan[1].OwnerName).ShouldBe((true, null));
        (await SeeAsync(world.Manager, deal.Id)).Plan[0].Mine.ShouldBeTrue();
    }

    private static Task<Result<Done>> RemindAsync(DealWorld world) => world.Tenant.AsSystemAsync<IServiceProvider, Result<Done>>(services => ActivatorUtilities.CreateInstance<Workspace.Jobs.RemindTasks>(services).RunAsync(default));

    private static Task<IEnumerable<string>> ToDosAsync(TestPerson person) => person.DoAsync<IEnumerable<IToDoSource>, IEnumerable<string>>(async s => (await s.OfType<DealToDos>().Single().OfAsync(default)).Select(d => d.Title));

    private static Task<Result<MilestoneId>> AddAsync(TestPerson by, DealId deal, string title, string owner, DateOnly? due = null) =>
        by.DoAsync<AddMilestone, Result<MilestoneId>>(a => a.RunAsync(new NewMilestone(deal, title, PursuitStage.Deliver, null, due, OwnedBy: owner), default));

    private static async Task<DealWorkspace> SeeAsync(TestPerson person, DealId deal) => (await person.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal, default))).Value;

    private static async Task JoinAsync(TestPerson holder, DealId deal, TestPerson guest, DealVisibility level)
    {
        (await holder.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal, guest.Actor.Partner, null, DealRole.Influence, 100) { Visibility = level, Known = true }, default))).Problem.ShouldBeNull();
        (await DealWorld.AcceptAsync(guest, deal)).Problem.ShouldBeNull();
    }

    private static Task<int> MailsAsync(DealWorld world, TestPerson to, string words) => world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.To == to.Email && m.Body.Contains(words)));
}
