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

/// <summary>Computes the forecast from the kept ways of the registrations: all is read before anything is locked.</summary>
internal sealed class ComputeForecast(Work work, ReplaceForecast replace)
{
    // The chances of the oldest quarter that is tried rest on the 24 months before it.
    private const int Reach = ForecastRules.Memory + 18;

    public async Task<Result<Done>> RunAsync(CancellationToken ct) => work.Actor.May(ForecastPermissions.Compute)
        ? await replace.RunAsync(await OfAsync(work, ct), ct)
        : Problem.Denied(ForecastPermissions.Compute);

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

/// <summary>One open deal behind a line of the forecast.</summary>
/// <param name="Chance">By its stage and motion and, where it is overdue, by how long; of the last computation.</param>
/// <param name="Amount">Minor units of the main currency.</param>
internal sealed record ForecastRow(DealId Deal, string Title, PartnerId Partner, string PartnerName, ForecastStage Stage, string Motion, DateOnly? ExpectedOn, double? Chance, long Amount, long? Value, string Currency);

/// <summary>The open deals behind a line.</summary>
internal static class ForecastRows
{
    private static readonly DealState[] Open = [DealState.Submitted, DealState.InReview, DealState.InfoRequested, DealState.Approved, DealState.Converted];

    /// <summary>How many deals stand behind a line, and what they bring in full; nothing where there is no such line.</summary>
    public static async Task<(int Deals, long Amount)> SumAsync(Work work, string? when, CancellationToken ct) =>
        Of(work, when) is { } rows && await rows.GroupBy(r => 1).Select(g => new { Deals = g.Count(), Amount = g.Sum(r => r.Expected) }).SingleOrDefaultAsync(ct) is { } sum ? (sum.Deals, sum.Amount) : default;

    /// <summary>Null where there is no such line.</summary>
    public static async Task<Page<ForecastRow>?> PageAsync(Work work, string? when, Paging paging, CancellationToken ct)
    {
        if (Of(work, when) is not { } rows) return null;
        var today = work.Today;
        if (DealSights.Hidden(work) is { } hidden) rows = rows.Where(r => !hidden.Contains(r.DealId));
        var page = await rows.PageAsync(r => r.Expected, r => r.DealId, true, paging, ct);
        var last = await ComputeForecast.LastAsync(work, ct);
        var chances = last?.Chances.ToDictionary(c => (c.Stage, c.Motion), c => c.Chance) ?? [];
        var deals = page.Items.Select(r => r.DealId).ToList();
        var titles = await work.Db.Set<DealRow>().Where(d => deals.Contains(d.Id)).Select(d => new { d.Id, d.Title }).ToDictionaryAsync(d => d.Id, d => d.Title, ct);
        var names = await PartnerNames.OfAsync(work, page.Items.Select(r => r.PartnerId), ct);
        return page.Select(r =>
        {
            var (stage, motion) = (ForecastRules.StageAt(r, today.AddDays(1)) ?? ForecastStage.Waiting, DayFigures.Word(r.Motion));
            var chance = chances.TryGetValue((stage, motion), out var known) ? ForecastRules.Late(last?.Overdue ?? [], r.ExpectedOn, today, known) : (double?)null;
            return new ForecastRow(r.DealId, titles.GetValueOrDefault(r.DealId, ""), r.PartnerId, names.GetValueOrDefault(r.PartnerId, ""), stage, motion, r.ExpectedOn, chance, r.Expected, chance is { } p ? (long)(p * r.Expected) : null, work.Actor.Currency);
        });
    }

    private static IQueryable<FlowRow>? Of(Work work, string? when)
    {
        var (today, first) = (work.Today, new DateOnly(work.Today.Year, work.Today.Month, 1));
        var rows = work.Db.Set<FlowRow>().AsNoTracking().Where(r => Open.Contains(r.State));
        var later = first.AddMonths(ForecastRules.Months);
        if (when is "unvalued") return rows.Where(r => r.Expected == 0);
        if (when is "none") return rows.Where(r => r.ExpectedOn == null);
        if (when is "overdue") return rows.Where(r => r.ExpectedOn < today);
        if (when is "later") return rows.Where(r => r.ExpectedOn >= later);
        if (!DateOnly.TryParseExact($"{when}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) || month > later) return null;
        var (from, to) = (month < today ? today : month, month.AddMonths(1));
        return rows.Where(r => r.ExpectedOn >= from && r.ExpectedOn < to);
    }
}
