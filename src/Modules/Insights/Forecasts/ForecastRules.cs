using Trellis.Deals.Published;
using Trellis.Insights.Flow;

namespace Trellis.Insights.Forecasts;

/// <summary>
/// Pure. A deal's chance is the share of won deals among those that ended in the 24 months before and had reached its stage, by motion; where few ended it is pulled towards the
/// stage's share, and that towards the overall one, as by twenty deals more (James and Stein's shrinkage in its beta–binomial form). The expected value is Σ p·a; deals count as
/// independent, so its variance is Σ a²·p·(1−p), and the 80 % interval is ±1.2816 standard deviations, cut at nothing and at everything. A deal whose expected close has passed has
/// the chance of those that were overdue as long: won ÷ ended, of the deals that ended so long after their expected close or later, pulled towards the chance of its stage and
/// motion as by twenty deals more. Where the back-test was outside its interval, the present ones are at least value × (1 ± e), e the largest relative error of the quarters
/// outside: a fifth quarter exceeds the largest of four errors once in five times.
/// </summary>
internal static class ForecastRules
{
    /// <summary>Fewer ended deals than these give no forecast.</summary>
    public const int Fewest = 30;

    public const int Memory = 24;
    public const int Months = 12;
    private const double Prior = 20;
    private const double Deviations = 1.2816;
    private const int Back = 4;

    // Days after the expected close; each band reaches to the next.
    private static readonly int[] Bands = [1, 31, 91];

    public static Forecast Of(IReadOnlyCollection<FlowRow> rows, DateOnly today, DateTime now, string currency, DateOnly lastQuarter)
    {
        var tomorrow = today.AddDays(1);
        var chances = new Chances(rows, tomorrow);
        var open = rows.Select(r => new Open(r, StageAt(r, tomorrow))).Where(o => o.Stage is not null).ToList();
        List<BackQuarter> quarters = [.. Enumerable.Range(0, Back).Select(i => Quarter(rows, lastQuarter.AddMonths(-3 * (Back - 1 - i))))];
        var outside = quarters.Where(q => q.Within == false).ToList();
        var error = outside.Where(q => q.Expected!.Value > 0).Select(q => (double)Math.Abs(q.Came - q.Expected!.Value) / q.Expected.Value).DefaultIfEmpty(0).Max();
        Expectation Total(IEnumerable<Open> deals) => Sum(deals, chances, today, error);
        return new Forecast(today, now, currency, chances.Closed, chances.Closed >= Fewest, Total(open), [.. Lines(open, Total, today)], [.. ByStage(open, chances, Total)], quarters)
        {
            Overdue = chances.Overdue,
            Unvalued = open.Count(o => o.Row.Expected == 0),
            Tried = quarters.Count(q => q.Within is not null),
            Outside = outside.Count,
            Error = error,
        };
    }

    /// <summary>The chance of a deal on a day: overdue, that of its band pulled towards the usual one.</summary>
    public static double Late(IReadOnlyList<OverdueChance> overdue, DateOnly? expected, DateOnly day, double usual) =>
        expected is { } due && due < day && overdue.LastOrDefault(o => o.From <= day.DayNumber - due.DayNumber) is { } band ? (band.Won + (Prior * usual)) / (band.Ended + Prior) : usual;

    /// <summary>Where a deal stood at the beginning of a day; null where it was not registered or had ended.</summary>
    public static ForecastStage? StageAt(FlowRow row, DateOnly day) =>
        row.RegisteredOn >= day || row.ClosedOn < day ? null
        : row.Linked && row.ConvertedOn < day ? ForecastStage.Opportunity
        : row.Approved && row.DecidedOn < day ? ForecastStage.Approved : ForecastStage.Waiting;

    /// <summary>In which line of the forecast an expected close stands.</summary>
    public static string When(DateOnly? expected, DateOnly today)
    {
        if (expected is not { } day) return "none";
        if (day < today) return "overdue";
        return (day.Year * 12) + day.Month - (today.Year * 12) - today.Month >= Months ? "later" : $"{day:yyyy-MM}";
    }

    private static IEnumerable<ForecastLine> Lines(List<Open> open, Func<IEnumerable<Open>, Expectation> sum, DateOnly today)
    {
        var by = open.ToLookup(o => When(o.Row.ExpectedOn, today));
        var first = new DateOnly(today.Year, today.Month, 1);
        for (var i = 0; i < Months; i++)
        {
            var month = first.AddMonths(i);
            yield return new ForecastLine($"{month:yyyy-MM}", month, sum(by[$"{month:yyyy-MM}"]));
        }

        foreach (var when in new[] { "later", "overdue", "none" }) yield return new ForecastLine(when, null, sum(by[when]));
    }

