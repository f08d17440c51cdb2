using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Published;

namespace Trellis.Partners.Applying;

/// <summary>A confirmed application as the vendor reads it.</summary>
internal sealed record ApplicationItem(
    ApplicationId Id, string Company, string Website, string Country, Motion Motion, string ContactName, string Email, string? Text, DateTime CreatedAt,
    ApplicationState State, DateTime Since, string By, string? Reason, PartnerId? Partner, IReadOnlyList<ApplicationTrigger> Allowed, long Version) : IHasVersion
{
    /// <summary>All in which it wants to work with the vendor; the first is <see cref="Motion"/>.</summary>
    public IReadOnlyList<Motion> Motions { get; init; } = [];

    /// <summary>Partners that may be the same company, while it waits.</summary>
    public IReadOnlyList<Twin> Twins { get; init; } = [];
}

internal static class ApplicationList
{
    /// <summary>Confirmed applications with this status, or all; the newest first. Those that wait name the partners that they resemble.</summary>
    public static async Task<Page<ApplicationItem>> PageAsync(Work work, ApplicationState? state, Paging paging, CancellationToken ct)
    {
        var rows = work.Db.Set<Application>().AsNoTracking();
        rows = state is { } wanted and not ApplicationState.Unconfirmed ? rows.Where(a => a.State == wanted) : rows.Where(a => a.State != ApplicationState.Unconfirmed);
        var page = await rows.PageAsync(a => a.Id, a => a.Id, true, paging, ct);
        var items = new List<ApplicationItem>();
        foreach (var a in page.Items) items.Add(await WithTwinsAsync(work, Item(a), ct));
        return new Page<ApplicationItem>(items, page.Next, page.Previous);
    }

    public static async Task<Result<ApplicationItem>> FindAsync(Work work, ApplicationId id, CancellationToken ct) =>
        await work.Db.Set<Application>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.State != ApplicationState.Unconfirmed, ct) is { } application
            ? await WithTwinsAsync(work, Item(application), ct)
            : ApplicationProblems.Missing();

    public static Task<int> WaitingAsync(Work work, CancellationToken ct) => work.Db.Set<Application>().Where(a => a.State == ApplicationState.Waiting).CountCappedAsync(ct);

    private static async Task<ApplicationItem> WithTwinsAsync(Work work, ApplicationItem item, CancellationToken ct) =>
        item.State == ApplicationState.Waiting ? item with { Twins = await Duplicates.OfAsync(work, item.Company, item.Website, item.Country, null, null, ct) } : item;

    private static ApplicationItem Item(Application a) => new(
        a.Id, a.Company, a.Website, a.Country, a.Motion, a.ContactName, a.Email, a.Text, a.CreatedAt, a.State, a.StateSince, a.StateBy, a.Reason, a.PartnerId, ApplicationLifecycle.Machine.Allowed(a.State), a.Version)
    { Motions = a.Motions };

    /// <summary>The type that a company with this motion mostly has; whoever accepts it may choose another.</summary>
    public static PartnerType Usual(Motion motion) => motion switch
    {
        Motion.Resell => PartnerType.Reseller,
        Motion.Referral => PartnerType.Referral,
        Motion.Influence => PartnerType.Consultant,
        Motion.CoSell or Motion.Deliver => PartnerType.SystemIntegrator,
        Motion.Retain => PartnerType.ManagedServiceProvider,
        Motion.CoInnovate => PartnerType.SoftwareVendor,
        _ => PartnerType.Hyperscaler,
    };
}
