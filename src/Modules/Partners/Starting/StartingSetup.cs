using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Leaving;
using Trellis.Partners.Published;

namespace Trellis.Partners.Starting;

internal static class OnboardingPermissions
{
    public const string FinishCode = "partners.finish_onboarding";
    public const string EditCode = "partners.edit_onboarding";

    public static readonly Permission Finish = new(FinishCode, "Finish steps of an onboarding, each side its own", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Enablement, Roles.PartnerAdmin);
    public static readonly Permission Edit = new(EditCode, "Change the list by which partnerships begin", Roles.Administrator, Roles.ChannelOperations);

    public static readonly Permission[] All = [Finish, Edit];
}

internal static class OnboardingProblems
{
    public static Problem NoStep() => Problem.Missing("step");

    public static Problem NotYours() => new(ProblemKind.Denied, "partners.not_your_step", "This step is the vendor’s. You finish those of your own side.");

    public static Problem Theirs() => new(ProblemKind.Conflict, "partners.their_step", "The partner finishes this step. If it is not needed, skip it with a reason.");

    public static Problem NotYet() => new(ProblemKind.Conflict, "partners.not_happened", "This step is done by itself as soon as it has happened. If it is not needed, skip it with a reason.");

    public static Problem NotNow() => new(ProblemKind.Conflict, "partners.no_onboarding", "An onboarding does not begin while the partner is suspended, leaving or gone.");
}

