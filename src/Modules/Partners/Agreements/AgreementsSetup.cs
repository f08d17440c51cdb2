using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Agreements;

internal static class AgreementPermissions
{
    public const string ViewCode = "partners.view_agreements";
    public const string KeepCode = "partners.keep_agreements";

    /// <summary>A portal actor with it sees its own company's, once they are signed.</summary>
    public static readonly Permission View = new(ViewCode, "See agreements with partners", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Executive, Roles.Finance, Roles.Legal, Roles.PartnerAdmin);
    public static readonly Permission Keep = new(KeepCode, "Write down agreements with partners, and end them", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);

    /// <summary>The partner's own yes or no; the vendor's people write down what came otherwise.</summary>
    public static readonly Permission Answer = new("partners.answer_renewal", "Answer the proposal to renew an agreement", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.PartnerAdmin);

    public static readonly Permission[] All = [View, Keep, Answer];
}

internal static class AgreementProblems
{
    public static Problem Missing() => Problem.Missing("agreement");

    public static Problem Over() => new(ProblemKind.Conflict, "partners.agreement_over", "This agreement has been ended. Write down a new one.");

    public static Problem Signed() => new(ProblemKind.Conflict, "partners.agreement_signed", "A signed agreement stays. End it, if it does not hold any more.");

    public static Problem NotExpiring() => new(ProblemKind.Conflict, "partners.agreement_not_expiring", "A renewal is proposed within the last 90 days of an agreement, or when it has run out.");

    public static Problem RenewedAlready() => new(ProblemKind.Conflict, "partners.renewed_already", "A renewal is proposed already, or agreed.");

    public static Problem NotYoursToWithdraw() => new(ProblemKind.Denied, "partners.not_your_proposal", "Whoever has proposed it takes it back. You agree or decline.");

    public static Problem TooMany(int most) => new(ProblemKind.Conflict, "partners.agreements_full", $"A partner has at most {most} agreements.");
}

