using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Distributors;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace.Jobs;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Workspace;

/// <summary>What the workspace and the coalitions add to the module's manifest.</summary>
internal static class WorkspaceSetup
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<LiveStreams>();
        services.AddSingleton<SightShelf>();
        services.AddSingleton<IAmountLimits>(s => s.GetRequiredService<SightShelf>());
        services.AddScoped<SaveSightTable>();
        services.AddScoped<FreeLeft>();
        services.AddScoped<WorkspaceMail>();
        services.AddNotificationKinds(NextStepNews.Kind, WorkspaceMail.Given, WorkspaceMail.Due, WorkspaceMail.Milestone, WorkspaceMail.MilestoneDue, CoalitionMail.Consent, CoalitionMail.Terms);
        services.AddScoped<NextStepNews>();
        services.AddScoped<SetNextStep>();
        services.AddScoped<EditTask>();
        services.AddScoped<EditMilestone>();
        services.AddScoped<TeamMail>();
        services.AddScoped<AddTask>();
        services.AddScoped<FinishTask>();
        services.AddScoped<RemindTask>();
        services.AddScoped<RemindMilestone>();
        services.AddScoped<ForgetRemoved>();
        services.AddScoped<AddMilestone>();
        services.AddScoped<ChangeMilestone>();
        services.AddScoped<BeginPlan>();
        services.AddScoped<SaveCommitteePerson>();
        services.AddScoped<RemoveCommitteePerson>();
        services.AddScoped<UploadDealFile>();
        services.AddScoped<RecordDealFile>();
        services.AddScoped<RemoveDealFile>();
        services.AddScoped<KeepEffect>();
        services.AddScoped<SetSight>();
        services.AddScoped<SetRepPlan>();
        services.AddScoped<CoalitionMail>();
        services.AddScoped<AnswerProposal>();
        services.AddScoped<CounterInvitation>();
        services.AddScoped<AnswerCounter>();
        services.AddScoped<LeaveTeam>();
        services.AddScoped<SaveFormation>();
        services.AddScoped<ApplyFormation>();
        services.AddScoped<EndAgreements>();
        services.AddScoped<ISearchSource, TaskSearch>();
        services.AddScoped<IToDoSource, NextStepToDos>();
        services.AddScoped<IToDoSource, DealToDos>();
    }

    public static void Web(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/deals/{id}/live", LiveDeal.ServeAsync).Requires(DealsPermissions.View).ExcludeFromDescription();
        web.MapGet("/portal/deals/{id}/live", LiveDeal.ServeAsync).Requires(DealsPermissions.View).ExcludeFromDescription();
        SellerApi.Web(web);
        web.MapGet("/files/deals/{id}/{file}", DownloadAsync).Requires(DealsPermissions.View).ExcludeFromDescription();
    }

    public static Manifest Describe(Manifest manifest) => manifest
        .Lives(AgreementLifecycle.Machine)
        .Hears<DealWon, EndAgreementsOfWin>()
        .Hears<DealEnded, EndAgreementsOfEnd>()
        .Hears<DealWon, EndStepOfWin>()
        .Hears<DealEnded, EndStepOfEnd>()
        .Hears<DealDecided, EndStepOfRefusal>(d => d is { State: DealState.Rejected, AtOnce: false })
        .Hears<DealWon, TellOfWin>()
        .Hears<DealEnded, TellOfEnd>()
        .Hears<MemberLeft, FreeOfMember>()
        .Hears<AccessEnded, FreeOfPerson>()
        .Every<RemindTasks>("deals.remind_tasks", TimeSpan.FromHours(1))
        .Every<CountEffect>("deals.count_effect", TimeSpan.FromHours(1));

    /// <summary>The content of a file, always as an attachment; whoever may not see it is told that there is none.</summary>
    public static async Task<IResult> DownloadAsync(DealId id, FileId file, Work work, FileStore files, CancellationToken ct)
    {
        var deal = await work.Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct);
        var below = deal is null ? await ResellerDeals.FindAsync(work, id, ct) : null;
        deal ??= below?.Deal;
        if (deal is null || (deal.State == DealState.Draft && !work.Actor.IsPartner)) return DealsProblems.Missing().ToResult();
        var (looksOn, sight) = (below is not null, below?.Sight ?? await Sights.OfAsync(work, deal, ct));
        var row = sight.Reads(DealPart.Files)
            ? await work.Db.Set<DealFile>().AsNoTracking().Below(looksOn).SingleOrDefaultAsync(f => f.Id == file && f.DealId == id && (!looksOn || f.Audience == CommentAudience.Shared), ct) : null;
        return row is null || files.Open(work.Tenant, file) is not { } content ? WorkspaceProblems.NoFile().ToResult() : Results.File(content, row.ContentType, row.Name);
    }
}

/// <summary>Tasks in the search box of both faces.</summary>
internal sealed class TaskSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(DealsPermissions.View) || folded.Length == 0) return [];
        var tasks = work.Db.Set<DealTask>().AsNoTracking();
        var hidden = DirectSight.Without(work.Db, PartBits.Tasks);
        if (Sights.IsLimited(work.Actor) && !work.Actor.IsPartner) tasks = tasks.Where(t => !hidden.Any(s => s.TenantId == t.TenantId && s.DealId == t.DealId));
        foreach (var word in folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6)) tasks = tasks.Where(t => t.SearchText.Contains(word));
        var root = work.Actor.IsPartner ? "/portal/deals/" : "/app/deals/";
        var found = await tasks.OrderBy(t => t.DoneAt != null).ThenByDescending(t => t.Id).Take(limit).Select(t => new { t.Title, t.DealId, t.DueOn, t.DoneAt, t.OwnerName }).ToListAsync(ct);
        return [.. found.Select(t => new Hit("Task", t.Title, t.DoneAt is not null ? "Done" : t.DueOn is { } due ? $"Due {Rules.Phrases.Day(due)}" : "Open", $"{root}{t.DealId}#tasks"))];
    }
}
