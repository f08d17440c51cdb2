using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Flow;

/// <summary>What the funnel is asked for.</summary>
/// <param name="Motion">A motion, or <c>none</c>; null for all.</param>
/// <param name="Tier">The partner's tier when it registered.</param>
internal sealed record FunnelScope(Window Window, PartnerId? Partner = null, string? Motion = null, Tier? Tier = null)
{
    public static string? MotionWord(string? word) => word == FlowDay.NoMotion ? Understood.OneOf(word, FlowDay.NoMotion) : Words.Parse<Motion>(word) is { } motion ? Words.Of(motion) : null;

    public string Query => Window.Query + (Partner is { } partner ? $"&partner={partner}" : "") + (Motion is { } motion ? $"&motion={motion}" : "") + (Tier is { } tier ? $"&tier={Words.Of(tier)}" : "");
}

/// <summary>The steps of a time, added up.</summary>
internal sealed record FlowSum(FlowStep Step, int Took, int Deals, long Amount);

/// <summary>How long a stage takes.</summary>
/// <param name="Stage">The step that ends it.</param>
/// <param name="Deals">How many took it in the window, with a time of their own.</param>
/// <param name="MedianDays">Half took at most so long; null where there are too few to say.</param>
internal sealed record StageTime(FlowStep Stage, int Deals, int? MedianDays);

/// <summary>K-28 with what it is made of; all null where too few were won or lost.</summary>
/// <param name="Opportunities">Open on average: those begun a day × cycle days (Little 1961).</param>
/// <param name="Begun">Registrations that became an opportunity in the window.</param>
/// <param name="Won">Deals won in it, on which value and cycle rest.</param>
/// <param name="AverageValue">Minor units.</param>
/// <param name="CycleDays">From registration to win, on average.</param>
/// <param name="PerDay">Minor units a day.</param>
internal sealed record Velocity(double? Opportunities, int Begun, int Won, double? WinRate, long? AverageValue, double? CycleDays, long? PerDay);

/// <summary>The funnel of a window. The volume never stands without approval, conversion and win rate beside it.</summary>
internal sealed record FunnelFigures(
    int Registered, int Decided, int Approved, int Rejected, int Converted, int Dropped, int Won, int Lost, int Expired, int Withdrawn, int Revoked,
    double? ApprovalRate, double? ConversionRate, double? WinRate, IReadOnlyList<StageTime> Stages, Velocity Velocity)
{
    /// <summary>Under so many deals there is no rate and no median: too few to say.</summary>
    public const int Fewest = 5;

    private static readonly FlowStep[] Timed = [FlowStep.Decided, FlowStep.Converted, FlowStep.Closed];

    public int Of(FlowStep step) => step switch
    {
        FlowStep.Registered => Registered,
        FlowStep.Decided => Decided,
        FlowStep.Approved => Approved,
        FlowStep.Rejected => Rejected,
        FlowStep.Converted => Converted,
        FlowStep.Dropped => Dropped,
        FlowStep.Won => Won,
        FlowStep.Lost => Lost,
        FlowStep.Expired => Expired,
        FlowStep.Withdrawn => Withdrawn,
        FlowStep.Revoked => Revoked,
        _ => Stages.FirstOrDefault(s => s.Stage == step)?.Deals ?? 0,
    };

    /// <summary>Pure: the figures of what was added up in so many days.</summary>
    public static FunnelFigures From(IReadOnlyCollection<FlowSum> sums, int days)
    {
        int Count(FlowStep step) => sums.Where(s => s.Step == step).Sum(s => s.Deals);
        var (decided, approved, converted, dropped, won, lost) = (Count(FlowStep.Decided), Count(FlowStep.Approved), Count(FlowStep.Converted), Count(FlowStep.Dropped), Count(FlowStep.Won), Count(FlowStep.Lost));
        return new FunnelFigures(
            Count(FlowStep.Registered), decided, approved, Count(FlowStep.Rejected), converted, dropped, won, lost, Count(FlowStep.Expired), Count(FlowStep.Withdrawn), Count(FlowStep.Revoked),
            Rate(approved, decided), Rate(converted, converted + dropped), Rate(won, won + lost),
            [.. Timed.Select(step => Time(step, [.. sums.Where(s => s.Step == step && s.Took >= 0).OrderBy(s => s.Took)]))],
            VelocityOf(converted, days, won, Rate(won, won + lost), [.. sums.Where(s => s.Step == FlowStep.Won)]));
    }

    /// <summary>Without what was made of amounts for whoever does not read them.</summary>
    public FunnelFigures For(bool amounts) => amounts ? this : this with { Velocity = Velocity with { AverageValue = null, PerDay = null } };

    public static double? Rate(int part, int of) => of < Fewest ? null : (double)part / of;

    // The smallest value that at least half do not exceed (nearest rank).
    private static StageTime Time(FlowStep step, IReadOnlyList<FlowSum> sorted)
    {
        var all = sorted.Sum(s => s.Deals);
        if (all < Fewest) return new StageTime(step, all, null);
        var seen = 0;
        foreach (var sum in sorted)
            if ((seen += sum.Deals) * 2 >= all) return new StageTime(step, all, sum.Took);
        return new StageTime(step, all, null);
    }

    private static Velocity VelocityOf(int begun, int days, int won, double? winRate, IReadOnlyList<FlowSum> wins)
    {
        if (won < Fewest || winRate is not { } rate) return new Velocity(null, begun, won, winRate, null, null, null);
        var value = (double)wins.Sum(w => w.Amount) / won;
        // What is won on the day of its registration took one day: nothing is divided by zero.
        var cycle = wins.Sum(w => (double)Math.Max(1, w.Took) * w.Deals) / won;
        // A stock, not the flow of the window: a window twice as long finds as many open at a time.
        var open = begun * cycle / Math.Max(1, days);
        return new Velocity(open, begun, won, rate, (long)value, cycle, (long)Math.Round(open * rate * value / cycle));
    }
}

