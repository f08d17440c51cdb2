using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

internal sealed record TaskBody(string? Title, string? Owner = null, DateOnly? DueOn = null, bool Internal = false);

internal sealed record TaskActBody(TaskAct? Act);

internal sealed record TaskChangeBody(string? Title, string? Owner = null, DateOnly? DueOn = null);

internal sealed record NextStepBody(string? What, DealSide? Side, DateOnly? DueOn);

internal sealed record MilestoneChangeBody(string? Title, DealSide? Owner = null, DateOnly? DueOn = null, string? OwnedBy = null);

internal sealed record MilestoneBody(string? Title, PursuitStage? Stage, DealSide? Owner, DateOnly? DueOn = null, string? OwnedBy = null);

internal sealed record MilestoneActBody(MilestoneAct? Act);

internal sealed record PlanBody(string? Template);

internal sealed record CommitteeBody(string? Name, string? JobTitle, string? Email, BuyerRole? Role, Influence? Influence, Stance? Stance, DealSide? CoveredBy, string? CoveredByName);

internal sealed record SightPartBody(DealPart? Part, DealVisibility? From);

internal sealed record SightRoleBody(string? Role, IReadOnlyList<DealPart>? Hidden);

internal sealed record SightTableBody(IReadOnlyList<SightPartBody>? Parts = null, IReadOnlyList<SightRoleBody>? Roles = null, bool Delivered = false, SightVersionId? Version = null);

internal sealed record SightBody(PartnerId? Partner, DealVisibility? Level);

internal sealed record ConsentBody(bool Consent, string? Reason = null);

internal sealed record CounterBody(int? ShareBasisPoints, int? WorkBasisPoints, string? Note);

internal sealed record CounterAnswerBody(CounterAct? Act);

internal sealed record LeaveBody(string? Reason);

internal sealed record FormationBody(string? Name);

internal sealed record FormationChoiceBody(FormationId? Formation);

