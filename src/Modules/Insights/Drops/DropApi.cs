using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Insights.Drops;

/// <summary>An alert as pages, API and export show it.</summary>
/// <param name="Partner">Null for all partners together.</param>
/// <param name="Usual">What four weeks usually brought.</param>
/// <param name="Seen">What they brought when it was opened.</param>
/// <param name="Latest">And at the last look.</param>
internal sealed record AlertItem(AlertId Id, PartnerId? Partner, string? PartnerName, AlertState State, DateTime OpenedAt, DateOnly Day, int Before, double Usual, int Seen, double Chance, int Latest, DateOnly LatestDay, DateTime? EndedAt)
{
    /// <summary>What was done about it, the earliest first; only of one alert.</summary>
    public IReadOnlyList<AlertMove>? Moves { get; init; }
}

/// <summary>What somebody did about an alert.</summary>
internal sealed record AlertMove(DateTime At, string By, AlertState From, AlertState To, string? Reason);

/// <summary>The alerts, newest first.</summary>
internal static class AlertList
{
    public static async Task<Page<AlertItem>> PageAsync(Work work, AlertState? state, PartnerId? partner, Paging paging, CancellationToken ct)
    {
        var rows = work.Db.Set<RegistrationAlert>().AsNoTracking();
        if (state is { } one) rows = rows.Where(a => a.State == one);
        if (partner is { } id) rows = rows.Where(a => a.PartnerId == id);
        var page = await rows.PageAsync(a => a.OpenedAt, a => a.Id, true, paging, ct);
        var names = await PartnerNames.OfAsync(work, page.Items.Select(a => a.PartnerId).OfType<PartnerId>(), ct);
        return page.Select(a => Item(a, names));
    }

    /// <summary>The newest of a partner, without its name.</summary>
    public static async Task<AlertItem?> NewestAsync(Work work, PartnerId partner, CancellationToken ct) =>
        await work.Db.Set<RegistrationAlert>().AsNoTracking().Where(a => a.PartnerId == partner).OrderByDescending(a => a.OpenedAt).ThenByDescending(a => a.Id).FirstOrDefaultAsync(ct) is { } alert ? Item(alert, []) : null;

    public static async Task<Result<AlertItem>> FindAsync(Work work, AlertId id, CancellationToken ct)
    {
        if (await work.Db.Set<RegistrationAlert>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } alert) return Problem.Missing("alert");
        var (machine, subject) = (RegistrationAlert.Machine.Name, id.ToString());
        var moves = await work.Db.Set<Transition>().AsNoTracking().Where(t => t.Machine == machine && t.Subject == subject).OrderBy(t => t.At).ThenBy(t => t.Id).Take(10).ToListAsync(ct);
        return Item(alert, await PartnerNames.OfAsync(work, alert.PartnerId is { } partner ? [partner] : [], ct)) with
        {
            Moves = [.. moves.Select(t => new AlertMove(t.At, t.ActorName, Words.Parse<AlertState>(t.From) ?? default, Words.Parse<AlertState>(t.To) ?? default, t.Reason))],
        };
    }

    private static AlertItem Item(RegistrationAlert a, Dictionary<PartnerId, string> names) => new(
        a.Id, a.PartnerId, a.PartnerId is { } partner ? names.GetValueOrDefault(partner, "") : null, a.State, a.OpenedAt, a.Day, a.Before, a.Usual, a.Seen, a.Chance, a.Latest, a.LatestDay, a.EndedAt);
}

internal sealed record AlertReason(string? Reason);

/// <summary>Alerts about falling registrations: what they add to the module, their routes, their export.</summary>
internal static class DropApi
{
    private static readonly string[] Header = ["Alert", "Partner", "Status", "Opened on", "Usual in four weeks", "Seen", "Chance", "Now", "Ended on"];

