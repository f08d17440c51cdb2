using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>One page of a deal for both sides: tasks, plan, people, files, and who sees what.</summary>
public sealed class WorkspaceTests
{
    [SkippableTheory, Databases]
    public async Task Both_sides_give_each_other_tasks_and_the_owner_hears_by_mail(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, stranger) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Sequoia Freight"));
        var mine = await AddAsync(world.Manager, new NewTask(deal.Id, "Send the price list", holder.Actor.Person.ToString(), DateOnly.FromDateTime(DateTime.UtcNow).AddDays(3)));
        mine.Problem.ShouldBeNull();
        (await AddAsync(holder, new NewTask(deal.Id, "Name the decider", "vendor"))).Problem.ShouldBeNull();
        (await AddAsync(world.Manager, new NewTask(deal.Id, "Check the margin", null, null, Internal: true))).Problem.ShouldBeNull();
        (await AddAsync(holder, new NewTask(deal.Id, "Hidden", null, null, Internal: true))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await AddAsync(holder, new NewTask(deal.Id, " "))).Problem!.Errors.Keys.ShouldBe(["title"]);
        (await AddAsync(holder, new NewTask(deal.Id, "For a stranger", stranger.Actor.Person.ToString()))).Problem!.Errors.Keys.ShouldBe(["owner"]);
        (await AddAsync(stranger, new NewTask(deal.Id, "Not mine"))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await AddAsync(holder, new NewTask(deal.Id, "Late", Version: 999))).Problem!.Kind.ShouldBe(ProblemKind.Stale);

