using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests;

/// <summary>Tasks and milestones are changed, opened again and removed, by people who see the same page.</summary>
public sealed class PlanChangeTests
{
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    [SkippableTheory, Databases]
    public async Task A_task_is_changed_by_its_side_and_a_second_change_of_the_same_version_is_refused(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, stranger) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Dosse Foundry"));
        var task = await AddAsync(world.Manager, new NewTask(deal.Id, "Send the price list", "vendor", Today.AddDays(3)));
        var line = (await SeeAsync(world.Manager, deal.Id)).Tasks.Single();
        (await EditAsync(world.Manager, new(deal.Id, task, "Send both price lists", holder.Actor.Person.ToString(), Today.AddDays(5), line.Version))).Problem.ShouldBeNull();
        (await EditAsync(holder, new(deal.Id, task, "From an old page", null, null, line.Version))).Problem!.Kind.ShouldBe(ProblemKind.Stale);
        var now = (await SeeAsync(holder, deal.Id)).Tasks.Single();
        (now.Title, now.Side, now.DueOn, now.Mine).ShouldBe(("Send both price lists", DealSide.Partner, Today.AddDays(5), true));
        (await world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<MailRow>().Where(m => m.To == holder.Email && m.Subject.StartsWith("A task")).Select(m => m.Subject).ToListAsync())).ShouldBe(["A task for you: Send both price lists"]);

        (await EditAsync(holder, new(deal.Id, task, " ", stranger.Actor.Person.ToString(), Today.AddYears(9)))).Problem!.Errors.Keys.Order().ShouldBe(["dueOn", "title"]);
        (await EditAsync(holder, new(deal.Id, task, "For a stranger", stranger.Actor.Person.ToString(), null))).Problem!.Errors.Keys.ShouldBe(["owner"]);
        (await EditAsync(stranger, new(deal.Id, task, "Not mine", null, null))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        var secret = await AddAsync(world.Manager, new NewTask(deal.Id, "Check the margin", "vendor", null, Internal: true));
        (await EditAsync(holder, new(deal.Id, secret, "Seen", null, null))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await EditAsync(world.Manager, new(deal.Id, secret, "Check it", holder.Actor.Person.ToString(), null))).Problem!.Errors.Keys.ShouldBe(["owner"]);

        // Done by mistake: it is opened again, by page and by API.
        (await ActAsync(holder, deal.Id, task, TaskAct.Finish)).Problem.ShouldBeNull();
        using var api = await holder.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/deals/{deal.Id}/tasks/{task}", new { act = "reopen" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SeeAsync(holder, deal.Id)).Tasks.Single().DoneAt.ShouldBeNull();
        (await PutAsync(api, $"/api/v1/deals/{deal.Id}/tasks/{task}", new { title = "By the API" }, "\"99\"")).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await PutAsync(api, $"/api/v1/deals/{deal.Id}/tasks/{task}", new { title = "By the API" }, null)).ShouldBe(HttpStatusCode.OK);
        (await SeeAsync(holder, deal.Id)).Tasks.Single().ShouldSatisfyAllConditions(t => t.Title.ShouldBe("By the API"), t => t.DueOn.ShouldBeNull(), t => t.Mine.ShouldBeTrue());
    }

    [SkippableTheory, Databases]
    public async Task A_milestone_is_changed_and_keeps_its_place(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, stranger) = (await world.PartnerAsync(), await world.PartnerAsync());
        var deal = await world.RegisterAsync(holder, world.Fields("Ems Dairies"));
        await holder.DoAsync<BeginPlan, Result<int>>(b => b.RunAsync(new PlanChoice(deal.Id, "resell"), default));
        var second = (await SeeAsync(holder, deal.Id)).Plan[1];
        (await ChangeAsync(holder, new(deal.Id, second.Id, "Demo on site", DealSide.Vendor, Today.AddDays(8), second.Version))).Problem.ShouldBeNull();
        (await ChangeAsync(world.Manager, new(deal.Id, second.Id, "From an old page", null, null, second.Version))).Problem!.Kind.ShouldBe(ProblemKind.Stale);
        var now = (await SeeAsync(world.Manager, deal.Id)).Plan[1];
        (now.Id, now.Title, now.Owner, now.DueOn, now.Stage).ShouldBe((second.Id, "Demo on site", DealSide.Vendor, Today.AddDays(8), second.Stage));
        (await ChangeAsync(holder, new(deal.Id, second.Id, "", null, Today.AddYears(20)))).Problem!.Errors.Keys.Order().ShouldBe(["dueOn", "title"]);
        (await ChangeAsync(stranger, new(deal.Id, second.Id, "Not mine", null, null))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        using var api = await holder.ApiAsync();
        (await PutAsync(api, $"/api/v1/deals/{deal.Id}/milestones/{second.Id}", new { title = "By the API", owner = "customer" }, $"\"{now.Version}\"")).ShouldBe(HttpStatusCode.OK);
        (await PutAsync(api, $"/api/v1/deals/{deal.Id}/milestones/{second.Id}", new { title = "Again" }, $"\"{now.Version}\"")).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await SeeAsync(holder, deal.Id)).Plan[1].Owner.ShouldBe(DealSide.Customer);
    }

    [SkippableTheory, Databases]
    public async Task The_page_changes_both_and_asks_before_it_removes(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var holder = await world.PartnerAsync();
        var deal = await world.RegisterAsync(holder, world.Fields("Fulda Glass"));
        var task = await AddAsync(holder, new NewTask(deal.Id, "Write the summary", null, Today.AddDays(2)));
        await holder.DoAsync<BeginPlan, Result<int>>(b => b.RunAsync(new PlanChoice(deal.Id, "expansion"), default));
        var milestone = (await SeeAsync(holder, deal.Id)).Plan[0].Id;
        using var pages = await holder.PagesAsync();
        var path = $"/portal/deals/{deal.Id}";

        var form = await pages.GetAsync($"{path}?change={task}");
        form.Document.QuerySelector("#task-form input[name='Change.Title']")!.GetAttribute("value").ShouldBe("Write the summary");
        (await pages.SubmitAsync(form, "task-change", ("Change.Title", "Write it in German"), ("Change.DueOn", "soon"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await pages.SubmitAsync(form, "task-change", ("Change.Title", "Write it in German"))).Text.ShouldContain("Write it in German");
        (await pages.SubmitAsync(form, "task-change", ("Change.Title", "From an old page"))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        form = await pages.GetAsync($"{path}?change={milestone}");
        (await pages.SubmitAsync(form, "milestone-change", ("Change.Title", "Review on site"), ("Change.Side", "customer"))).Text.ShouldContain("Review on site");

        // No button of the lists removes at once; the question does.
        var page = await pages.GetAsync(path);
        page.Document.QuerySelectorAll("button[value^=remove]").ShouldBeEmpty();
        var question = await pages.GetAsync($"{path}?remove={task}");
        question.Text.ShouldContain("Remove “Write it in German”?");
        (await SeeAsync(holder, deal.Id)).Tasks.Count.ShouldBe(1);
        (await pages.SubmitAsync(question, "task-remove")).Status.ShouldBe(HttpStatusCode.OK);
        (await SeeAsync(holder, deal.Id)).Tasks.ShouldBeEmpty();
        (await pages.SubmitAsync(await pages.GetAsync($"{path}?remove={milestone}"), "milestone-remove")).Status.ShouldBe(HttpStatusCode.OK);
        (await SeeAsync(holder, deal.Id)).Plan.ShouldNotContain(m => m.Id == milestone);
        (await pages.GetAsync($"{path}?remove={milestone}&change=nonsense")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task What_was_removed_is_put_back_for_a_while_by_page_and_API_and_forgotten_then(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, stranger, member) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync("Member Ltd"));
        var deal = await world.RegisterAsync(holder, world.Fields("Gersprenz Mills"));
        (await holder.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, member.Actor.Partner, null, DealRole.Deliver, 100) { Known = true, Visibility = DealVisibility.Summary }, default))).Problem.ShouldBeNull();
        (await DealWorld.AcceptAsync(member, deal.Id)).Problem.ShouldBeNull();
        var task = await AddAsync(holder, new NewTask(deal.Id, "Write the summary", null, Today.AddDays(2)));
        var secret = await AddAsync(world.Manager, new NewTask(deal.Id, "canary-margin", "vendor", null, Internal: true));
        await holder.DoAsync<BeginPlan, Result<int>>(b => b.RunAsync(new PlanChoice(deal.Id, "resell"), default));
        var plan = (await SeeAsync(holder, deal.Id)).Plan;
        var mark = await MarkAsync(holder);

        using var pages = await holder.PagesAsync();
        var path = $"/portal/deals/{deal.Id}";
        var gone = await pages.SubmitAsync(await pages.GetAsync($"{path}?remove={task}"), "task-remove");
        gone.Text.ShouldContain("The task is removed.");
        (await MarkAsync(holder)).ShouldNotBe(mark, "open pages load themselves again");
        (await ActAsync(world.Manager, deal.Id, secret, TaskAct.Remove)).Problem.ShouldBeNull();
        (await SeeAsync(holder, deal.Id)).ShouldSatisfyAllConditions(s => s.Tasks.ShouldBeEmpty(), s => s.RemovedTasks.ShouldHaveSingleItem().By.ShouldBe(holder.Actor.Name));
        (await SeeAsync(member, deal.Id)).RemovedTasks.ShouldBeEmpty("it could not have removed it");
        (await SeeAsync(world.Manager, deal.Id)).RemovedTasks.Select(t => t.Title).ShouldBe(["canary-margin", "Write the summary"]);
        (await ActAsync(stranger, deal.Id, task, TaskAct.Restore)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ActAsync(member, deal.Id, task, TaskAct.Restore)).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await ActAsync(holder, deal.Id, secret, TaskAct.Restore)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ActAsync(holder, deal.Id, task, TaskAct.Finish)).Problem!.Kind.ShouldBe(ProblemKind.Missing, "what is removed is nowhere");
        (await holder.DoAsync<IEnumerable<ISearchSource>, IReadOnlyList<Hit>>(s => s.OfType<TaskSearch>().Single().FindAsync("summary", 5, default))).ShouldBeEmpty();

        // Undone on the page; once back it cannot be put back again.
        gone.Document.QuerySelector("#task-restore button")!.TextContent.ShouldBe("Undo");
        (await pages.SubmitAsync(gone, "task-restore", ("Back.Id", task.ToString()))).Text.ShouldContain("It is back.");
        (await SeeAsync(holder, deal.Id)).ShouldSatisfyAllConditions(s => s.Tasks.Single().DueOn.ShouldBe(Today.AddDays(2)), s => s.RemovedTasks.ShouldBeEmpty());
        (await pages.SubmitAsync(gone, "task-restore", ("Back.Id", task.ToString()))).Status.ShouldBe(HttpStatusCode.NotFound);
        var audit = await world.Manager.DoAsync<Work, List<string>>(w => w.Db.Set<AuditEntry>().Where(a => a.Subject == task.ToString()).OrderBy(a => a.Id).Select(a => a.Changes).ToListAsync());
        audit.Count(c => c.Contains("\"RemovedAt\"", StringComparison.Ordinal)).ShouldBe(2, "removed, and put back");

        // A milestone comes back to its place, also where the plan was begun anew meanwhile.
        using var api = await holder.ApiAsync();
        async Task<HttpStatusCode> MoveAsync(MilestoneId id, string act) => (await api.PostAsJsonAsync($"/api/v1/deals/{deal.Id}/milestones/{id}", new { act })).StatusCode;
        (await MoveAsync(plan[1].Id, "remove")).ShouldBe(HttpStatusCode.OK);
        (await MoveAsync(plan[1].Id, "restore")).ShouldBe(HttpStatusCode.OK);
        (await SeeAsync(holder, deal.Id)).Plan.Select(m => m.Id).ShouldBe(plan.Select(m => m.Id));
        foreach (var milestone in plan) (await MoveAsync(milestone.Id, "remove")).ShouldBe(HttpStatusCode.OK);
        (await pages.GetAsync(path)).Document.QuerySelectorAll("#milestone-restore button").Length.ShouldBe(plan.Count);
        await holder.DoAsync<BeginPlan, Result<int>>(b => b.RunAsync(new PlanChoice(deal.Id, "expansion"), default));
        (await MoveAsync(plan[^1].Id, "restore")).ShouldBe(HttpStatusCode.OK);
        var anew = (await SeeAsync(holder, deal.Id)).Plan;
        anew.Select(m => m.Stage).ShouldBe(anew.Select(m => m.Stage).Order());
        anew.Select(m => m.Id).ShouldContain(plan[^1].Id);

        // Whoever is forgotten is forgotten there, too; and after a month all of it is.
        var subject = new DataSubject(holder.Actor.Person, holder.Actor.Name, holder.Email, true);
        (await world.Manager.DoAsync<Work, Result<int>>(w => w.TransactAsync("test.erase", async () => (Result<int>)await new DealsPersonalData(w).Named.RenameAsync(subject, w.Db, default), default))).Problem.ShouldBeNull();
        (await SeeAsync(world.Manager, deal.Id)).RemovedMilestones.ShouldAllBe(m => m.By == Erasure.Name);
        foreach (var (after, left) in new[] { (TimeSpan.FromHours(1), plan.Count - 1), (TimeSpan.Zero, 0) })
        {
            var before = DateTime.UtcNow.AddMinutes(1) - after;
            (await world.Tenant.AsSystemAsync<ForgetRemoved, Result<int>>(f => f.RunAsync(before, default))).Problem.ShouldBeNull();
            (await SeeAsync(holder, deal.Id)).RemovedMilestones.Count.ShouldBe(left);
        }

        async Task<string> MarkAsync(TestPerson reader) => (await SeeAsync(reader, deal.Id)).Mark;
    }

    private static async Task<HttpStatusCode> PutAsync(HttpClient api, string path, object body, string? version)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        if (version is not null) asked.Headers.TryAddWithoutValidation("If-Match", version);
        return (await api.SendAsync(asked)).StatusCode;
    }

    private static async Task<DealTaskId> AddAsync(TestPerson by, NewTask task)
    {
        var added = await by.DoAsync<AddTask, Result<DealTaskId>>(a => a.RunAsync(task, default));
        added.Problem.ShouldBeNull();
        return added.Value;
    }

    private static Task<Result<DealTaskId>> EditAsync(TestPerson by, TaskChange change) => by.DoAsync<EditTask, Result<DealTaskId>>(e => e.RunAsync(change, default));

    private static Task<Result<MilestoneId>> ChangeAsync(TestPerson by, MilestoneChange change) => by.DoAsync<EditMilestone, Result<MilestoneId>>(e => e.RunAsync(change, default));

    private static Task<Result<DealTaskId>> ActAsync(TestPerson by, DealId deal, DealTaskId task, TaskAct act) => by.DoAsync<FinishTask, Result<DealTaskId>>(f => f.RunAsync(new TaskInput(deal, task, act), default));

    private static async Task<DealWorkspace> SeeAsync(TestPerson person, DealId deal)
    {
        var found = await person.DoAsync<Work, Result<DealWorkspace>>(w => WorkspacePage.FindAsync(w, deal, default));
        found.Problem.ShouldBeNull();
        return found.Value;
    }
}