/// <summary>The workspace and the coalitions over the API. <c>If-Match</c> is the version of the deal, and of the row where a row is changed.</summary>
internal static class WorkspaceApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var deal = api.MapGroup("/deals/{id}").WithTags("Deal workspace").ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        deal.MapGet("/workspace", GetAsync).WithName("GetWorkspace").WithSummary("Tasks, plan, buying committee, files, agreements and who sees what").Produces<DealWorkspace>().Requires(DealsPermissions.View);
        deal.MapPost("/tasks", TaskAsync).WithName("AddTask").WithSummary("Write down a task").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapPost("/tasks/{task}", TaskActAsync).WithName("ChangeTask").WithSummary("Finish, reopen, remove or restore a task; a removed one can be restored for 30 days").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapPut("/tasks/{task}", TaskChangeAsync).WithName("EditTask").WithSummary("Change the words, the owner or the day of a task; no owner leaves it, no day takes it away").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapPut("/next-step", NextStepAsync).WithName("SetNextStep").WithSummary("Say what happens next, in whose hands, until when").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapPost("/plan", PlanAsync).WithName("BeginPlan").WithSummary("Begin the mutual action plan with a template").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapPost("/milestones", MilestoneAsync).WithName("AddMilestone").WithSummary("Add a milestone to the plan").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapPost("/milestones/{milestone}", MilestoneActAsync).WithName("ChangeMilestone").WithSummary("Finish, reopen, move, remove or restore a milestone; a removed one can be restored for 30 days").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapPut("/milestones/{milestone}", MilestoneChangeAsync).WithName("EditMilestone").WithSummary("Change the words, the side or the day of a milestone; no owner leaves it, no day takes it away").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapPost("/committee", CommitteeAsync).WithName("AddBuyer").WithSummary("Add a person to the buying committee").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapPut("/committee/{person}", CommitteeChangeAsync).WithName("ChangeBuyer").WithSummary("Change what is known of a person of the buying committee").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapDelete("/committee/{person}", CommitteeRemovalAsync).WithName("RemoveBuyer").WithSummary("Take a person off the buying committee").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapPost("/files", FileAsync).WithName("AddDealFile").WithSummary("Add a file; its bytes are the body, its name the parameter name").Accepts<IFormFile>("application/octet-stream", "application/pdf", "image/png", "image/jpeg", "text/plain", "text/csv")
            .Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapGet("/files/{file}", WorkspaceSetup.DownloadAsync).WithName("GetDealFile").WithSummary("The content of a file").Produces(200, contentType: "application/octet-stream").Requires(DealsPermissions.View);
        deal.MapDelete("/files/{file}", FileRemovalAsync).WithName("RemoveDealFile").WithSummary("Remove a file that the own side has added").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.WorkOn);
        deal.MapPut("/sight", SightAsync).WithName("SetSight").WithSummary("Set what a partner on the team, or the direct team, may see").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.Team);
        deal.MapPost("/members/{partner}/consent", ConsentAsync).WithName("AnswerProposal").WithSummary("Consent to an invitation by the vendor, or not").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.Team);
        deal.MapPost("/members/{partner}/counter", CounterAnswerAsync).WithName("AnswerCounter").WithSummary("Answer the other terms that a partner wants").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.Team);
        deal.MapPost("/members/{partner}/leave", LeaveAsync).WithName("LeaveTeam").WithSummary("Leave the team, or take a partner off it").Produces(204).Refuses().Requires(DealsPermissions.Team);
        deal.MapPost("/invitation/counter", CounterAsync).WithName("CounterInvitation").WithSummary("Ask for other terms").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.Register);
        deal.MapPost("/team", ApplyAsync).WithName("ApplyTeamTemplate").WithSummary("Invite a whole team that has won before").Produces<DealWorkspace>().Refuses().Requires(DealsPermissions.Team);
        deal.MapPost("/team/template", SaveAsync).WithName("SaveTeamTemplate").WithSummary("Save the team of a won deal as a template").Produces<FormationLine>().Refuses().Requires(DealsPermissions.Team);
        api.MapGet("/team-templates", FormationsAsync).WithTags("Deal workspace").WithName("ListTeamTemplates").WithSummary("Teams that have won before").Produces<IReadOnlyList<FormationLine>>().ProducesProblem(401).ProducesProblem(403).Requires(DealsPermissions.Team);
        SellerApi.Map(api);
        api.MapGet("/deal-visibility", SightTableAsync).WithTags("Deal workspace").WithName("GetDealVisibility").WithSummary("What each level shows of a deal, and what partners’ roles read").Produces<SightTableDetail>().ProducesProblem(401).ProducesProblem(403).Requires(DealsPermissions.SetSights);
        api.MapPut("/deal-visibility", SetSightTableAsync).WithTags("Deal workspace").WithName("SetDealVisibility").WithSummary("Set what each level shows of a deal, and what partners’ roles read; what was agreed keeps what it promised").Produces<SightTableDetail>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422).Requires(DealsPermissions.SetSights);
        api.MapPost("/rep-plans", RepPlanAsync).WithTags("Deal workspace").WithName("SetRepPlan").WithSummary("Set the direct sellers’ commission on deals with a partner").Produces(204).ProducesProblem(401).ProducesProblem(403).ProducesProblem(422).Requires(DealsPermissions.SetRepPlan);
    }

    private static async Task<IResult> GetAsync(DealId id, Work work, CancellationToken ct) => (await WorkspacePage.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> TaskAsync(DealId id, TaskBody body, HttpContext http, Work work, AddTask act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new NewTask(id, body.Title, body.Owner, body.DueOn, body.Internal, DealsApi.Seen(http)), ct), id, work, ct);

    private static async Task<IResult> TaskActAsync(DealId id, DealTaskId task, TaskActBody body, HttpContext http, Work work, FinishTask act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new TaskInput(id, task, body.Act ?? TaskAct.Finish, DealsApi.Seen(http)), ct), id, work, ct);

    private static async Task<IResult> TaskChangeAsync(DealId id, DealTaskId task, TaskChangeBody body, HttpContext http, Work work, EditTask act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new TaskChange(id, task, body.Title, body.Owner, body.DueOn, DealsApi.Seen(http)), ct), id, work, ct);

    private static async Task<IResult> NextStepAsync(DealId id, NextStepBody body, HttpContext http, Work work, SetNextStep act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new NextStepInput(id, body.What, body.Side, body.DueOn, DealsApi.Seen(http)), ct), id, work, ct);

    private static async Task<IResult> MilestoneChangeAsync(DealId id, MilestoneId milestone, MilestoneChangeBody body, HttpContext http, Work work, EditMilestone act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new MilestoneChange(id, milestone, body.Title, body.Owner, body.DueOn, DealsApi.Seen(http), body.OwnedBy), ct), id, work, ct);

    private static async Task<IResult> PlanAsync(DealId id, PlanBody body, HttpContext http, Work work, BeginPlan act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new PlanChoice(id, body.Template, DealsApi.Seen(http)), ct), id, work, ct);

    private static async Task<IResult> MilestoneAsync(DealId id, MilestoneBody body, HttpContext http, Work work, AddMilestone act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new NewMilestone(id, body.Title, body.Stage, body.Owner, body.DueOn, DealsApi.Seen(http), body.OwnedBy), ct), id, work, ct);

    private static async Task<IResult> MilestoneActAsync(DealId id, MilestoneId milestone, MilestoneActBody body, HttpContext http, Work work, ChangeMilestone act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new MilestoneInput(id, milestone, body.Act ?? MilestoneAct.Finish, DealsApi.Seen(http)), ct), id, work, ct);

    private static Task<IResult> CommitteeAsync(DealId id, CommitteeBody body, Work work, SaveCommitteePerson act, CancellationToken ct) => SaveBuyerAsync(id, null, body, null, work, act, ct);

    private static Task<IResult> CommitteeChangeAsync(DealId id, CommitteePersonId person, CommitteeBody body, HttpContext http, Work work, SaveCommitteePerson act, CancellationToken ct) =>
        SaveBuyerAsync(id, person, body, DealsApi.Seen(http), work, act, ct);

    private static async Task<IResult> SaveBuyerAsync(DealId id, CommitteePersonId? person, CommitteeBody body, long? seen, Work work, SaveCommitteePerson act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new CommitteeInput(id, person, body.Name, body.JobTitle, body.Email, body.Role, body.Influence, body.Stance, body.CoveredBy, body.CoveredByName, seen), ct), id, work, ct);

    private static async Task<IResult> CommitteeRemovalAsync(DealId id, CommitteePersonId person, Work work, RemoveCommitteePerson act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new CommitteeRemoval(id, person), ct), id, work, ct);

    private static async Task<IResult> FileAsync(DealId id, string? name, bool? @internal, HttpContext http, Work work, UploadDealFile act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new SentDealFile(id, name, http.Request.Body, @internal ?? !work.Actor.IsPartner), ct), id, work, ct);

    private static async Task<IResult> FileRemovalAsync(DealId id, FileId file, Work work, RemoveDealFile act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new FileRemoval(id, file), ct), id, work, ct);

    private static async Task<IResult> SightAsync(DealId id, SightBody body, HttpContext http, Work work, SetSight act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new SightInput(id, body.Partner, body.Level, DealsApi.Seen(http)), ct), id, work, ct);

    private static async Task<IResult> ConsentAsync(DealId id, PartnerId partner, ConsentBody body, HttpContext http, Work work, AnswerProposal act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new ProposalAnswer(id, partner, body.Consent, body.Reason, DealsApi.Seen(http)), ct), id, work, ct);

    private static async Task<IResult> CounterAnswerAsync(DealId id, PartnerId partner, CounterAnswerBody body, HttpContext http, Work work, AnswerCounter act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new CounterAnswer(id, partner, body.Act, DealsApi.Seen(http)), ct), id, work, ct);

    private static async Task<IResult> LeaveAsync(DealId id, PartnerId partner, LeaveBody body, HttpContext http, LeaveTeam act, CancellationToken ct) =>
        await act.RunAsync(new LeaveInput(id, partner, body.Reason, DealsApi.Seen(http)), ct) is { Ok: false } refused ? refused.Problem!.ToResult() : Results.NoContent();

    private static async Task<IResult> CounterAsync(DealId id, CounterBody body, HttpContext http, Work work, CounterInvitation act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new CounterInput(id, body.ShareBasisPoints, body.WorkBasisPoints, body.Note, DealsApi.Seen(http)), ct), id, work, ct);

    private static async Task<IResult> ApplyAsync(DealId id, FormationChoiceBody body, HttpContext http, Work work, ApplyFormation act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new FormationChoice(id, body.Formation, DealsApi.Seen(http)), ct), id, work, ct);

    private static async Task<IResult> SaveAsync(DealId id, FormationBody body, Work work, SaveFormation act, CancellationToken ct)
    {
        var saved = await act.RunAsync(new NewFormation(id, body.Name), ct);
        return saved.Ok ? Results.Json((await AgreementList.FormationsAsync(work, ct)).First(f => f.Id == saved.Value), Json.Options) : saved.Problem.ToResult();
    }

    private static async Task<IResult> FormationsAsync(Work work, CancellationToken ct) => Results.Json(await AgreementList.FormationsAsync(work, ct), Json.Options);

    private static async Task<IResult> RepPlanAsync(RepPlanInput body, SetRepPlan act, CancellationToken ct) =>
        await act.RunAsync(body, ct) is { Ok: false } refused ? refused.Problem!.ToResult() : Results.NoContent();

    private static async Task<IResult> SightTableAsync(Work work, IRoleChoices roles, CancellationToken ct) => Results.Json(await SightTablePage.FindAsync(work, roles, ct), Json.Options);

    private static async Task<IResult> SetSightTableAsync(SightTableBody body, Work work, IRoleChoices roles, SaveSightTable act, CancellationToken ct)
    {
        var from = body.Parts?.Where(p => p is { Part: not null, From: not null }).GroupBy(p => p.Part!.Value).ToDictionary(g => g.Key, g => g.Last().From!.Value);
        var hidden = body.Roles?.Where(r => r?.Role is not null).GroupBy(r => r.Role!).ToDictionary(g => g.Key, g => g.Last().Hidden ?? []);
        var saved = await act.RunAsync(new SightTableInput(from, hidden, body.Delivered, body.Version), ct);
        return saved.Ok ? Results.Json(await SightTablePage.FindAsync(work, roles, ct), Json.Options) : saved.Problem.ToResult();
    }

    private static async Task<IResult> ShowAsync<T>(Result<T> done, DealId id, Work work, CancellationToken ct) =>
        done.Ok ? (await WorkspacePage.FindAsync(work, id, ct)).ToOk() : done.Problem.ToResult();
}
