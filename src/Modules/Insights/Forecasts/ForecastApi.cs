using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Insights.Forecasts;

/// <summary>The forecast: what it adds to the module, its tables, its routes, its export.</summary>
internal static class ForecastApi
{
    private static readonly string[] Header = ["When", "Deals", "Amount", "Expected", "Low", "High", "Currency"];
    private static readonly string[] RowHeader = ["Deal", "Title", "Partner", "Stage", "Motion", "Expected close", "Amount", "Chance", "Expected", "Currency"];

    public static void Add(IServiceCollection services) => services.AddScoped<ReplaceForecast>().AddScoped<ComputeForecast>();

    // The vendor's own: nothing for a portal actor.
    public static void Tables(ModelBuilder model, Db db)
    {
        var run = model.Owned<ForecastRun>("insights_forecast", r => r.TenantId);
        run.Property(r => r.Result).HasMaxLength(100_000);
        run.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners);
    }

    public static Manifest Describe(Manifest manifest) => manifest
        .Permits(ForecastPermissions.View, ForecastPermissions.Compute)
        .Every<RefreshForecast>("insights.forecast", TimeSpan.FromHours(3))
        .Shows(new NavItem("app", "Analytics", "Forecast", "/app/analytics/forecast", "trending-up", ForecastPermissions.View, 804));

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/analytics/forecast").WithTags("Insights").ProducesProblem(403);
        group.MapGet("", ReadAsync).WithName("GetForecast").WithSummary("What open registrations and opportunities are expected to bring, month by month, with the numbers behind it").Produces<Forecast>().ProducesProblem(404).Requires(ForecastPermissions.View);
        group.MapGet("/rows", RowsAsync).WithName("ListForecastRows").WithSummary("The open deals behind a line of the forecast").Produces<Page<ForecastRow>>().ProducesProblem(404).Requires(ForecastPermissions.View);
        group.MapPost("/compute", ComputeAsync).WithName("ComputeForecast").WithSummary("Compute the forecast again").Produces<Forecast>().Requires(ForecastPermissions.Compute);
    }

    public static void Web(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/analytics/forecast.csv", ExportAsync).Requires(ForecastPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/analytics/forecast/rows.csv", ExportRowsAsync).Requires(ForecastPermissions.View).ExcludeFromDescription();
    }

    private static async Task<IResult> ExportRowsAsync(Work work, string? when, CancellationToken ct) => await ForecastRows.PageAsync(work, when ?? "overdue", new Paging(Size: 1), ct) is null
        ? Problem.Missing("line").ToResult() : Csv.File("forecast-deals.csv", RowHeader, RowCellsAsync(work, when ?? "overdue", ct), ct);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowCellsAsync(Work work, string when, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var r in Paging.AllAsync(async p => (await ForecastRows.PageAsync(work, when, p, ct))!))
            yield return
            [
                r.Deal.ToString(), r.Title, r.PartnerName, Trellis.Insights.Web.Staff.ForecastPage.Stage(r.Stage), Flow.FlowLook.Motion(r.Motion), Csv.Day(r.ExpectedOn), Csv.Amount(r.Amount, r.Currency), Csv.Figure(r.Chance),
                r.Value is { } value ? Csv.Amount(value, r.Currency) : null, r.Currency,
            ];
    }

    private static async Task<IResult> ReadAsync(Work work, CancellationToken ct) => await ComputeForecast.LastAsync(work, ct) is { } forecast ? Results.Json(forecast, Json.Options) : Problem.Missing("forecast").ToResult();

    private static async Task<IResult> RowsAsync(Work work, string? when, string? cursor, int? size, CancellationToken ct) =>
        await ForecastRows.PageAsync(work, when, new Paging(cursor, size ?? 50), ct) is { } page ? Results.Json(page, Json.Options) : Problem.Missing("line").ToResult();

    private static async Task<IResult> ComputeAsync(Work work, ComputeForecast compute, CancellationToken ct) =>
        await compute.RunAsync(ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : await ReadAsync(work, ct);

    private static IResult ExportAsync(Work work, CancellationToken ct) => Results.Stream(stream => Csv.WriteAsync(stream, Header, CellsAsync(work, ct), ct), "text/csv; charset=utf-8", "forecast.csv");

    private static async IAsyncEnumerable<IReadOnlyList<string?>> CellsAsync(Work work, [EnumeratorCancellation] CancellationToken ct)
    {
        if (await ComputeForecast.LastAsync(work, ct) is not { Enough: true } forecast) yield break;
        string Major(long minor) => new Money(minor, forecast.Currency).Major.ToString(CultureInfo.InvariantCulture);
        foreach (var line in forecast.Lines)
        {
            var e = line.Expected;
            yield return [line.When, e.Deals.ToString(CultureInfo.InvariantCulture), Major(e.Amount), Major(e.Value), Major(e.Low), Major(e.High), forecast.Currency];
        }
    }
}