        var mails = await world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == holder.Email && m.Subject.StartsWith("A task")).Select(m => m.Subject).ToListAsync());
        mails.ShouldBe(["A task for you: Send the price list"]);
        var theirs = await SeeAsync(holder, deal.Id);
        theirs.Tasks.Select(t => t.Title).ShouldBe(["Send the price list", "Name the decider"]);
        theirs.Tasks[0].Mine.ShouldBeTrue();
        (await SeeAsync(world.Manager, deal.Id)).Tasks.Count.ShouldBe(3);

        (await holder.DoAsync<FinishTask, Result<DealTaskId>>(f => f.RunAsync(new TaskInput(deal.Id, mine.Value, TaskAct.Finish, 7), default))).Problem!.Kind.ShouldBe(ProblemKind.Stale);
        (await holder.DoAsync<FinishTask, Result<DealTaskId>>(f => f.RunAsync(new TaskInput(deal.Id, mine.Value, TaskAct.Finish, 1), default))).Problem.ShouldBeNull();
        (await SeeAsync(world.Manager, deal.Id)).Tasks.Single(t => t.Title == "Send the price list").DoneBy.ShouldBe("Pat Partner");
        var hits = await holder.DoAsync<IEnumerable<ISearchSource>, List<Hit>>(async sources => [.. (await Task.WhenAll(sources.OfType<TaskSearch>().Select(s => s.FindAsync("decider", 5, default)))).SelectMany(h => h)]);
        hits.Select(h => h.Title).ShouldBe(["Name the decider"]);
        (await stranger.DoAsync<Work, int>(w => w.Db.Set<DealTask>().CountAsync())).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task A_due_task_is_reminded_of_once(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        var deal = await world.RegisterAsync(holder, world.Fields("Alder Rail"));
        await AddAsync(world.Manager, new NewTask(deal.Id, "Due today", holder.Actor.Person.ToString(), DateOnly.FromDateTime(DateTime.UtcNow)));
        await AddAsync(world.Manager, new NewTask(deal.Id, "Due later", holder.Actor.Person.ToString(), DateOnly.FromDateTime(DateTime.UtcNow).AddDays(9)));
        for (var i = 0; i < 2; i++)
            await world.Tenant.AsSystemAsync<IServiceProvider, bool>(async services =>
            {
                await Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<Workspace.Jobs.RemindTasks>(services).RunAsync(default);
                return true;
            });
        (await world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == holder.Email && m.Subject.StartsWith("Due")).Select(m => m.Subject).ToListAsync()))
            .ShouldHaveSingleItem().ShouldEndWith("Due today");
    }

    [SkippableTheory, Databases]
    public async Task The_plan_begins_with_a_template_and_its_open_milestones_tell_the_stage(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        var deal = await world.RegisterAsync(holder, world.Fields("Birch Pharma"));
        (await holder.DoAsync<BeginPlan, Result<int>>(b => b.RunAsync(new PlanChoice(deal.Id, "nonsense"), default))).Problem!.Errors.Keys.ShouldBe(["template"]);
        (await holder.DoAsync<BeginPlan, Result<int>>(b => b.RunAsync(new PlanChoice(deal.Id, "resell"), default))).Value.ShouldBe(5);
        (await world.Manager.DoAsync<BeginPlan, Result<int>>(b => b.RunAsync(new PlanChoice(deal.Id, "co_sell"), default))).Problem!.Code.ShouldBe("deals.plan_there");
        var space = await SeeAsync(world.Manager, deal.Id);
        space.Stage.ShouldBe(PursuitStage.Qualify);
        space.Plan.Single(m => m.Stage == PursuitStage.Close).DueOn.ShouldBe(deal.ExpectedClose);
        (await ActAsync(world.Manager, deal.Id, space.Plan[0].Id, MilestoneAct.Finish)).Problem.ShouldBeNull();
        (await SeeAsync(holder, deal.Id)).Stage.ShouldBe(PursuitStage.Prove);

        // A new one goes to the end of its stage, and moves within it only.
        (await holder.DoAsync<AddMilestone, Result<MilestoneId>>(a => a.RunAsync(new NewMilestone(deal.Id, "Second demo", PursuitStage.Prove, DealSide.Vendor), default))).Problem.ShouldBeNull();
        var plan = (await SeeAsync(holder, deal.Id)).Plan;
        plan.Select(m => m.Title).ToList().IndexOf("Second demo").ShouldBe(2);
        await ActAsync(holder, deal.Id, plan[2].Id, MilestoneAct.Earlier);
        await ActAsync(holder, deal.Id, plan[2].Id, MilestoneAct.Earlier);
        (await SeeAsync(holder, deal.Id)).Plan[1].Title.ShouldBe("Second demo");
    }

    [SkippableTheory, Databases]
    public async Task Each_level_of_sight_shows_its_part_and_no_more(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, guest) = (await world.PartnerAsync(), await world.PartnerAsync());
        var seller = await world.Tenant.StaffAsync(Roles.DirectSeller);
        var deal = await world.RegisterAsync(holder, world.Fields("Cedar Mining", amount: 48_765_00) with { NextStep = "canary-next", WorkDone = "canary-work, two meetings and a demo" });
        await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, guest.Actor.Partner, null, DealRole.Influence, 1_000), default));
        await DealWorld.ConsentAsync(holder, deal.Id, guest);
        await DealWorld.AcceptAsync(guest, deal.Id);
        await AddAsync(holder, new NewTask(deal.Id, "canary-task"));
        await holder.DoAsync<BeginPlan, Result<int>>(b => b.RunAsync(new PlanChoice(deal.Id, "resell"), default));
        await holder.DoAsync<AddComment, Result<DealId>>(c => c.RunAsync(new CommentInput(deal.Id, "canary-comment"), default));
        (await holder.DoAsync<SaveCommitteePerson, Result<CommitteePersonId>>(s => s.RunAsync(new CommitteeInput(deal.Id, null, "canary-buyer", null, "canary@buyer.example", BuyerRole.Champion, null, Stance.For, DealSide.Partner, null), default))).Problem.ShouldBeNull();
        var file = await UploadAsync(holder, deal.Id, "canary-file.txt", "canary-content");
        file.Problem.ShouldBeNull();

        string[] atSummary = ["4876500", "canary-next", "canary-task", "canary-comment", "resell"];
        string[] atFull = ["canary-buyer", "canary@buyer.example", "canary-file", "ana@gmail.com", "canary-work"];
        foreach (var (reader, partner) in new[] { (guest, guest.Actor.Partner), (seller, (PartnerId?)null) })
            foreach (var level in Enum.GetValues<DealVisibility>())
            {
                if (partner is null) (await holder.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, level), default))).Problem.ShouldBeNull();
                else await AgreeAsync(level);
                var text = await EverythingAsync(reader, deal.Id);
                foreach (var canary in atSummary[..4]) text.Contains(canary, StringComparison.Ordinal).ShouldBe(level >= DealVisibility.Summary, $"{canary} at {level} for {(partner is null ? "the direct team" : "a member")}");
                foreach (var canary in atFull[..3]) text.Contains(canary, StringComparison.Ordinal).ShouldBe(level == DealVisibility.Full, $"{canary} at {level}");
                foreach (var canary in atFull[3..]) text.Contains(canary, StringComparison.Ordinal).ShouldBe(level == DealVisibility.Full && partner is null, $"{canary} at {level}: contacts of the holder stay with it and the vendor");
                text.ShouldContain("Cedar Mining");
                var space = await SeeAsync(reader, deal.Id);
                (space.Counts is not null).ShouldBe(level >= DealVisibility.Counts);
                if (space.Counts is { } counts) (counts.Tasks, counts.Files, counts.People, counts.Messages).ShouldBe((1, 1, 1, 1));

                using var pages = await reader.PagesAsync();
                (await pages.Http.GetAsync($"/files/deals/{deal.Id}/{file.Value}")).StatusCode.ShouldBe(level == DealVisibility.Full ? HttpStatusCode.OK : HttpStatusCode.NotFound);
                (await AddAsync(reader, new NewTask(deal.Id, $"by {level}"))).Ok.ShouldBe(level >= DealVisibility.Summary);
                foreach (var task in (await SeeAsync(world.Manager, deal.Id)).Tasks.Where(t => t.Title.StartsWith("by ", StringComparison.Ordinal)))
                    await world.Manager.DoAsync<FinishTask, Result<DealTaskId>>(f => f.RunAsync(new TaskInput(deal.Id, task.Id, TaskAct.Remove), default));
            }

        // What a member sees stands in its agreement: another level is another agreement, and until that is accepted the member sees what it is about.
        async Task AgreeAsync(DealVisibility level)
        {
            var agreed = await guest.DoAsync<Work, DealVisibility>(async w => (await w.LivingAsync(deal.Id, guest.Actor.Partner!.Value, default))!.Visibility);
            var set = await holder.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, guest.Actor.Partner, level), default));
            set.Problem?.Code.ShouldBe("deals.sight_agreed");
            set.Ok.ShouldBe(agreed == level);
            (await SeeAsync(holder, deal.Id)).Sights.Where(s => s.May).Select(s => s.Partner).ShouldBe([null], "the page offers what can be set");
            if (set.Ok) return;
            (await world.Manager.DoAsync<LeaveTeam, Result<DealId>>(l => l.RunAsync(new LeaveInput(deal.Id, guest.Actor.Partner, "Another level."), default))).Problem.ShouldBeNull();
            (await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, guest.Actor.Partner, null, DealRole.Influence, 1_000) { Visibility = level }, default))).Problem.ShouldBeNull();
            (await DealWorld.ConsentAsync(holder, deal.Id, guest)).Problem.ShouldBeNull();
            var invited = await EverythingAsync(guest, deal.Id);
            foreach (var canary in atSummary[..4].Concat(atFull)) invited.ShouldNotContain(canary);
            invited.ShouldContain("Cedar Mining");
            (await DealWorld.AcceptAsync(guest, deal.Id)).Problem.ShouldBeNull();
        }

        // Who may set it: the holder and the program team; neither the guest nor the direct team.
        (await guest.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, DealVisibility.None), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await seller.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, DealVisibility.Full), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await world.Manager.DoAsync<SetSight, Result<DealId>>(s => s.RunAsync(new SightInput(deal.Id, null, DealVisibility.Counts), default))).Problem.ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_file_is_what_its_name_says_and_comes_back_as_an_attachment(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, stranger) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Dogwood Energy"));
        foreach (var (name, content) in new[] { ("page.html", "<html></html>"), ("notes.txt", "<script>alert(1)</script>"), ("offer.pdf", "no pdf"), ("picture.png", "GIF89a"), ("run.exe", "MZ"), ("deck.pptx", "PK\u0003\u0004nothing"), ("empty.txt", "") })
            (await UploadAsync(holder, deal.Id, name, content)).Problem!.Errors.Keys.ShouldBe(["file"], name);
        var made = await UploadAsync(holder, deal.Id, "../../offer.pdf", "%PDF-1.7 the offer");
        var hidden = await UploadAsync(world.Manager, deal.Id, "margin.txt", "internal figures", isInternal: true);
        using var pages = await world.Manager.PagesAsync();
        var answer = await pages.Http.GetAsync($"/files/deals/{deal.Id}/{made.Value}");
        answer.Content.Headers.ContentDisposition!.ToString().ShouldBe("attachment; filename=offer.pdf; filename*=UTF-8''offer.pdf");
        (answer.Content.Headers.ContentType!.MediaType, string.Join(",", answer.Headers.GetValues("X-Content-Type-Options"))).ShouldBe(("application/pdf", "nosniff"));
        (await answer.Content.ReadAsStringAsync()).ShouldBe("%PDF-1.7 the offer");
        using var partner = await holder.PagesAsync();
        (await partner.Http.GetAsync($"/files/deals/{deal.Id}/{hidden.Value}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SeeAsync(holder, deal.Id)).Files!.Select(f => f.Name).ShouldBe(["offer.pdf"]);
        using var other = await stranger.PagesAsync();
        (await other.Http.GetAsync($"/files/deals/{deal.Id}/{made.Value}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await UploadAsync(stranger, deal.Id, "offer.pdf", "%PDF-")).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await world.Manager.DoAsync<RemoveDealFile, Result<Done>>(r => r.RunAsync(new FileRemoval(deal.Id, made.Value), default))).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await holder.DoAsync<RemoveDealFile, Result<Done>>(r => r.RunAsync(new FileRemoval(deal.Id, made.Value), default))).Problem.ShouldBeNull();
        (await pages.Http.GetAsync($"/files/deals/{deal.Id}/{made.Value}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task An_open_page_hears_of_what_its_reader_may_see_and_of_nothing_else(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, stranger) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Elm Textiles"));
        using var other = await stranger.PagesAsync();
        (await other.Http.GetAsync($"/portal/deals/{deal.Id}/live")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var pages = await holder.PagesAsync();
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/portal/deals/{deal.Id}/live");
        asked.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await pages.Http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var first = await MarkAsync(lines);
        first.ShouldBe((await SeeAsync(holder, deal.Id)).Mark);

        // The internal note moves nothing here; the next thing heard is the shared word.
        await world.Manager.DoAsync<AddComment, Result<DealId>>(c => c.RunAsync(new CommentInput(deal.Id, "for us", CommentAudience.Internal), default));
        (await SeeAsync(holder, deal.Id)).Mark.ShouldBe(first);
        await world.Manager.DoAsync<AddComment, Result<DealId>>(c => c.RunAsync(new CommentInput(deal.Id, "for you", CommentAudience.Shared), default));
        var second = await MarkAsync(lines);
        second.ShouldBe((await SeeAsync(holder, deal.Id)).Mark);
        second.ShouldNotBe(first);
    }

    private static async Task<string> MarkAsync(StreamReader lines)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await lines.ReadLineAsync(late.Token) is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return line[6..];
        throw new InvalidOperationException("The stream ended.");
    }

    // What pages, API, list, export, search and the published row give to a reader.
    private static async Task<string> EverythingAsync(TestPerson reader, DealId deal)
    {
        using var api = await reader.ApiAsync();
        using var pages = await reader.PagesAsync();
        var face = reader.Actor.IsPartner ? "portal" : "app";
        var text = new StringBuilder();
        foreach (var path in new[] { $"/api/v1/deals/{deal}", $"/api/v1/deals/{deal}/workspace", $"/api/v1/deals?view={(reader.Actor.IsPartner ? "shared" : "all")}&sort=-amount", $"/api/v1/deals/{deal}/decision", "/api/v1/search?q=canary", "/api/v1/search?q=cedar" })
            text.AppendLine(await api.GetStringOrRefusalAsync(path));
        foreach (var path in new[] { $"/{face}/deals/{deal}", $"/{face}/deals.csv?view={(reader.Actor.IsPartner ? "shared" : "all")}", $"/{face}/deals?view={(reader.Actor.IsPartner ? "shared" : "all")}" })
            text.AppendLine((await (await pages.Http.GetAsync(path)).Content.ReadAsStringAsync()).Replace(",", "").Replace("48765.00", "4876500"));
        if (reader.Actor.IsPartner) text.AppendLine(JsonSerializer.Serialize(await reader.DoAsync<Work, List<DealRow>>(w => w.Db.Set<DealRow>().ToListAsync()), Json.Options));
        return text.ToString();
    }

    private static Task<Result<DealTaskId>> AddAsync(TestPerson by, NewTask task) => by.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(task, default));

    private static Task<Result<MilestoneId>> ActAsync(TestPerson by, DealId deal, MilestoneId milestone, MilestoneAct act) => by.DoAsync<ChangeMilestone, Result<MilestoneId>>(c => c.RunAsync(new MilestoneInput(deal, milestone, act), default));

    private static Task<Result<FileId>> UploadAsync(TestPerson by, DealId deal, string name, string content, bool isInternal = false) =>
        by.DoAsync<UploadDealFile, Result<FileId>>(u => u.RunAsync(new SentDealFile(deal, name, new MemoryStream(Encoding.UTF8.GetBytes(content)), isInternal), default));

    private static async Task<DealWorkspace> SeeAsync(TestPerson person, DealId deal)
    {
        var found = await person.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal, default));
        found.Problem.ShouldBeNull();
        return found.Value;
    }
}

internal static class Answers
{
    public static async Task<string> GetStringOrRefusalAsync(this HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBeLessThan(500, $"{path}: {text}");
        return text;
    }
}
