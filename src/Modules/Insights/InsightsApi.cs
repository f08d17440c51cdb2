using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Deals.Published;
using Trellis.Insights.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

internal static class InsightsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("").WithTags("Insights").ProducesProblem(403);
        group.MapGet("/metrics", () => Results.Json(Metric.All.Select(MetricItem.Of).Concat(Flow.FlowMetric.All.Select(MetricItem.Of)).Append(MetricItem.Joint), Json.Options)).WithName("ListMetrics").WithSummary("The metrics and their definitions").Produces<MetricItem[]>().Requires(InsightsPermissions.View);
        group.MapGet("/metrics/{metric}", FigureAsync).WithName("GetFigure").WithSummary("A figure for a window, a partner and a model").Produces<Figure>().ProducesProblem(404).Requires(InsightsPermissions.View).ForAmounts();
        group.MapGet("/metrics/{metric}/months", MonthsAsync).WithName("GetFigureByMonth").WithSummary("A figure month by month").Produces<MonthFigure[]>().ProducesProblem(404).Requires(InsightsPermissions.View).ForAmounts();
        group.MapGet("/metrics/{metric}/motions", MotionsAsync).WithName("GetFigureByMotion").WithSummary("A figure motion by motion; they add up to it").Produces<MotionSum[]>().ProducesProblem(404).Requires(InsightsPermissions.View).ForAmounts();
        group.MapGet("/metrics/{metric}/rows", RowsAsync).WithName("ListFigureRows").WithSummary("The rows behind a figure; their counted amounts add up to it").Produces<Page<FigureRow>>().ProducesProblem(404).Requires(InsightsPermissions.View).ForAmounts();
        group.MapGet("/contributions", BoardAsync).WithName("ListContributions").WithSummary("What each partner contributed, by every attribution model").Produces<PartnerContribution[]>().Requires(InsightsPermissions.View).ForAmounts();
        group.MapGet("/deals/{deal}/journey", JourneyAsync).WithName("GetJourney").WithSummary("The touches of a deal and the credit that each model gives").Produces<DealJourney>().ProducesProblem(404).Requires(InsightsPermissions.View);
        group.MapPost("/touches", RecordAsync).WithName("RecordTouch").WithSummary("Record what a partner did for a deal").Produces<TouchId>(201).ProducesProblem(404).ProducesProblem(422).Requires(InsightsPermissions.RecordTouch);
        group.MapPost("/touches/{touch}/confirm", ConfirmAsync).WithName("ConfirmTouch").WithSummary("Confirm what a partner says it did").Produces<Done>().ProducesProblem(404).ProducesProblem(409).Requires(InsightsPermissions.ConfirmTouch);
    }

    /// <summary>A metric of the catalogue.</summary>
    /// <param name="Path">Where its value is read.</param>
    internal sealed record MetricItem(string Id, string Slug, string Name, string Definition, string Path)
    {
        public static MetricItem Of(Metric m) => new(m.Id, m.Slug, m.Name, m.Definition, $"/api/v1/metrics/{m.Slug}");

        public static MetricItem Joint => new(JointMetric.Id, JointMetric.Slug, JointMetric.Name, JointMetric.Definition, "/api/v1/joint-value/total");

        public static MetricItem Of(Flow.FlowMetric m) => new(m.Id, m.Slug, m.Name, m.Definition, "/api/v1/analytics/funnel");
    }

    /// <summary>What a figure is asked for, as it stands in an address.</summary>
    internal sealed record Asked(string? Window, string? From, string? To, PartnerId? Partner, string? Model, string? Cursor, int? Size, string? Motion = null)
    {
        public Scope Scope(Work work) => new(
            Insights.Window.Parse(Window, From, To, work.Today, work.Settings.FiscalMonth),
            Partner,
            Words.Parse<CreditModel>(Model) ?? CreditModel.AgreedSplit)
        {
            Motion = Flow.FunnelScope.MotionWord(Motion),
        };

        public Paging Paging => new(Cursor, Size ?? 50);
    }

    private static async Task<IResult> FigureAsync(Work work, string metric, [AsParameters] Asked asked, CancellationToken ct) =>
        Metric.Find(metric) is { } m ? Results.Json(await Figures.OfAsync(work, m, asked.Scope(work), ct), Json.Options) : Problem.Missing("metric").ToResult();

    private static async Task<IResult> MonthsAsync(Work work, string metric, [AsParameters] Asked asked, CancellationToken ct) =>
        Metric.Find(metric) is { IsPipeline: false } m ? Results.Json(await Figures.ByMonthAsync(work, m, asked.Scope(work), ct), Json.Options) : Problem.Missing("metric by month").ToResult();

    private static async Task<IResult> MotionsAsync(Work work, string metric, [AsParameters] Asked asked, CancellationToken ct) =>
        Metric.Find(metric) is { } m ? Results.Json(await Figures.ByMotionAsync(work, m, asked.Scope(work), ct), Json.Options) : Problem.Missing("metric").ToResult();

    private static async Task<IResult> RowsAsync(Work work, string metric, [AsParameters] Asked asked, CancellationToken ct) =>
        Metric.Find(metric) is { } m ? Results.Json(await FigureRows.FindAsync(work, m, asked.Scope(work), asked.Paging, ct), Json.Options) : Problem.Missing("metric").ToResult();

    private static async Task<IResult> BoardAsync(Work work, [AsParameters] Asked asked, CancellationToken ct) =>
        Results.Json(await PartnerBoard.TopAsync(work, asked.Scope(work), asked.Paging.Rows, ct), Json.Options);

    private static async Task<IResult> JourneyAsync(Work work, DealId deal, CancellationToken ct) => (await Journey.OfAsync(work, deal, ct)).ToOk();

    private static async Task<IResult> RecordAsync(RecordTouch record, NewTouch input, CancellationToken ct) =>
        (await record.RunAsync(input, ct)).ToCreated(_ => $"/api/v1/deals/{input.Deal}/journey");

    private static async Task<IResult> ConfirmAsync(ConfirmTouch confirm, TouchId touch, CancellationToken ct) => (await confirm.RunAsync(touch, ct)).ToOk();
}