/// <summary>What agreements add to the module.</summary>
internal static class AgreementsSetup
{
    public static void Tables(ModelBuilder model, Db db)
    {
        var agreement = model.Owned<PartnerAgreement>("partners_agreement", a => new { a.TenantId, a.Id });
        agreement.HasIndex(a => new { a.TenantId, a.PartnerId, a.Ends });
        agreement.HasIndex(a => new { a.TenantId, a.Ends, a.Id });
        var renewal = model.Owned<Renewal>("partners_renewal", r => new { r.TenantId, r.Id });
        renewal.HasIndex(r => new { r.TenantId, r.AgreementId, r.Id });
        renewal.HasIndex(r => new { r.TenantId, r.PartnerId, r.State });
        renewal.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners || r.PartnerId == db.Partner);
        agreement.HasQueryFilter(Db.PartnerFilter, a => db.SeesAllPartners || (a.PartnerId == db.Partner && a.SignedOn != null));
    }

    public static void AddAgreements(this IServiceCollection services)
    {
        services.AddNotificationKinds(AgreementNews.Warned, AgreementNews.Ended, AgreementNews.Proposed, AgreementNews.Answered);
        services.AddScoped<SaveAgreement>().AddScoped<EndAgreement>().AddScoped<DropAgreement>().AddScoped<ProposeRenewal>().AddScoped<AnswerRenewal>();
        services.AddScoped<ISearchSource, AgreementSearch>();
        services.AddScoped<IPartnerPanel, AgreementsPanel>().AddScoped<IOnboardingFact, AgreementSigned>();
    }

    public static Manifest WithAgreements(this Manifest manifest) => manifest
        .Permits(AgreementPermissions.All)
        .Lives(RenewalLifecycle.Machine)
        .Every<WatchAgreements>("partners.watch_agreements", TimeSpan.FromDays(1))
        .Shows(new NavItem("app", "Partners", "Agreements", "/app/partners/agreements", "file-text", AgreementPermissions.View, 202, "contract renewal expiring notice"))
        .Shows(new NavItem("portal", "", "Agreements", "/portal/company/agreements", "file-text", AgreementPermissions.View, 801, "contract renewal"));

    public static void Api(IEndpointRouteBuilder api)
    {
        var of = api.MapGroup("/partners/{id}/agreements").WithTags("Partners").ProducesProblem(403).ProducesProblem(404);
        of.MapGet("/", OfAsync).WithName("ListAgreementsOfPartner").WithSummary("Agreements with a partner; a partner’s token sees its own signed ones").Produces<IReadOnlyList<AgreementItem>>().Requires(AgreementPermissions.View);
        of.MapPost("/", AddAsync).WithName("AddPartnerAgreement").WithSummary("Write down an agreement").Produces<Made<PartnerAgreementId>>(201).ProducesProblem(409).ProducesProblem(422).Requires(AgreementPermissions.Keep);
        of.MapPut("/{agreement}", ChangeAsync).WithName("ChangePartnerAgreement").WithSummary("Write all of an agreement anew").Produces<AgreementItem>().ProducesProblem(409).ProducesProblem(412).ProducesProblem(422).Requires(AgreementPermissions.Keep);
        var all = api.MapGroup("/partner-agreements").WithTags("Partners").ProducesProblem(403);
        all.MapGet("/", ListAsync).WithName("ListPartnerAgreements").WithSummary("Agreements by status (all for every one), what runs out next first").Produces<Page<AgreementItem>>().Requires(AgreementPermissions.View);
        all.MapGet("/{agreement}", GetAsync).WithName("GetPartnerAgreement").WithSummary("One agreement").Produces<AgreementItem>().ProducesProblem(404).Requires(AgreementPermissions.View);
        all.MapPost("/{agreement}/end", EndAsync).WithName("EndPartnerAgreement").WithSummary("End it on a day, with a reason").Produces<AgreementItem>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(AgreementPermissions.Keep);
        all.MapGet("/{agreement}/renewals", RenewalsAsync).WithName("ListAgreementRenewals").WithSummary("Proposals to renew an agreement, the newest first").Produces<IReadOnlyList<RenewalItem>>().ProducesProblem(404).Requires(AgreementPermissions.View);
        all.MapPost("/{agreement}/renewals", ProposeAsync).WithName("ProposeRenewal").WithSummary("Propose to go on after an agreement that runs out").Produces<Made<RenewalId>>(201).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(AgreementPermissions.Keep);
        all.MapPost("/renewals/{renewal}/answer", AnswerAsync).WithName("AnswerRenewal").WithSummary("Agree (writes the next agreement), decline with a reason of the list, or take back").Produces<RenewalState>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(AgreementPermissions.Answer);
        all.MapDelete("/{agreement}", DropAsync).WithName("DropPartnerAgreement").WithSummary("Take a draft away").Produces(204).ProducesProblem(404).ProducesProblem(409).Requires(AgreementPermissions.Keep);
    }

    public static void Web(IEndpointRouteBuilder web) => web.MapGet("/app/partners/agreements.csv", Export).Requires(AgreementPermissions.View).ExcludeFromDescription();

    private static IResult Export(Work work, string? state, string? kind, string? manager, CancellationToken ct) => Csv.File("agreements.csv",
        ["Partner", "Kind", "Number", "Status", "Signed on", "Valid from", "Valid until", "Renews for (months)", "Notice (days)", "Notice until", "File", "Ended on", "Reason", "Renewal", "Reason of the no", "Note", "Id"],
        RowsAsync(work, AgreementFilter.Read(state, kind, manager, work.Actor), ct), ct);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(Work work, AgreementFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var a in Paging.AllAsync(p => AgreementList.PageAsync(work, filter, p, ct)).WithCancellation(ct))
        {
            yield return
            [
                a.PartnerName, Words.Label(a.Kind), a.Number, Words.Label(a.State), Csv.Day(a.SignedOn), Csv.Day(a.ValidFrom), Csv.Day(a.ValidUntil), Csv.Figure(a.RenewalMonths), Csv.Figure(a.NoticeDays), Csv.Day(a.NoticeUntil),
                a.FileName, Csv.Day(a.EndedOn), a.EndReason, a.Renewal is { } r ? Words.Label(r.State) : null, a.Renewal?.Reason is { } why ? Words.Label(why) : null, a.Note, a.Id.ToString(),
            ];
        }
    }

    private static async Task<IResult> OfAsync(Work work, PartnerId id, CancellationToken ct) =>
        await PartnerPage.LoadAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await AgreementList.OfAsync(work, id, ct), Json.Options);

    private static async Task<IResult> AddAsync(SaveAgreement save, PartnerId id, AgreementInput input, CancellationToken ct) =>
        (await save.RunAsync((id, null, input, null), ct)).Then<Made<PartnerAgreementId>>(made => new Made<PartnerAgreementId>(made)).ToCreated(made => $"/api/v1/partner-agreements/{made.Id}");

    private static async Task<IResult> ChangeAsync(SaveAgreement save, Work work, PartnerId id, PartnerAgreementId agreement, AgreementInput input, [FromHeader(Name = "If-Match")] string? match, CancellationToken ct) =>
        await ShowAsync(work, agreement, (await save.RunAsync((id, agreement, input, match is null ? null : long.TryParse(match.Trim('"'), out var version) ? version : -1), ct)).Problem, ct);

    private static async Task<IResult> ListAsync(Work work, string? state, string? kind, string? manager, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await AgreementList.PageAsync(work, AgreementFilter.Read(state, kind, manager, work.Actor), new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> GetAsync(Work work, PartnerAgreementId agreement, CancellationToken ct) => (await AgreementList.FindAsync(work, agreement, ct)).ToOk();

    private static async Task<IResult> EndAsync(EndAgreement end, Work work, PartnerAgreementId agreement, Ending input, CancellationToken ct) =>
        await ShowAsync(work, agreement, (await end.RunAsync((agreement, input.On, input.Reason), ct)).Problem, ct);

    private static async Task<IResult> DropAsync(DropAgreement drop, PartnerAgreementId agreement, CancellationToken ct) =>
        await drop.RunAsync(agreement, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();

    private static async Task<IResult> RenewalsAsync(Work work, PartnerAgreementId agreement, CancellationToken ct) =>
        await AgreementList.FindAsync(work, agreement, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await RenewalList.OfAsync(work, agreement, ct), Json.Options);

    private static async Task<IResult> ProposeAsync(ProposeRenewal propose, PartnerAgreementId agreement, RenewalProposal input, CancellationToken ct) =>
        (await propose.RunAsync((agreement, input), ct)).Then<Made<RenewalId>>(made => new Made<RenewalId>(made)).ToCreated(_ => $"/api/v1/partner-agreements/{agreement}/renewals");

    private static async Task<IResult> AnswerAsync(AnswerRenewal answer, RenewalId renewal, RenewalAnswer input, CancellationToken ct) => (await answer.RunAsync((renewal, input), ct)).ToOk();

    private static async Task<IResult> ShowAsync(Work work, PartnerAgreementId id, Problem? problem, CancellationToken ct) => problem is not null ? problem.ToResult() : (await AgreementList.FindAsync(work, id, ct)).ToOk();

    internal sealed record Ending(DateOnly? On, string? Reason);
}

/// <summary>Shows on the partner's page what was agreed.</summary>
internal sealed class AgreementsPanel : IPartnerPanel
{
    public string Title => "Agreements";

    public int Order => 6;

    public Permission? Permission => AgreementPermissions.View;

    public Type Component => typeof(Trellis.Partners.Web.AgreementsSummary);
}

/// <summary>An agreement was signed and is not over.</summary>
internal sealed class AgreementSigned(Work work) : IOnboardingFact
{
    public string Code => "agreement_signed";

    public string Text => "An agreement is signed";

    public async Task<IReadOnlySet<PartnerId>> AmongAsync(IReadOnlyCollection<PartnerId> partners, CancellationToken ct)
    {
        var today = work.Today;
        return (await work.Db.Set<PartnerAgreement>().Where(a => partners.Contains(a.PartnerId) && a.SignedOn != null && a.Ends >= today && a.Kind != AgreementKind.NonDisclosure).Select(a => a.PartnerId).Distinct().ToListAsync(ct)).ToHashSet();
    }
}
