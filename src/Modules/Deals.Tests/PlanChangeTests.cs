using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;

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
