using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Applying;

internal static class ApplicationPermissions
{
    public const string DecideCode = "partners.decide_applications";
    public const string OpenCode = "partners.open_applications";

    public static readonly Permission Decide = new(DecideCode, "Read and answer applications to become a partner", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);
    public static readonly Permission Open = new(OpenCode, "Let companies apply to become a partner, or not", Roles.Administrator, Roles.ChannelOperations);

    public static readonly Permission[] All = [Decide, Open];
}

internal static class ApplicationProblems
{
    public static Problem Missing() => Problem.Missing("application");

    public static Problem Closed() => new(ProblemKind.Conflict, "partners.applications_closed", "Applications are not taken at the moment.");

    public static Problem TooMany() => new(ProblemKind.Busy, "partners.applications_busy", "So many applications came today that we take no more. Try again tomorrow.");

    public static Problem LinkOver() => new(ProblemKind.Missing, "partners.application_link", "This link is not valid any more. Apply again, then you get a new one.");
}

/// <summary>What applications add to the module.</summary>
internal static class ApplyingSetup
{
    public static void Tables(ModelBuilder model, Db db)
    {
        var application = model.Owned<Application>("partners_application", a => new { a.TenantId, a.Id });
        application.HasIndex(a => new { a.TenantId, a.State, a.Id });
        application.HasIndex(a => new { a.TenantId, a.CreatedAt });
        application.HasIndex(a => new { a.TenantId, a.Email });
        application.Property(a => a.OtherMotions).HasMaxLength(200);
        application.HasQueryFilter(Db.PartnerFilter, a => db.SeesAllPartners);
        model.Owned<ApplicationSettings>("partners_application_settings", s => s.TenantId).HasQueryFilter(Db.PartnerFilter, s => db.SeesAllPartners);
    }

    public static void AddApplications(this IServiceCollection services)
    {
        services.AddNotificationKinds(ConfirmApplication.Told);
        services.AddSingleton<ApplicationKeys>().AddScoped<ApplicationMail>();
        services.AddScoped<Apply>().AddScoped<ConfirmApplication>().AddScoped<AcceptApplication>().AddScoped<DeclineApplication>().AddScoped<EraseApplication>().AddScoped<SetApplications>();
        services.AddScoped<ISignInOffer, ApplyOffer>();
    }

    public static Manifest WithApplications(this Manifest manifest) => manifest
        .Permits(ApplicationPermissions.All)
        .Lives(ApplicationLifecycle.Machine)
        .Every<TidyApplications>("partners.tidy_applications", TimeSpan.FromDays(1))
        .Shows(new NavItem("app", "Partners", "Applications", "/app/partners/applications", "user-plus", ApplicationPermissions.Decide, 201, "apply become partner recruit candidate"))
        .Offers(new Offer("app", "Take applications of partners", "/app/partners/applications/settings", "user-plus", ApplicationPermissions.Open, "apply form public recruit"));

    public static void Api(IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/partner-applications").WithTags("Partners").ProducesProblem(403);
        all.MapGet("/", ListAsync).WithName("ListPartnerApplications").WithSummary("Confirmed applications to become a partner, the newest first, with the partners that they resemble").Produces<Page<ApplicationItem>>().Requires(ApplicationPermissions.Decide);
        all.MapPut("/settings", SetAsync).WithName("SetPartnerApplications").WithSummary("Let companies apply to become a partner, or not").Produces(204).ProducesProblem(422).Requires(ApplicationPermissions.Open);
        var one = all.MapGroup("/{id}").ProducesProblem(404);
        one.MapGet("/", GetAsync).WithName("GetPartnerApplication").WithSummary("One application").Produces<ApplicationItem>().Requires(ApplicationPermissions.Decide);
        one.MapPost("/accept", AcceptAsync).WithName("AcceptPartnerApplication").WithSummary("Make a partner of it and invite the applicant as its administrator").Produces<Made<PartnerId>>(201).ProducesProblem(409).ProducesProblem(422).Requires(ApplicationPermissions.Decide);
        one.MapPost("/decline", DeclineAsync).WithName("DeclinePartnerApplication").WithSummary("Say no; the applicant reads the reason").Produces<ApplicationItem>().ProducesProblem(409).ProducesProblem(422).Requires(ApplicationPermissions.Decide);
        one.MapDelete("/", EraseAsync).WithName("ErasePartnerApplication").WithSummary("Erase it at once").Produces(204).Requires(ApplicationPermissions.Decide);
    }

    public static void Web(IEndpointRouteBuilder web) => web.MapGet("/app/partners/applications.csv", Export).Requires(ApplicationPermissions.Decide).ExcludeFromDescription();

    private static IResult Export(Work work, string? state, CancellationToken ct) =>
        Csv.File("applications.csv", ["Company", "Web site", "Country", "Motions", "Contact", "E-mail", "Text", "Received (UTC)", "Status", "Since (UTC)", "By", "Reason", "May be", "Partner", "Id"], RowsAsync(work, Words.Parse<ApplicationState>(state), ct), ct);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(Work work, ApplicationState? state, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var a in Paging.AllAsync(p => ApplicationList.PageAsync(work, state, p, ct)).WithCancellation(ct))
        {
            yield return
            [
                a.Company, a.Website, a.Country, string.Join("; ", a.Motions.Select(PartnerWords.Label)), a.ContactName, a.Email, a.Text, Csv.Time(a.CreatedAt), Words.Label(a.State), Csv.Time(a.Since), a.By, a.Reason,
                string.Join("; ", a.Twins.Select(t => t.Name)), a.Partner?.ToString(), a.Id.ToString(),
            ];
        }
    }

    private static async Task<IResult> ListAsync(Work work, string? state, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await ApplicationList.PageAsync(work, Words.Parse<ApplicationState>(state), new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> SetAsync(SetApplications set, ApplicationsInput input, CancellationToken ct) =>
        await set.RunAsync(input, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();

    private static async Task<IResult> GetAsync(Work work, ApplicationId id, CancellationToken ct) => (await ApplicationList.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> AcceptAsync(AcceptApplication accept, HttpContext http, ApplicationId id, Acceptance input, CancellationToken ct) =>
        (await accept.RunAsync((id, input, InvitationLinks.Of(http)), ct)).Then<Made<PartnerId>>(made => new Made<PartnerId>(made)).ToCreated(made => $"/api/v1/partners/{made.Id}");

    private static async Task<IResult> DeclineAsync(DeclineApplication decline, Work work, ApplicationId id, DeclineBody input, CancellationToken ct) =>
        await decline.RunAsync((id, input.Reason), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : (await ApplicationList.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> EraseAsync(EraseApplication erase, ApplicationId id, CancellationToken ct) =>
        await erase.RunAsync(id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();

    internal sealed record DeclineBody(string? Reason);
}

/// <summary>Offers the form to whoever wants to sign in and has no account.</summary>
internal sealed class ApplyOffer(Engine engine) : ISignInOffer
{
    // Past the model: signing in is shown while it is still being built.
    public SignInOffer? Of(TenantId tenant)
    {
        var open = false;
        engine.Look(new Ask($"SELECT s.tenant_id FROM partners_application_settings AS s WHERE s.tenant_id = $1 AND {engine.Yes("s.open")}", [engine.Stored(tenant)], _ => open = true));
        return open ? new SignInOffer("Become a partner", "Your company works with our customers, or wants to? Tell us.", "/partners/apply", "Apply to become a partner") : null;
    }
}