/// <summary>What the onboarding adds to the module.</summary>
internal static class StartingSetup
{
    public static void Tables(ModelBuilder model, Db db)
    {
        var template = model.Owned<OnboardingTemplate>("partners_onboarding_list", t => t.TenantId);
        template.Property(t => t.Lines).HasMaxLength(20_000);
        template.HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners);
    }

    public static void AddOnboarding(this IServiceCollection services)
    {
        services.AddNotificationKinds(OnboardingSteps.Told);
        services.AddScoped<OnboardingSteps>().AddScoped<StartOnboarding>().AddScoped<SettleOnboarding>().AddScoped<SetOnboarding>();
        services.AddScoped<IOnboardingFact, SignedIn>();
        services.AddScoped<IPartnerPanel, OnboardingPanel>();
    }

    public static Manifest WithOnboarding(this Manifest manifest) => manifest
        .Permits(OnboardingPermissions.All)
        .Every<SettleFacts>("partners.settle_facts", TimeSpan.FromHours(1))
        .Shows(new NavItem("app", "Partners", "Onboardings", "/app/partners/onboardings", "list-check", PartnersPermissions.ViewSegments, 202, "onboarding start welcome waiting steps late"))
        .Offers(new Offer("app", "List of onboarding steps", "/app/partners/onboarding", "list-check", OnboardingPermissions.Edit, "checklist template welcome enablement"))
        .Offers(new Offer("portal", "Our onboarding", "/portal/company/onboarding", "list-check", OnboardingPermissions.Finish, "checklist steps begin"));

    public static void Api(IEndpointRouteBuilder api)
    {
        var of = api.MapGroup("/partners/{id}/onboarding").WithTags("Partners").ProducesProblem(403).ProducesProblem(404);
        of.MapGet("/", ListAsync).WithName("ListOnboarding").WithSummary("The steps of a partner’s onboarding").Produces<IReadOnlyList<OnboardingItem>>().Requires(PartnersPermissions.View);
        of.MapPost("/", StartAsync).WithName("StartOnboarding").WithSummary("Begin the onboarding, add what is missing, or begin anew").Produces<IReadOnlyList<OnboardingItem>>().ProducesProblem(409).Requires(PartnersPermissions.ChangeState);
        of.MapPut("/{step}", SettleAsync).WithName("SettleOnboarding").WithSummary("Finish a step of the own side; the vendor also skips or hands over").Produces<IReadOnlyList<OnboardingItem>>().ProducesProblem(409).ProducesProblem(422).Requires(OnboardingPermissions.Finish);
        api.MapGet("/onboardings", AllAsync).WithTags("Partners").WithName("ListOnboardings")
            .WithSummary("Onboardings that are not over, what is due first at the top; by turn (vendor, partner), manager (an id, me, none), late=yes").Produces<Page<OnboardingRow>>().ProducesProblem(403).Requires(PartnersPermissions.ViewSegments);
        var list = api.MapGroup("/onboarding-list").WithTags("Partners").ProducesProblem(403);
        list.MapGet("/", LinesAsync).WithName("GetOnboardingList").WithSummary("The list by which partnerships begin").Produces<IReadOnlyList<OnboardingLine>>().Requires(PartnersPermissions.ViewSegments);
        list.MapPut("/", SetAsync).WithName("SetOnboardingList").WithSummary("Write the list: one line each, owner | days | step | motion | fact").Produces<IReadOnlyList<OnboardingLine>>().ProducesProblem(422).Requires(OnboardingPermissions.Edit);
    }

    public static void Web(IEndpointRouteBuilder web) => web.MapGet("/app/partners/onboardings.csv", Export).Requires(PartnersPermissions.ViewSegments).ExcludeFromDescription();

    private static async Task<IResult> AllAsync(Work work, string? turn, string? manager, string? late, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await OnboardingList.PageAsync(work, OnboardingFilter.Read(turn, manager, late, work.Actor), new Paging(cursor, size ?? 50), ct), Json.Options);

    private static IResult Export(Work work, string? turn, string? manager, string? late, CancellationToken ct) => Csv.File("onboardings.csv",
        ["Partner", "Started on", "Waits for", "Whose turn", "Due on", "Late", "Days waiting", "Steps done", "Steps", "Manager", "Partner id"], RowsAsync(work, OnboardingFilter.Read(turn, manager, late, work.Actor), ct), ct);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(Work work, OnboardingFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var r in Paging.AllAsync(p => OnboardingList.PageAsync(work, filter, p, ct)).WithCancellation(ct))
            yield return [r.Name, Csv.Day(r.StartedOn), r.Step, Words.Label(r.Turn), Csv.Day(r.DueOn), r.Late ? "yes" : "no", Csv.Figure(r.WaitingDays), Csv.Figure(r.Done), Csv.Figure(r.Steps), r.ManagerName, r.Partner.ToString()];
    }

    private static async Task<IResult> ListAsync(Work work, OnboardingSteps steps, PartnerId id, CancellationToken ct) =>
        await PartnerPage.LoadAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await steps.OfAsync(id, ct), Json.Options);

    private static async Task<IResult> StartAsync(StartOnboarding start, OnboardingSteps steps, PartnerId id, Beginning input, CancellationToken ct) =>
        await start.RunAsync((id, input.Anew), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await steps.OfAsync(id, ct), Json.Options);

    private static async Task<IResult> SettleAsync(SettleOnboarding settle, OnboardingSteps steps, PartnerId id, StepId step, StepChange change, CancellationToken ct) =>
        await settle.RunAsync((id, step, change), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await steps.OfAsync(id, ct), Json.Options);

    private static async Task<IResult> LinesAsync(OnboardingSteps steps, CancellationToken ct) => Results.Json(await steps.LinesAsync(ct), Json.Options);

    private static async Task<IResult> SetAsync(SetOnboarding set, OnboardingSteps steps, ListBody input, CancellationToken ct) =>
        await set.RunAsync(input.Lines, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await steps.LinesAsync(ct), Json.Options);

    internal sealed record Beginning(bool Anew = false);

    internal sealed record ListBody(string? Lines);
}

/// <summary>Shows on the partner's page how far its onboarding is.</summary>
internal sealed class OnboardingPanel : IPartnerPanel
{
    public string Title => "Onboarding";

    public int Order => 5;

    public Permission? Permission => PartnersPermissions.View;

    public Type Component => typeof(Trellis.Partners.Web.OnboardingSummary);
}
