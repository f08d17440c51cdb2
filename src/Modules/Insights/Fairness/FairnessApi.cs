using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Insights.Fairness;

/// <summary>The fairness and promise report: what it adds to the module, its routes, its export.</summary>
internal static class FairnessApi
{
    private static readonly string[] Header = ["Day", "Record", "Title", "Partner", "Tier", "Size", "Counts", "Hours", "Note"];

    public static void Add(IServiceCollection services)
    {
        services.AddScoped<ComputeFairness>();
        services.AddScoped<SetFairness>();
    }

    public static Manifest Describe(Manifest manifest) => manifest
        .Permits(FairnessPermissions.View, FairnessPermissions.Manage)
        .Every<RefreshFairness>("insights.fairness", TimeSpan.FromHours(6))
        .Shows(new NavItem("app", "Analytics", "Fairness", "/app/analytics/fairness", "scale", FairnessPermissions.View, 815))
        .Shows(new NavItem("portal", "", "Promises kept", "/portal/promise", "scale", FairnessPermissions.View, 410));

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/fairness").WithTags("Insights").ProducesProblem(403);
        group.MapGet("/", ReportAsync).WithName("GetFairnessReport").WithSummary("How the vendor keeps its promises, by size and tier of partners").Produces<FairReport>().ProducesProblem(404).Requires(FairnessPermissions.View);
        group.MapGet("/rows", RowsAsync).WithName("ListFairnessRows").WithSummary("The rows behind a figure of the fairness report").Produces<Page<FairItem>>().ProducesProblem(404).Requires(FairnessPermissions.View);
        group.MapPost("/compute", ComputeAsync).WithName("ComputeFairness").WithSummary("Compute the report again").Produces<FairReport>().Requires(FairnessPermissions.Manage);
        group.MapPut("/settings", SetAsync).WithName("SetFairness").WithSummary("Show the report to partners or not; say within how many days is paid").Produces<FairReport>().ProducesProblem(422).Requires(FairnessPermissions.Manage);
    }

    public static void Web(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/analytics/fairness/rows.csv", ExportAsync).Requires(FairnessPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/analytics/fairness.csv", FiguresAsync).Requires(FairnessPermissions.View).ExcludeFromDescription();
        web.MapGet("/portal/promise.csv", FiguresAsync).Requires(FairnessPermissions.View).ExcludeFromDescription();
    }

    private static async Task<IResult> FiguresAsync(Work work, CancellationToken ct)
    {
        var found = await FairReport.LoadAsync(work, ct);
        if (!found.Ok) return found.Problem.ToResult();
        var figures = FairFigures.Texts.Keys.SelectMany(m => (FairFigure?[])[found.Value.Whole(m), .. found.Value.Of(m, "size"), .. found.Value.Of(m, "tier"), .. found.Value.Of(m, "reason")]).OfType<FairFigure>();
        return Csv.File("promises-kept.csv", ["Measure", "By", "Group", "Counted", "Of", "Share", "Half within (minutes)", "Nine of ten within (minutes)"],
            figures.Select(f => (string?[])[FairFigures.Texts[f.Measure].Name, f.By, f.Group, Csv.Figure(f.Counted), Csv.Figure(f.Of), Csv.Figure(f.Share), Csv.Figure(f.MedianMinutes), Csv.Figure(f.P90Minutes)]), ct);
    }

    private static async Task<IResult> ReportAsync(Work work, CancellationToken ct) => (await FairReport.LoadAsync(work, ct)).ToOk();

    private static async Task<IResult> RowsAsync(Work work, string? measure, string? size, string? tier, string? counted, string? note, string? cursor, int? pageSize, CancellationToken ct) =>
        FairFilter.Read(measure, size, tier, counted, note) is { } filter ? (await FairFilter.PageAsync(work, filter, new Paging(cursor, pageSize ?? 50), ct)).ToOk() : Problem.Missing("measure").ToResult();

    private static async Task<IResult> ComputeAsync(Work work, ComputeFairness compute, CancellationToken ct) =>
        await compute.RunAsync(ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : (await FairReport.LoadAsync(work, ct)).ToOk();

    private static async Task<IResult> SetAsync(Work work, SetFairness set, FairSettingInput input, CancellationToken ct) =>
        await set.RunAsync(input, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : (await FairReport.LoadAsync(work, ct)).ToOk();

    private static IResult ExportAsync(Work work, string? measure, string? size, string? tier, string? counted, string? note, CancellationToken ct) =>
        FairFilter.Read(measure, size, tier, counted, note) is { } filter
            ? Results.Stream(stream => Csv.WriteAsync(stream, Header, CellsAsync(work, filter, ct), ct), "text/csv; charset=utf-8", $"{Words.Of(filter.Measure)}.csv")
            : Problem.Missing("measure").ToResult();

    private static async IAsyncEnumerable<IReadOnlyList<string?>> CellsAsync(Work work, FairFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await FairFilter.PageAsync(work, filter, new Paging(cursor, 200), ct);
            if (!page.Ok) yield break;
            foreach (var r in page.Value.Items)
                yield return [r.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), r.Subject, r.Title, r.PartnerName, Words.Label(r.Tier), Words.Label(r.Size), r.Counted ? "yes" : "no", r.Minutes is { } m ? (m / 60m).ToString("0.#", CultureInfo.InvariantCulture) : null, r.Note];
            cursor = page.Value.Next;
        }
        while (cursor is not null);
    }
}