    private static IEnumerable<StageChance> ByStage(List<Open> open, Chances chances, Func<IEnumerable<Open>, Expectation> sum)
    {
        foreach (var stage in Enum.GetValues<ForecastStage>())
        {
            foreach (var motion in open.Where(o => o.Stage == stage).Select(o => DayFigures.Word(o.Row.Motion)).Concat(chances.MotionsOf(stage)).Distinct().Order(StringComparer.Ordinal))
            {
                var (ended, won) = chances.Seen(stage, motion);
                yield return new StageChance(stage, motion, ended, won, chances.Of(stage, motion), sum(open.Where(o => o.Stage == stage && DayFigures.Word(o.Row.Motion) == motion)));
            }
        }
    }

    private static BackQuarter Quarter(IReadOnlyCollection<FlowRow> rows, DateOnly from)
    {
        var to = from.AddMonths(3).AddDays(-1);
        var chances = new Chances(rows, from);
        var open = rows.Select(r => new Open(r, StageAt(r, from))).Where(o => o.Stage is not null).ToList();
        var won = rows.Where(r => r.State == DealState.Won && r.ClosedOn >= from && r.ClosedOn <= to).ToList();
        bool Meant(FlowRow row) => row.ExpectedOn >= from && row.ExpectedOn <= to;
        var known = won.Where(r => r.RegisteredOn < from).ToList();
        var came = known.Where(Meant).Sum(r => r.Amount);
        var expected = chances.Closed < Fewest ? null : Sum(open.Where(o => Meant(o.Row)), chances, from, 0);
        return new BackQuarter(from, to, expected, came, known.Where(r => !Meant(r)).Sum(r => r.Amount), won.Where(r => r.RegisteredOn >= from).Sum(r => r.Amount), expected is null ? null : came >= expected.Low && came <= expected.High);
    }

    private static Expectation Sum(IEnumerable<Open> deals, Chances chances, DateOnly day, double error)
    {
        var (count, all, value, variance) = (0, 0L, 0d, 0d);
        foreach (var deal in deals)
        {
            var p = Late(chances.Overdue, deal.Row.ExpectedOn, day, chances.Of(deal.Stage!.Value, DayFigures.Word(deal.Row.Motion)));
            var a = (double)deal.Row.Expected;
            (count, all, value, variance) = (count + 1, all + deal.Row.Expected, value + (p * a), variance + (a * a * p * (1 - p)));
        }

        var spread = Math.Max(Deviations * Math.Sqrt(variance), error * value);
        return new Expectation(count, all, (long)Math.Round(value), (long)Math.Round(Math.Max(0, value - spread)), (long)Math.Round(Math.Min(all, value + spread)));
    }

    private readonly record struct Open(FlowRow Row, ForecastStage? Stage);

    /// <summary>Win shares of deals that ended in the months before a day.</summary>
    private sealed class Chances
    {
        private readonly Dictionary<(ForecastStage Stage, string Motion), (int Ended, int Won)> _seen = [];
        private readonly double _overall;

        public Chances(IEnumerable<FlowRow> rows, DateOnly day)
        {
            var (since, won) = (day.AddMonths(-Memory), 0);
            var late = Bands.Select(from => new OverdueChance(from, 0, 0)).ToArray();
            foreach (var row in rows.Where(r => r.ClosedOn < day && r.ClosedOn >= since))
            {
                Closed++;
                if (row.State == DealState.Won) won++;
                Count(ForecastStage.Waiting, row);
                if (row.Approved) Count(ForecastStage.Approved, row);
                if (row.Linked) Count(ForecastStage.Opportunity, row);
                for (var i = 0; i < late.Length; i++)
                    if (row.ClosedOn >= row.ExpectedOn?.AddDays(late[i].From)) late[i] = late[i] with { Ended = late[i].Ended + 1, Won = late[i].Won + (row.State == DealState.Won ? 1 : 0) };
            }

            Overdue = late;
            _overall = Closed == 0 ? 0 : (double)won / Closed;
        }

        public int Closed { get; }

        public IReadOnlyList<OverdueChance> Overdue { get; }

        public IEnumerable<string> MotionsOf(ForecastStage stage) => _seen.Keys.Where(k => k.Stage == stage).Select(k => k.Motion);

        public (int Ended, int Won) Seen(ForecastStage stage, string motion) => _seen.GetValueOrDefault((stage, motion));

        public double Of(ForecastStage stage, string motion)
        {
            var all = _seen.Where(s => s.Key.Stage == stage).Select(s => s.Value).ToList();
            var ofStage = (all.Sum(s => s.Won) + (Prior * _overall)) / (all.Sum(s => s.Ended) + Prior);
            var (ended, won) = Seen(stage, motion);
            return (won + (Prior * ofStage)) / (ended + Prior);
        }

        private void Count(ForecastStage stage, FlowRow row)
        {
            var key = (stage, DayFigures.Word(row.Motion));
            var (ended, won) = _seen.GetValueOrDefault(key);
            _seen[key] = (ended + 1, won + (row.State == DealState.Won ? 1 : 0));
        }
    }
}
