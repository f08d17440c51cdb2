using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>What the sides of a deal are told of each other, and what each level lets a partner write.</summary>
public sealed class TeamNewsTests
{
    [SkippableTheory, Databases]
    public async Task A_message_tells_every_side_that_may_read_it_and_never_its_author(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, member, counter) = (await world.PartnerAsync("Brightpath"), await world.PartnerAsync("Clearview"), await world.PartnerAsync("Countwell"));
        var (invited, stranger, seller) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.Tenant.StaffAsync(Roles.DirectSeller));
        var deal = await world.RegisterAsync(holder, world.Fields("Alder Foods"));
        await JoinAsync(holder, deal.Id, member, DealVisibility.Summary);
        await JoinAsync(holder, deal.Id, counter, DealVisibility.Counts);
        (await InviteAsync(holder, deal.Id, invited, DealVisibility.Full)).Problem.ShouldBeNull();

        (await SayAsync(holder, deal.Id, "canary-shared")).Problem.ShouldBeNull();
        await ToldAsync("canary-shared", world.Manager, member);
        (await MailsAsync(world, member, "canary-shared")).Single().ShouldContain("Brightpath writes to all");
        (await MailsAsync(world, member, "canary-shared")).Single().ShouldNotContain("Pat Partner writes");
        (await MailsAsync(world, world.Manager, "canary-shared")).Single().ShouldContain("Pat Partner (Brightpath) writes to all");

        // One of the direct team takes part from its first word on, as long as the partner shows it the messages.
        (await SayAsync(seller, deal.Id, "canary-note", CommentAudience.Internal)).Problem.ShouldBeNull();
        await ToldAsync("canary-note", world.Manager);
        (await SayAsync(member, deal.Id, "canary-answer")).Problem.ShouldBeNull();
        await ToldAsync("canary-answer", world.Manager, seller, holder);
        (await holder.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, DealVisibility.Counts), default))).Problem.ShouldBeNull();
        (await SayAsync(world.Manager, deal.Id, "canary-later", CommentAudience.Shared)).Problem.ShouldBeNull();
        await ToldAsync("canary-later", holder, member);
        (await SayAsync(world.Manager, deal.Id, "canary-ours", CommentAudience.Internal)).Problem.ShouldBeNull();
        await ToldAsync("canary-ours");

        async Task ToldAsync(string words, params TestPerson[] told)
        {
            foreach (var person in new[] { world.Manager, holder, member, counter, invited, stranger, seller })
                (await MailsAsync(world, person, words)).Count.ShouldBe(told.Contains(person) ? 1 : 0, $"{words} to {person.Email}");
        }
    }

    [SkippableTheory, Databases]
    public async Task Whoever_joins_declines_leaves_or_is_not_consented_to_is_told_to_the_other_sides(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, first, second, third) = (await world.PartnerAsync("Holder Ltd"), await world.PartnerAsync("First Ltd"), await world.PartnerAsync("Second Ltd"), await world.PartnerAsync("Third Ltd"));
        var deal = await world.RegisterAsync(holder, world.Fields("Beech Bank"));
        await JoinAsync(holder, deal.Id, first, DealVisibility.None);
        await CountAsync("First Ltd joins the team", world.Manager, holder);
        await InviteAsync(holder, deal.Id, second, DealVisibility.Summary);
        (await second.DoAsync<AnswerInvitation, Result<DealId>>(a => a.RunAsync(new InvitationAnswer(deal.Id, false), default))).Problem.ShouldBeNull();
        await CountAsync("Second Ltd does not join", world.Manager, holder);

        // The vendor's proposal is between it and the holder: nobody else hears that it was refused.
        (await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, third.Actor.Partner, null, DealRole.Deliver, 500), default))).Problem.ShouldBeNull();
        (await holder.DoAsync<AnswerProposal, Result<DealId>>(a => a.RunAsync(new ProposalAnswer(deal.Id, third.Actor.Partner, false, "We have our own people."), default))).Problem.ShouldBeNull();
        await CountAsync("No consent to Third Ltd", world.Manager);

        await JoinAsync(holder, deal.Id, second, DealVisibility.Summary);
        await CountAsync("Second Ltd joins the team", world.Manager, holder, first);
        (await first.DoAsync<LeaveTeam, Result<DealId>>(l => l.RunAsync(new LeaveInput(deal.Id, first.Actor.Partner, "canary-reason"), default))).Problem.ShouldBeNull();
        await CountAsync("First Ltd has left the team", world.Manager, holder, second);
        (await MailsAsync(world, holder, "canary-reason")).Count.ShouldBe(1);
        (await MailsAsync(world, second, "canary-reason")).ShouldBeEmpty("the reason stands in an agreement that it does not read");
        (await world.Manager.DoAsync<LeaveTeam, Result<DealId>>(l => l.RunAsync(new LeaveInput(deal.Id, second.Actor.Partner, "Other plans."), default))).Problem.ShouldBeNull();
        await CountAsync("You are not on the team", second);

        async Task CountAsync(string subject, params TestPerson[] told)
        {
            foreach (var person in new[] { world.Manager, holder, first, second, third })
                (await SubjectsAsync(world, person, subject)).Count.ShouldBe(told.Contains(person) ? 1 : 0, $"{subject} to {person.Email}");
        }
    }

    [SkippableTheory, Databases]
    public async Task A_won_deal_is_told_to_its_whole_team_each_with_its_own_share(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, member, declined) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Cypress Rail"));
        await JoinAsync(holder, deal.Id, member, DealVisibility.None, 1_500);
        await InviteAsync(holder, deal.Id, declined, DealVisibility.Full);
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal.Id, 77_123_00), default))).Problem.ShouldBeNull();
        await world.Tenant.App.DrainAsync();
        (await SubjectsAsync(world, holder, "Won: ")).Count.ShouldBe(1);
        var mail = (await MailsAsync(world, member, "The deal is won.")).ShouldHaveSingleItem();
        mail.ShouldContain("15 % of the credit are yours");
        mail.Split("Open it:")[0].ShouldNotContain("77");
        (await SubjectsAsync(world, declined, "Won: ")).ShouldBeEmpty();

        var lost = await world.RegisterAsync(holder, world.Fields("Dogwood Rail"));
        await JoinAsync(holder, lost.Id, member, DealVisibility.None);
        (await world.Manager.DoAsync<Lose, Result<DealId>>(l => l.RunAsync(new WordsInput(lost.Id, "canary-why"), default))).Problem.ShouldBeNull();
        await world.Tenant.App.DrainAsync();
        (await MailsAsync(world, holder, "canary-why")).Count.ShouldBe(1);
        (await SubjectsAsync(world, member, "Lost: ")).Count.ShouldBe(1);
        (await MailsAsync(world, member, "canary-why")).ShouldBeEmpty("a member does not read the reason on the page");
    }

    [SkippableTheory, Databases]
    public async Task Each_level_lets_a_partner_write_what_the_table_says_and_what_it_cannot_read_it_cannot_write(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, seller) = (await world.PartnerAsync(), await world.Tenant.StaffAsync(Roles.DirectSeller));
        var deal = await world.RegisterAsync(holder, world.Fields("Elm Insurance"));
        foreach (var level in Enum.GetValues<DealVisibility>())
        {
            var member = await world.PartnerAsync();
            await InviteAsync(holder, deal.Id, member, level, 100);
            using (var pages = await member.PagesAsync())
            {
                var page = await pages.GetAsync($"/portal/deals/{deal.Id}");
                page.Text.ShouldContain("you are invited");
                page.Text.ShouldNotContain("you are on the team");
                page.Text.ShouldContain(SightWords.Promise(SightTable.Delivered.Parts(level)));
            }

            (await MailsAsync(world, member, SightWords.Promise(SightTable.Delivered.Parts(level)))).Count.ShouldBe(1, "the mail promises the same");
            (await DealWorld.AcceptAsync(member, deal.Id)).Problem.ShouldBeNull();
            (await holder.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, level), default))).Problem.ShouldBeNull();
            foreach (var writer in new[] { member, seller })
            {
                foreach (var (part, done) in await ActsAsync(writer, deal.Id)) done.Ok.ShouldBe(level >= SightTable.Delivered.From(part), $"{part} at {level}");
                (await writer.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value.Says.ShouldBe(level >= DealVisibility.Summary);
            }

            // A task that it is given is its own at every level.
            var task = (await holder.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(new NewTask(deal.Id, $"for {level}", member.Actor.Partner.ToString()), default))).Value;
            (await member.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value.Tasks.Select(t => t.Title).ShouldContain($"for {level}");
            (await member.DoAsync<FinishTask, Result<DealTaskId>>(f => f.RunAsync(new TaskInput(deal.Id, task, TaskAct.Finish), default))).Problem.ShouldBeNull();
        }
    }

    [SkippableTheory, Databases]
    public async Task When_the_deal_is_over_a_member_reads_on_and_writes_nothing_more(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, member) = (await world.PartnerAsync(), await world.PartnerAsync());
        foreach (var won in new[] { false, true })
        {
            var deal = await world.RegisterAsync(holder, world.Fields(won ? "Fir Wins" : "Fir Loses"));
            await JoinAsync(holder, deal.Id, member, DealVisibility.Full);
            (await SayAsync(holder, deal.Id, "kept for reading")).Problem.ShouldBeNull();
            var task = (await holder.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(new NewTask(deal.Id, "deliver", member.Actor.Partner.ToString()), default))).Value;
            if (won) (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal.Id, 1_000_00), default))).Problem.ShouldBeNull();
            else (await world.Manager.DoAsync<Lose, Result<DealId>>(l => l.RunAsync(new WordsInput(deal.Id, "Price."), default))).Problem.ShouldBeNull();
            await world.Tenant.App.DrainAsync();

            foreach (var (part, done) in await ActsAsync(member, deal.Id)) done.Problem!.Code.ShouldBe("deals.only_reads", $"{part}");
            var space = (await member.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value;
            (space.Works, space.Says, space.Committee is not null).ShouldBe((false, false, true));
            using var pages = await member.PagesAsync();
            var page = await pages.GetAsync($"/portal/deals/{deal.Id}");
            page.Text.ShouldContain("kept for reading");
            page.Text.ShouldContain("writes nothing more");
            page.Document.QuerySelector("form[action*=comment], textarea").ShouldBeNull();
            // Delivery comes after the win.
            (await member.DoAsync<FinishTask, Result<DealTaskId>>(f => f.RunAsync(new TaskInput(deal.Id, task, TaskAct.Finish), default))).Ok.ShouldBe(won);
            // The two that answer for it go on.
            foreach (var side in new[] { holder, world.Manager }) (await SayAsync(side, deal.Id, "to be settled", CommentAudience.Shared)).Problem.ShouldBeNull();
        }
    }

    [SkippableTheory, Databases]
    public async Task The_readers_of_a_message_stand_beside_it_by_name_before_and_after_it_is_sent(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, member, blind) = (await world.PartnerAsync("Brightpath"), await world.PartnerAsync("Clearview"), await world.PartnerAsync("Blindwater"));
        var deal = await world.RegisterAsync(holder, world.Fields("Gum Works"));
        await JoinAsync(holder, deal.Id, member, DealVisibility.Summary);
        await JoinAsync(holder, deal.Id, blind, DealVisibility.None);
        await SayAsync(world.Manager, deal.Id, "for all", CommentAudience.Shared);
        await SayAsync(world.Manager, deal.Id, "for us", CommentAudience.Internal);
        var vendor = (await world.Manager.DoAsync<Work, string>(w => Task.FromResult(w.Vendor())));
        using var staff = await world.Manager.PagesAsync();
        var page = (await staff.GetAsync($"/app/deals/{deal.Id}")).Document.QuerySelector("#timeline")!.TextContent;
        page.ShouldContain("Will be read by: Brightpath, Clearview.");
        page.ShouldContain($"Read by: {vendor}, Brightpath, Clearview.");
        page.ShouldContain($"Only {vendor} reads this");
        page.ShouldNotContain("Blindwater.");
        using var portal = await member.PagesAsync();
        var theirs = (await portal.GetAsync($"/portal/deals/{deal.Id}")).Document.QuerySelector("#timeline")!.TextContent;
        theirs.ShouldContain($"Will be read by: {vendor}, Brightpath.");
        theirs.ShouldNotContain("for us");
        (await blind.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal.Id, default))).Value.Readers.ShouldBeNull();
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_partners_that_accept_at_once_never_have_more_than_the_whole(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        var deal = await world.RegisterAsync(holder, world.Fields("Hickory Steel"));
        var guests = new List<TestPerson>();
        for (var i = 0; i < 3; i++) guests.Add(await world.PartnerAsync());
        // What the vendor only proposes uses nothing up; what the holder has consented to does.
        foreach (var guest in guests) (await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, guest.Actor.Partner, null, DealRole.Influence, 4_000), default))).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(holder, deal.Id)).Credit.ShouldBe(new ShareParts(0, 0, 10_000));
        (await DealWorld.ConsentAsync(holder, deal.Id, guests[0])).Problem.ShouldBeNull();
        (await DealWorld.ConsentAsync(holder, deal.Id, guests[1])).Problem.ShouldBeNull();
        (await DealWorld.ConsentAsync(holder, deal.Id, guests[2])).Problem!.Errors.Keys.ShouldBe(["share"]);
        (await DealWorld.SeeAsync(holder, deal.Id)).Credit.ShouldBe(new ShareParts(0, 8_000, 2_000));
        using (var pages = await holder.PagesAsync())
        {
            var team = (await pages.GetAsync($"/portal/deals/{deal.Id}")).Document.QuerySelector("#team")!.TextContent;
            foreach (var words in new[] { "only offered", "only proposed", "Credit offered, not answered" }) team.ShouldContain(words);
        }

        // Where more came to be offered than there is, nobody accepts until the offers fit again.
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<DealMember>().Where(m => m.DealId == deal.Id && m.State == MemberState.Invited).ExecuteUpdateAsync(s => s.SetProperty(m => m.ShareBasisPoints, 6_000)));
        var refused = await Task.WhenAll(guests.Take(2).Select(g => Task.Run(() => DealWorld.AcceptAsync(g, deal.Id))));
        refused.ShouldAllBe(r => r.Problem != null && r.Problem.Code == "deals.share_gone");
        await world.Manager.DoAsync<Work, int>(w => w.Db.Set<DealMember>().Where(m => m.DealId == deal.Id && m.State == MemberState.Invited).ExecuteUpdateAsync(s => s.SetProperty(m => m.ShareBasisPoints, 5_000)));
        (await Task.WhenAll(guests.Take(2).Select(g => Task.Run(() => DealWorld.AcceptAsync(g, deal.Id))))).ShouldAllBe(r => r.Ok);
        (await DealWorld.SeeAsync(holder, deal.Id)).Credit.ShouldBe(new ShareParts(10_000, 0, 0));
    }

    [SkippableTheory, Databases]
    public async Task Whoever_is_erased_stands_in_nobodys_notifications_any_more(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync("Solo Ltd");
        var deal = await world.RegisterAsync(holder, world.Fields("Karri Timber"));
        await SayAsync(holder, deal.Id, "see you there");
        using var api = await world.Manager.ApiAsync();
        (await api.GetStringAsync("/api/v1/notifications")).ShouldContain("Pat Partner (Solo Ltd) writes to all");
        using var administrator = await world.Tenant.Administrator.ApiAsync();
        (await administrator.PostAsJsonAsync($"/api/v1/people/{holder.Actor.Person}/erase", new { address = holder.Email, reason = "Asked" })).EnsureSuccessStatusCode();
        var left = await api.GetStringAsync("/api/v1/notifications");
        left.ShouldContain("(Solo Ltd) writes to all");
        left.ShouldNotContain("Pat Partner");
    }

    private static async Task<List<(DealPart Part, Result<string> Done)>> ActsAsync(TestPerson by, DealId deal)
    {
        static Result<string> Of<T>(Result<T> result) => result.Ok ? "done" : result.Problem;
        var said = Of(await SayAsync(by, deal, "a word", CommentAudience.Shared));
        var task = Of(await by.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(new NewTask(deal, "a task"), default)));
        var plan = Of(await by.DoAsync<AddMilestone, Result<MilestoneId>>(a => a.RunAsync(new NewMilestone(deal, "a milestone", PursuitStage.Prove, DealSide.Vendor), default)));
        var person = Of(await by.DoAsync<SaveCommitteePerson, Result<CommitteePersonId>>(s => s.RunAsync(new CommitteeInput(deal, null, "Ada", null, null, BuyerRole.Champion, null, null, null, null), default)));
        var file = Of(await by.DoAsync<UploadDealFile, Result<FileId>>(u => u.RunAsync(new SentDealFile(deal, "note.txt", new MemoryStream("a note"u8.ToArray()), false), default)));
        return [(DealPart.Messages, said), (DealPart.Tasks, task), (DealPart.Plan, plan), (DealPart.Committee, person), (DealPart.Files, file)];
    }

    private static async Task JoinAsync(TestPerson holder, DealId deal, TestPerson guest, DealVisibility level, int share = 100)
    {
        (await InviteAsync(holder, deal, guest, level, share)).Problem.ShouldBeNull();
        (await DealWorld.AcceptAsync(guest, deal)).Problem.ShouldBeNull();
    }

    private static Task<Result<DealId>> InviteAsync(TestPerson by, DealId deal, TestPerson guest, DealVisibility level, int share = 100) =>
        by.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal, guest.Actor.Partner, null, DealRole.Influence, share) { Visibility = level, Known = true }, default));

    private static Task<Result<DealId>> SayAsync(TestPerson by, DealId deal, string text, CommentAudience? audience = null) => by.DoAsync<AddComment, Result<DealId>>(c => c.RunAsync(new CommentInput(deal, text, audience), default));

    private static Task<List<string>> MailsAsync(DealWorld world, TestPerson to, string words) => world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == to.Email && m.Body.Contains(words)).Select(m => m.Body).ToListAsync());

    private static Task<List<string>> SubjectsAsync(DealWorld world, TestPerson to, string begins) => world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == to.Email && m.Subject.StartsWith(begins)).Select(m => m.Subject).ToListAsync());
}