    public static void Add(IServiceCollection services)
    {
        services.AddNotificationKinds(WatchRegistrations.Kind);
        services.AddScoped<WatchRegistrations>();
        services.AddScoped<AnswerAlert>();
        services.AddScoped<IPartnerPanel, DropPanel>();
    }

    public static Manifest Describe(Manifest manifest) => manifest
        .Permits(DropPermissions.View, DropPermissions.Handle)
        .Lives(RegistrationAlert.Machine)
        .Every<LookForDrops>("insights.registration_drops", TimeSpan.FromDays(1))
        .Shows(new NavItem("app", "Analytics", "Falling registrations", "/app/analytics/alerts", "trending-down", DropPermissions.View, 806));

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/analytics/alerts").WithTags("Insights").ProducesProblem(403);
        group.MapGet("", ListAsync).WithName("ListRegistrationAlerts").WithSummary("Partners whose registrations fell clearly below their usual, newest first").Produces<Page<AlertItem>>().Requires(DropPermissions.View);
        group.MapGet("/{id}", GetAsync).WithName("GetRegistrationAlert").WithSummary("One alert, with what was done about it and why").Produces<AlertItem>().ProducesProblem(404).Requires(DropPermissions.View);
        group.MapPost("/{id}/acknowledge", (AlertId id, AlertReason body, Work work, AnswerAlert answer, CancellationToken ct) => MoveAsync(id, AlertTrigger.Acknowledge, body, work, answer, ct))
            .WithName("AcknowledgeRegistrationAlert").WithSummary("Say that somebody looks into it").Produces<AlertItem>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(DropPermissions.Handle);
        group.MapPost("/{id}/close", (AlertId id, AlertReason body, Work work, AnswerAlert answer, CancellationToken ct) => MoveAsync(id, AlertTrigger.Close, body, work, answer, ct))
            .WithName("CloseRegistrationAlert").WithSummary("Close it").Produces<AlertItem>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(DropPermissions.Handle);
    }

    public static void Web(IEndpointRouteBuilder web) => web.MapGet("/app/analytics/alerts.csv", Export).Requires(DropPermissions.View).ExcludeFromDescription();

    private static async Task<IResult> ListAsync(Work work, string? state, PartnerId? partner, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await AlertList.PageAsync(work, Words.Parse<AlertState>(state), partner, new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> GetAsync(Work work, AlertId id, CancellationToken ct) => (await AlertList.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> MoveAsync(AlertId id, AlertTrigger on, AlertReason body, Work work, AnswerAlert answer, CancellationToken ct)
    {
        var done = await answer.RunAsync(new AlertAnswer(id, on, body.Reason), ct);
        return (done.Ok ? await AlertList.FindAsync(work, id, ct) : done.Problem).ToOk();
    }

    private static IResult Export(Work work, string? state, CancellationToken ct) =>
        Results.Stream(stream => Csv.WriteAsync(stream, Header, CellsAsync(work, Words.Parse<AlertState>(state), ct), ct), "text/csv; charset=utf-8", "registration-alerts.csv");

    private static async IAsyncEnumerable<IReadOnlyList<string?>> CellsAsync(Work work, AlertState? state, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var a in Paging.AllAsync(paging => AlertList.PageAsync(work, state, null, paging, ct)).WithCancellation(ct))
        {
            yield return [a.Id.ToString(), a.PartnerName, Words.Of(a.State), Day(DateOnly.FromDateTime(a.OpenedAt)), a.Usual.ToString("0.##", CultureInfo.InvariantCulture), Number(a.Seen),
                a.Chance.ToString("0.######", CultureInfo.InvariantCulture), Number(a.Latest), a.EndedAt is { } ended ? Day(DateOnly.FromDateTime(ended)) : null];
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Whether the partner's registrations fell, on its 360° page.</summary>
internal sealed class DropPanel : IPartnerPanel
{
    public string Title => "Registrations against usual";
    public int Order => 12;
    public Permission? Permission => DropPermissions.View;
    public Type Component => typeof(Web.Flow.PartnerDrop);
}
