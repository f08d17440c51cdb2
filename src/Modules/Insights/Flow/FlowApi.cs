using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Flow;

/// <summary>The funnel: what it adds to the module, its routes, its exports.</summary>
internal static class FlowApi
{
    private static readonly string[] RowHeader = ["Deal", "Title", "Partner", "Motion", "Tier", "Status", "Registered on", "Decided on", "Converted on", "Closed on", "Amount", "Currency"];

    /// <summary>What is asked for, as it stands in an address.</summary>
    internal sealed record Asked(string? Window, string? From, string? To, PartnerId? Partner, string? Motion, string? Tier, string? Step, string? Cursor, int? Size)
    {
        public FunnelScope Scope(Work work) => new(
            Insights.Window.Parse(Window, From, To, work.Today, work.Settings.FiscalMonth), Partner, FunnelScope.MotionWord(Motion), Words.Parse<Tier>(Tier));
    }

    public static Manifest Describe(Manifest manifest) => manifest
        .Every<KeepFlow>("insights.flow", TimeSpan.FromHours(1))
        .Shows(new NavItem("app", "Analytics", "Funnel", "/app/analytics/funnel", "filter", InsightsPermissions.View, 802))
        .Shows(new NavItem("portal", "", "Funnel", "/portal/performance/funnel", "filter", InsightsPermissions.View, 302));

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/analytics/funnel").WithTags("Insights").ProducesProblem(403);
        group.MapGet("", ReadAsync).WithName("GetFunnel").WithSummary("Registrations from submission to win, with their rates, times and the window before; a partner sees its own").Produces<Funnel>().Requires(InsightsPermissions.View);
        group.MapGet("/rows", RowsAsync).WithName("ListFunnelRows").WithSummary("The registrations behind a step of the funnel").Produces<Page<FunnelRow>>().ProducesProblem(404).Requires(InsightsPermissions.View);
    }

    public static void Web(IEndpointRouteBuilder web)
    {
        foreach (var face in new[] { "app/analytics", "portal/performance" })
        {
            web.MapGet($"/{face}/funnel/rows.csv", Export).Requires(InsightsPermissions.View).ExcludeFromDescription();
            web.MapGet($"/{face}/funnel.csv", StepsAsync).Requires(InsightsPermissions.View).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> ReadAsync(Work work, [AsParameters] Asked asked, CancellationToken ct) => Results.Json(await Funnel.ReadAsync(work, asked.Scope(work), ct), Json.Options);

    private static async Task<IResult> RowsAsync(Work work, [AsParameters] Asked asked, CancellationToken ct) => Words.Parse<FlowStep>(asked.Step) is { } step
        ? Results.Json(await FunnelRows.PageAsync(work, step, asked.Scope(work), new Paging(asked.Cursor, asked.Size ?? 50), ct), Json.Options)
        : Problem.Missing("step").ToResult();

    private static async Task<IResult> StepsAsync(Work work, [AsParameters] Asked asked, CancellationToken ct)
    {
        var funnel = await Funnel.ReadAsync(work, asked.Scope(work), ct);
        var steps = FlowLook.Shown.Select(s => (string?[])[FlowLook.Label(s), Csv.Figure(funnel.Now.Of(s)), Csv.Figure(funnel.Before?.Of(s)), null, null]);
        var stages = funnel.Now.Stages.Select((s, i) => (string?[])[FlowLook.Stage(s.Stage), Csv.Figure(s.Deals), Csv.Figure(funnel.Before?.Stages[i].Deals), Csv.Figure(s.MedianDays), Csv.Figure(funnel.Before?.Stages[i].MedianDays)]);
        return Csv.File("funnel.csv", ["Step or stage", "Registrations", "Period before", "Half within (days)", "Half within, period before"], steps.Concat(stages), ct);
    }

    private static IResult Export(Work work, [AsParameters] Asked asked, CancellationToken ct) => Words.Parse<FlowStep>(asked.Step) is { } step
        ? Results.Stream(stream => Csv.WriteAsync(stream, RowHeader, CellsAsync(work, step, asked.Scope(work), ct), ct), "text/csv; charset=utf-8", $"registrations-{Words.Of(step)}.csv")
        : Problem.Missing("step").ToResult();

    private static async IAsyncEnumerable<IReadOnlyList<string?>> CellsAsync(Work work, FlowStep step, FunnelScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var r in Paging.AllAsync(paging => FunnelRows.PageAsync(work, step, scope, paging, ct)).WithCancellation(ct))
        {
            yield return [r.Deal.ToString(), r.Title, r.PartnerName, r.Motion, Words.Of(r.Tier), Words.Of(r.State), Day(r.RegisteredOn), Day(r.DecidedOn), Day(r.ConvertedOn), Day(r.ClosedOn),
                new Money(r.Amount, r.Currency).Major.ToString(CultureInfo.InvariantCulture), r.Currency];
        }
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
