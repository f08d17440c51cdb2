using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Transfers;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>Who reads what of a deal whose team has changed: after a transfer, after somebody has left, below the sight that it needs.</summary>
public sealed class TeamSightTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    [SkippableTheory, Databases]
    public async Task A_partner_that_was_on_the_team_takes_the_deal_over_and_reads_nobodys_name_of_before(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (giver, taker, third) = (await world.PartnerAsync("Giver Ltd"), await world.PartnerAsync("Taker Ltd"), await world.PartnerAsync("Third Ltd"));
        var deal = await world.RegisterAsync(giver, world.Fields("Ash Machines"));
        foreach (var guest in new[] { taker, third }) await JoinAsync(giver, deal.Id, guest, DealVisibility.Full);
        (await giver.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, DealVisibility.Summary), default))).Problem.ShouldBeNull();
        await AddAsync(world.Manager, new NewTask(deal.Id, "canary-task", giver.Actor.Person.ToString(), Today));
        await AddAsync(world.Manager, new NewTask(deal.Id, "canary-taker", taker.Actor.Person.ToString(), Today));
        (await giver.DoAsync<SetNextStep, Result<NextStepId>>(s => s.RunAsync(new NextStepInput(deal.Id, "Offer", DealSide.Partner, Today), default))).Problem.ShouldBeNull();
        var transfer = (await world.Manager.DoAsync<ProposeTransfer, Result<TransferId>>(p => p.RunAsync(new TransferInput(deal.Id, taker.Actor.Partner, "Moved."), default))).Value;
        (await taker.DoAsync<AnswerTransfer, Result<TransferId>>(a => a.RunAsync(new TransferAnswer(transfer, true), default))).Problem.ShouldBeNull();

        (await DealWorld.SeeAsync(taker, deal.Id)).Team.Select(t => t.PartnerName).ShouldBe(["Taker Ltd", "Third Ltd"]);
        foreach (var reader in new[] { taker, third, world.Manager })
        {
            using var pages = await reader.PagesAsync();
            (await pages.GetAsync($"/{(reader.Actor.IsPartner ? "portal" : "app")}/deals/{deal.Id}")).Status.ShouldBe(HttpStatusCode.OK);
            using var api = await reader.ApiAsync();
            (await api.GetAsync($"/api/v1/deals/{deal.Id}/workspace")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var space = (await taker.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value;
        var before = space.Agreements.Single(a => a.Partner == third.Actor.Partner);
        (before.ProposedBy, before.ConsentedBy, before.Text).ShouldBe(("Another partner", "Another partner", ""));
        space.Events.Where(e => e.Kind == DealEventKind.Sight).Select(e => e.Who).ShouldBe(["Another partner"]);
        space.Events.Where(e => e.What == "invited Third Ltd to the team").Select(e => e.Who).ShouldBe(["Another partner"]);
        // Who has agreed reads what it has agreed on.
        (await third.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value.Agreements.ShouldHaveSingleItem().Text.ShouldContain("Giver Ltd");

        await RemindAsync(world);
        (await MailsAsync(world, giver, "is yours.")).ShouldBeEmpty("it has handed the deal over");
        (await MailsAsync(world, taker, "is yours.")).Count.ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task What_is_offered_when_a_deal_changes_hands_names_the_partner_that_holds_it_then(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (giver, taker, guest) = (await world.PartnerAsync("Giver Ltd"), await world.PartnerAsync("Taker Ltd"), await world.PartnerAsync("Guest Ltd"));
        var deal = await world.RegisterAsync(giver, world.Fields("Dornach Tools"));
        (await giver.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, guest.Actor.Partner, null, DealRole.Deliver, 1_000) { Known = true }, default))).Problem.ShouldBeNull();
        var third = await world.PartnerAsync("Third Ltd");
        (await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, third.Actor.Partner, null, DealRole.Influence, 500), default))).Problem.ShouldBeNull();
        var read = await AgreementAsync(guest, "Guest Ltd");
        read.Text.ShouldContain("Giver Ltd, which registered the deal");
        var transfer = (await world.Manager.DoAsync<ProposeTransfer, Result<TransferId>>(p => p.RunAsync(new TransferInput(deal.Id, taker.Actor.Partner, "Moved."), default))).Value;
        (await taker.DoAsync<AnswerTransfer, Result<TransferId>>(a => a.RunAsync(new TransferAnswer(transfer, true), default))).Problem.ShouldBeNull();

        foreach (var (reader, partner) in new[] { (guest, "Guest Ltd"), (taker, "Guest Ltd"), (taker, "Third Ltd"), (world.Manager, "Third Ltd") })
        {
            var now = await AgreementAsync(reader, partner);
            now.Text.ShouldContain($"Between Taker Ltd, which has taken the deal over, and {partner}", Shouldly.Case.Sensitive, $"{reader.Actor.PartnerName} reads that of {partner}");
            now.Text.ShouldNotContain("Giver");
            AgreementText.Hash(now.Text).ShouldBe(now.Hash);
        }

        // The terms are the same; what is accepted is the text that was read.
        (await AgreementAsync(guest, "Guest Ltd")).Terms.ShouldBe(read.Terms);
        (await guest.DoAsync<AnswerInvitation, Result<DealId>>(a => a.RunAsync(new InvitationAnswer(deal.Id, true, read.Hash), default))).Problem!.Code.ShouldBe(CoalitionProblems.OtherTerms().Code);
        (await DealWorld.AcceptAsync(guest, deal.Id)).Problem.ShouldBeNull();
        (await AgreementAsync(taker, "Guest Ltd")).Text.ShouldContain("Between Taker Ltd");

        async Task<AgreementLine> AgreementAsync(TestPerson reader, string partner) =>
            (await reader.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value.Agreements.Single(a => a.PartnerName == partner);
    }

    [SkippableTheory, Databases]
    public async Task A_task_is_told_to_whoever_still_reads_it_on_the_deal(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, stays, leaves, seller) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync(), await world.Tenant.StaffAsync(Roles.DirectSeller));
        var deal = await world.RegisterAsync(holder, world.Fields("Birch Mills"));
        foreach (var guest in new[] { stays, leaves }) await JoinAsync(holder, deal.Id, guest, DealVisibility.Counts);
        foreach (var owner in new[] { stays, leaves, seller }) await AddAsync(world.Manager, new NewTask(deal.Id, "canary-due", owner.Actor.Person.ToString(), Today));
        await CountAsync("gave you a task", stays, leaves, seller);
        (await ToDosAsync(seller)).Count.ShouldBe(1);
        (await leaves.DoAsync<LeaveTeam, Result<DealId>>(l => l.RunAsync(new LeaveInput(deal.Id, null, "Other plans."), default))).Problem.ShouldBeNull();
        (await holder.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, DealVisibility.Counts), default))).Problem.ShouldBeNull();
        await RemindAsync(world);
        await CountAsync("is yours.", stays);
        (await ToDosAsync(seller)).ShouldBeEmpty("the direct team reads no tasks of this deal any more");
        (await ToDosAsync(stays)).Count.ShouldBe(1);
        (await ToDosAsync(leaves)).ShouldBeEmpty();
        (await world.Manager.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(new NewTask(deal.Id, "For the seller", seller.Actor.Person.ToString()), default))).Problem!.Errors.Keys.ShouldBe(["owner"]);

        async Task CountAsync(string words, params TestPerson[] told)
        {
            foreach (var person in new[] { world.Manager, holder, stays, leaves, seller }) (await MailsAsync(world, person, words)).Count.ShouldBe(told.Contains(person) ? 1 : 0, $"{words} to {person.Email}");
        }
    }

    [SkippableTheory, Databases]
    public async Task One_partner_reads_the_company_of_another_in_tasks_next_steps_and_invitations(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, member) = (await world.PartnerAsync("Brightpath"), await world.PartnerAsync("Clearview"));
        var deal = await world.RegisterAsync(holder, world.Fields("Cedar Foods"));
        await JoinAsync(holder, deal.Id, member, DealVisibility.Summary);
        (await MailsAsync(world, member, "Brightpath invites your company")).Count.ShouldBe(1);
        await AddAsync(member, new NewTask(deal.Id, "Send the papers", holder.Actor.Partner.ToString()));
        (await MailsAsync(world, holder, "gave you a task")).ShouldHaveSingleItem().ShouldContain("Clearview gave you a task");
        (await member.DoAsync<SetNextStep, Result<NextStepId>>(s => s.RunAsync(new NextStepInput(deal.Id, "Call them", DealSide.Partner, Today), default))).Problem.ShouldBeNull();
        using var api = await holder.ApiAsync();
        var told = await api.GetStringAsync("/api/v1/notifications");
        told.ShouldContain("Clearview has set the next step");
        told.ShouldNotContain("Pat Partner has set");
    }

    [SkippableTheory, Databases]
    public async Task A_direct_seller_that_does_not_see_all_hears_no_reason_and_of_no_proposal(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, member, third, seller) = (await world.PartnerAsync("Holder Ltd"), await world.PartnerAsync("Member Ltd"), await world.PartnerAsync("Third Ltd"), await world.Tenant.StaffAsync(Roles.DirectSeller));
        var deal = await world.RegisterAsync(holder, world.Fields("Elder Bank"));
        await JoinAsync(holder, deal.Id, member, DealVisibility.Summary);
        (await seller.DoAsync<AddComment, Result<DealId>>(c => c.RunAsync(new CommentInput(deal.Id, "I take part.", CommentAudience.Shared), default))).Problem.ShouldBeNull();
        (await holder.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, DealVisibility.Summary), default))).Problem.ShouldBeNull();
        foreach (var refused in new[] { true, false })
        {
            (await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, third.Actor.Partner, null, DealRole.Deliver, 500), default))).Problem.ShouldBeNull();
            if (refused) (await holder.DoAsync<AnswerProposal, Result<DealId>>(a => a.RunAsync(new ProposalAnswer(deal.Id, third.Actor.Partner, false, "canary-no"), default))).Problem.ShouldBeNull();
            else (await holder.DoAsync<LeaveTeam, Result<DealId>>(l => l.RunAsync(new LeaveInput(deal.Id, third.Actor.Partner, "canary-back"), default))).Problem.ShouldBeNull();
        }

        (await member.DoAsync<LeaveTeam, Result<DealId>>(l => l.RunAsync(new LeaveInput(deal.Id, null, "canary-why"), default))).Problem.ShouldBeNull();
        foreach (var words in new[] { "canary-no", "canary-back", "canary-why" }) (await MailsAsync(world, world.Manager, words)).Count.ShouldBe(1, words);
        foreach (var words in new[] { "Third Ltd", "canary" }) (await MailsAsync(world, seller, words)).ShouldBeEmpty(words);
        (await MailsAsync(world, seller, "Member Ltd is not on this deal any more")).Count.ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task A_partner_that_reads_no_tasks_or_whose_deal_is_won_finishes_its_own_and_does_no_more(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, member, reader) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Fig Trading"));
        await JoinAsync(holder, deal.Id, member, DealVisibility.Counts);
        await JoinAsync(holder, deal.Id, reader, DealVisibility.Summary);
        var task = await AddAsync(holder, new NewTask(deal.Id, "Deliver", member.Actor.Partner.ToString()));
        (await ActAsync(member, TaskAct.Remove, task)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ActAsync(member, TaskAct.Finish, task)).Problem.ShouldBeNull();
        (await ActAsync(member, TaskAct.Reopen, task)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        using (var pages = await member.PagesAsync()) (await pages.GetAsync($"/portal/deals/{deal.Id}")).Document.QuerySelectorAll("#tasks td button, #tasks td a").ShouldBeEmpty();
        var other = await AddAsync(holder, new NewTask(deal.Id, "Train", reader.Actor.Partner.ToString()));
        foreach (var act in new[] { TaskAct.Finish, TaskAct.Reopen }) (await ActAsync(reader, act, other)).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal.Id, 1_000_00), default))).Problem.ShouldBeNull();
        (await ActAsync(reader, TaskAct.Remove, other)).Problem!.Code.ShouldBe("deals.only_reads");
        (await ActAsync(reader, TaskAct.Finish, other)).Problem.ShouldBeNull();
        (await ActAsync(reader, TaskAct.Reopen, other)).Problem!.Code.ShouldBe("deals.only_reads");
        (await ActAsync(holder, TaskAct.Reopen, other)).Problem.ShouldBeNull();

        Task<Result<DealTaskId>> ActAsync(TestPerson by, TaskAct act, DealTaskId id) => by.DoAsync<FinishTask, Result<DealTaskId>>(f => f.RunAsync(new TaskInput(deal.Id, id, act), default));
    }

    private static async Task JoinAsync(TestPerson holder, DealId deal, TestPerson guest, DealVisibility level)
    {
        (await holder.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal, guest.Actor.Partner, null, DealRole.Influence, 100) { Visibility = level, Known = true }, default))).Problem.ShouldBeNull();
        (await DealWorld.AcceptAsync(guest, deal)).Problem.ShouldBeNull();
    }

    private static async Task<DealTaskId> AddAsync(TestPerson by, NewTask task)
    {
        var added = await by.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(task, default));
        added.Problem.ShouldBeNull();
        return added.Value;
    }

    private static Task<bool> RemindAsync(DealWorld world) => world.Tenant.AsSystemAsync<IServiceProvider, bool>(async services =>
    {
        await ActivatorUtilities.CreateInstance<Workspace.Jobs.RemindTasks>(services).RunAsync(default);
        return true;
    });

    private static Task<IReadOnlyList<ToDo>> ToDosAsync(TestPerson person) => person.DoAsync<IEnumerable<IToDoSource>, IReadOnlyList<ToDo>>(s => s.OfType<DealToDos>().Single().OfAsync(default));

    private static Task<List<string>> MailsAsync(DealWorld world, TestPerson to, string words) => world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == to.Email && m.Body.Contains(words)).Select(m => m.Body).ToListAsync());
}