/// <summary>The funnel of a window beside that of the window before.</summary>
/// <param name="Currency">The tenant's main currency.</param>
internal sealed record Funnel(DateOnly From, DateOnly To, FunnelFigures Now, FunnelFigures? Before, string Currency, DateTime AsOf)
{
    public static async Task<Funnel> ReadAsync(Work work, FunnelScope scope, CancellationToken ct)
    {
        var first = await FirstAsync(work, scope, ct);
        var shown = work.Db.ReadsAmounts();
        return new(
            scope.Window.From, scope.Window.To, FunnelFigures.From(await SumsAsync(work, scope, ct), Days(scope.Window, first, work.Today)).For(shown),
            scope.Window.Before is { } before ? FunnelFigures.From(await SumsAsync(work, scope with { Window = before }, ct), Days(before, first, work.Today)).For(shown) : null, work.Actor.Currency, work.Now);
    }

    /// <summary>Pure: the days of a window on which anything can have happened, from the first registration to today.</summary>
    public static int Days(Window window, DateOnly? first, DateOnly today)
    {
        var from = first > window.From ? first.Value : window.From;
        var to = today < window.To ? today : window.To;
        return Math.Max(1, to.DayNumber - from.DayNumber + 1);
    }

    private static async Task<DateOnly?> FirstAsync(Work work, FunnelScope scope, CancellationToken ct) => (scope.Partner ?? work.Actor.Partner) is { } partner
        ? await work.Db.Set<FlowRow>().Where(r => r.PartnerId == partner).MinAsync(r => (DateOnly?)r.RegisteredOn, ct)
        : await work.Db.Set<FlowDay>().MinAsync(d => (DateOnly?)d.Day, ct);

    /// <summary>How many took a step in the window, and what they amount to; the rows behind it add up to the same.</summary>
    public static async Task<(int Deals, long Amount)> StepAsync(Work work, FlowStep step, FunnelScope scope, CancellationToken ct)
    {
        var sums = (await SumsAsync(work, scope, ct)).Where(s => s.Step == step).ToList();
        return (sums.Sum(s => s.Deals), sums.Sum(s => s.Amount));
    }

    // Of all partners from the days that are kept; of one partner from its rows. A portal actor finds its own rows only.
    private static async Task<IReadOnlyList<FlowSum>> SumsAsync(Work work, FunnelScope scope, CancellationToken ct)
    {
        var (from, to) = (scope.Window.From, scope.Window.To);
        if ((scope.Partner ?? work.Actor.Partner) is { } partner)
        {
            var rows = await FunnelRows.Among(work, scope).Where(r => r.PartnerId == partner
                && ((r.RegisteredOn >= from && r.RegisteredOn <= to) || (r.DecidedOn >= from && r.DecidedOn <= to) || (r.ConvertedOn >= from && r.ConvertedOn <= to) || (r.ClosedOn >= from && r.ClosedOn <= to))).ToListAsync(ct);
            return [.. FlowDays.Of(work.Tenant, rows).Where(d => d.Day >= from && d.Day <= to).GroupBy(d => (d.Step, d.Took)).Select(g => new FlowSum(g.Key.Step, g.Key.Took, g.Sum(d => d.Deals), g.Sum(d => d.Amount)))];
        }

        var days = work.Db.Set<FlowDay>().AsNoTracking().Where(d => d.Day >= from && d.Day <= to);
        if (scope.Motion is { } motion) days = days.Where(d => d.Motion == motion);
        if (scope.Tier is { } tier) days = days.Where(d => d.Tier == tier);
        return await days.GroupBy(d => new { d.Step, d.Took }).Select(g => new FlowSum(g.Key.Step, g.Key.Took, g.Sum(d => d.Deals), g.Sum(d => d.Amount))).ToListAsync(ct);
    }
}
