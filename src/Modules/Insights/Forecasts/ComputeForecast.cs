using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Insights.Flow;
using Trellis.Kernel;

namespace Trellis.Insights.Forecasts;

internal static class ForecastPermissions
{
    public const string ViewCode = "insights.forecast";

    public static readonly Permission View = new(ViewCode, "See the forecast of indirect revenue", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Finance, Roles.Executive);
    public static readonly Permission Compute = new("insights.compute_forecast", "Compute the forecast again", Roles.Administrator, Roles.ChannelOperations);
}

/// <summary>Computes the forecast from the kept ways of the registrations and puts it in the place of the earlier one.</summary>
internal sealed class ComputeForecast(Work work) : UseCase<Done, Done>(work)
{
    // The chances of the oldest quarter that is tried rest on the 24 months before it.
    private const int Reach = ForecastRules.Memory + 18;

    protected override Permission Permission => ForecastPermissions.Compute;

    protected override async Task<Result<Done>> HandleAsync(Done input, CancellationToken ct)
    {
        await Work.LockAsync("insights.forecast", ct);
        var forecast = await OfAsync(Work, ct);
        await Db.Set<ForecastRun>().ExecuteDeleteAsync(ct);
        Db.Add(Run(Work.Tenant, forecast));
        return default(Done);
    }

    public static ForecastRun Run(TenantId tenant, Forecast forecast) => new() { TenantId = tenant, ComputedAt = forecast.ComputedAt, Result = JsonSerializer.Serialize(forecast, Json.Options) };

    public static async Task<Forecast> OfAsync(Work work, CancellationToken ct)
    {
        var since = work.Today.AddMonths(-Reach);
        var rows = await work.Db.Set<FlowRow>().AsNoTracking().Where(r => r.ClosedOn == null || r.ClosedOn >= since).ToListAsync(ct);
        return ForecastRules.Of(rows, work.Today, work.Now, work.Settings.Currency, Window.Parse("last-quarter", null, null, work.Today, work.Settings.FiscalMonth).From);
    }

    /// <summary>The forecast as it was last computed; null before the first time.</summary>
    public static async Task<Forecast?> LastAsync(Work work, CancellationToken ct) =>
        await work.Db.Set<ForecastRun>().AsNoTracking().Select(r => r.Result).SingleOrDefaultAsync(ct) is { } result ? JsonSerializer.Deserialize<Forecast>(result, Json.Options) : null;
}

/// <summary>Keeps the forecast of a tenant up to date.</summary>
internal sealed class RefreshForecast(ComputeForecast compute) : IRecurring
{
    public Task RunAsync(CancellationToken ct) => compute.RunAsync(default, ct);
}

/// <summary>One open deal behind a line of the forecast.</summary>
/// <param name="Chance">By its stage and motion, of the last computation.</param>
/// <param name="Amount">Minor units of the main currency.</param>
internal sealed record ForecastRow(DealId Deal, string Title, PartnerId Partner, string PartnerName, ForecastStage Stage, string Motion, DateOnly? ExpectedOn, double? Chance, long Amount, long? Value, string Currency);

/// <summary>The open deals behind a line.</summary>
internal static class ForecastRows
{
    private static readonly DealState[] Open = [DealState.Submitted, DealState.InReview, DealState.InfoRequested, DealState.Approved, DealState.Converted];

    /// <summary>Null where there is no such line.</summary>
    public static async Task<Page<ForecastRow>?> PageAsync(Work work, string? when, Paging paging, CancellationToken ct)
    {
        var (today, first) = (work.Today, new DateOnly(work.Today.Year, work.Today.Month, 1));
        var rows = work.Db.Set<FlowRow>().AsNoTracking().Where(r => Open.Contains(r.State));
        var later = first.AddMonths(ForecastRules.Months);
        if (when is "none") rows = rows.Where(r => r.ExpectedOn == null);
        else if (when is "overdue") rows = rows.Where(r => r.ExpectedOn < today);
        else if (when is "later") rows = rows.Where(r => r.ExpectedOn >= later);
        else if (DateOnly.TryParseExact($"{when}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month <= later)
        {
            var (from, to) = (month < today ? today : month, month.AddMonths(1));
            rows = rows.Where(r => r.ExpectedOn >= from && r.ExpectedOn < to);
        }
        else return null;

        var page = await rows.PageAsync(r => r.Expected, r => r.DealId, true, paging, ct);
        var chances = (await ComputeForecast.LastAsync(work, ct))?.Chances.ToDictionary(c => (c.Stage, c.Motion), c => c.Chance) ?? [];
        var deals = page.Items.Select(r => r.DealId).ToList();
        var titles = await work.Db.Set<DealRow>().Where(d => deals.Contains(d.Id)).Select(d => new { d.Id, d.Title }).ToDictionaryAsync(d => d.Id, d => d.Title, ct);
        var names = await PartnerNames.OfAsync(work, page.Items.Select(r => r.PartnerId), ct);
        return page.Select(r =>
        {
            var (stage, motion) = (ForecastRules.StageAt(r, today.AddDays(1)) ?? ForecastStage.Waiting, DayFigures.Word(r.Motion));
            var chance = chances.TryGetValue((stage, motion), out var known) ? known : (double?)null;
            return new ForecastRow(r.DealId, titles.GetValueOrDefault(r.DealId, ""), r.PartnerId, names.GetValueOrDefault(r.PartnerId, ""), stage, motion, r.ExpectedOn, chance, r.Expected, chance is { } p ? (long)(p * r.Expected) : null, work.Actor.Currency);
        });
    }
}
