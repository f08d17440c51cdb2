using System.Runtime.CompilerServices;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Series;

/// <summary>
/// Watches one series as it arrives: level, growth, season and holidays are followed on the logarithmic scale (a dynamic generalised linear model: West,
/// Harrison, Migon 1985, doi:10.1080/01621459.1985.10477131), so that each observation has a full predictive distribution: negative binomial for counts; gamma with a chance of
/// nothing for money. Two tests share the tolerated false alarms equally. A single observation is judged by its tail probability, corrected by Student's distribution
/// for the little that is known of the spread at first. A lasting change is judged by Shiryaev's and Roberts's sum of likelihood ratios over falls and rises of
/// several sizes, for which a threshold A guarantees A observations to a false alarm on average (Pollak 1985; Shin, Ramdas, Rinaldo 2022, arXiv:2203.03532); A is 1/α for money
/// and a quarter of it for counts, where the last ratio's overshoot measurably gives the rest.
/// What is itself uncertain (a young series, the first Christmas) widens what is expected, so it raises no alarm.
/// </summary>
public sealed class Watcher
{
    private const double Damping = 0.98;
    private const double SeasonPrior = 0.25;
    private const double SeasonStep = 1e-5;
    private const double KnownLevel = 0.04;
    private const double ClipBelow = -2.5;
    private const double ClipAbove = 4;
    private readonly WatchOptions _options;
    private readonly double[] _warm;
    private readonly int[] _warmHoliday;
    private readonly double[] _season;
    private readonly double[] _seasonVariance;
    private readonly double[] _holiday;
    private readonly double[] _holidayVariance;
    private readonly double _tail;
    private readonly double _screen;
    private ChangeSums _sums;
    private int _at;
    private double _level;
    private double _growth;
    private double _levelVariance;
    private double _cross;
    private double _growthVariance;
    private double _spreadSum;
    private double _spreadWeight;
    private double _freedom;
    private double _some;
    private double _none;

    /// <summary>Starts watching.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Watcher(WatchOptions options)
    {
        options.Check();
        _options = options;
        _warm = new double[options.Learning];
        _warmHoliday = new int[options.Learning];
        _season = new double[options.Period];
        _seasonVariance = new double[options.Period];
        _holiday = new double[options.Holidays];
        _holidayVariance = new double[options.Holidays];
        Array.Fill(_holidayVariance, SeasonPrior);
        _tail = options.FalseAlarms / 4;
        _screen = 0.55 * Normal.Quantile(1 - _tail);
        _sums = new ChangeSums(options.FalseAlarms / 2, options.Measure == Measure.Count ? ChangeSums.CountOvershoot : 1);
    }

    /// <summary>Observations seen so far.</summary>
    public int Count => _at;

    /// <summary>True until enough was seen to judge.</summary>
    public bool IsLearning => _at < _warm.Length;

    /// <summary>Relative variance of observations beyond that of pure counting.</summary>
    public double Spread => Math.Max(_spreadSum / _spreadWeight, _options.Measure == Measure.Count ? 0 : 1e-4);

    /// <summary>What the next observation should be; null while learning.</summary>
    /// <param name="holiday">Code of the holiday it falls on, or −1.</param>
    public Interval? Next(int holiday = -1)
    {
        if (IsLearning) return null;
        var kept = (_level, _growth, _levelVariance, _cross, _growthVariance);
        Advance();
        var mean = Math.Exp(_level + SeasonOf(_at % _options.Period, holiday, out var variance));
        var spread = Spread + variance + _levelVariance;
        (_level, _growth, _levelVariance, _cross, _growthVariance) = kept;
        return Expected(mean, spread);
    }

    /// <summary>Takes the next observation and tells what is strange about it, if anything.</summary>
    /// <param name="value">The observation; NaN when there is none.</param>
    /// <param name="holiday">Code of the holiday it falls on, or −1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Finding? Observe(double value, int holiday = -1)
    {
        if (holiday >= _holiday.Length) throw new ArgumentOutOfRangeException(nameof(holiday), $"There are {_holiday.Length} kinds of holiday.");
        if (double.IsInfinity(value)) throw new ArgumentOutOfRangeException(nameof(value), "An observation must be finite; NaN means none.");
        value = value < 0 ? 0 : value;
        if (_at < _warm.Length)
        {
            _warm[_at] = value;
            _warmHoliday[_at++] = holiday;
            if (_at == _warm.Length) Begin();
            return null;
        }

        var phase = _at++ % _options.Period;
        Advance();
        if (double.IsNaN(value)) return null;
        var mean = Math.Exp(_level + SeasonOf(phase, holiday, out var variance));
        var own = Spread + (_options.Measure == Measure.Count ? 1 / mean : 0);
        var spread = Spread + variance + _levelVariance;
        var total = own + variance + _levelVariance;
        var relative = value / mean - 1;
        var finding = Judge(value, mean, spread, relative / Math.Sqrt(total));
        // A lasting change has just made the level uncertain, so that this observation already counts for the new one.
        total = own + variance + _levelVariance;
        if (_options.Measure == Measure.Count || value > 0) Learn(phase, holiday, relative, total);
        LearnNone(value);
        return finding;
    }

    private void Advance()
    {
        _level += _growth *= Damping;
        _levelVariance += 2 * Damping * _cross + Damping * Damping * _growthVariance + _options.LevelStep * _options.LevelStep;
        _cross = Damping * _cross + Damping * Damping * _growthVariance;
        _growthVariance = Damping * Damping * _growthVariance + _options.GrowthStep * _options.GrowthStep;
    }

    private double SeasonOf(int phase, int holiday, out double variance)
    {
        variance = _seasonVariance[phase] + (holiday >= 0 ? _holidayVariance[holiday] : 0);
        return _season[phase] + (holiday >= 0 ? _holiday[holiday] : 0);
    }

    private Finding? Judge(double value, double mean, double spread, double deviation)
    {
        Finding? finding = null;
        var nothing = _options.Measure == Measure.Money ? _none / (_none + _some) : 0;
        // Far from the tails the exact probability, which costs a microsecond, cannot matter; zero money is judged by the chance of nothing alone.
        if (Math.Abs(deviation) > _screen || (value == 0 && nothing > 0))
        {
            var (below, above) = Tail(value, mean, spread, nothing);
            if (Math.Min(below, above) < _tail)
            {
                var expected = Expected(mean, spread);
                finding = new Finding(_at - 1, below < above ? FindingKind.Drop : FindingKind.Jump, _at - 1, value, expected.Value, expected.Low, expected.High, 0.5 / Math.Min(below, above));
            }
        }

        // While the level itself is uncertain a lasting difference may be the estimate's own error.
        if (_levelVariance > KnownLevel) return finding;
        var cautious = spread * (1 + 1.5 / Math.Sqrt(Freedom(spread)));
        var change = _options.Measure == Measure.Count
            ? _sums.AddCount(value, mean, cautious, _at - 1)
            : _sums.AddMoney(value, mean, cautious, nothing, _at - 1);
        if (!change) return finding;
        var limits = Expected(mean, spread);
        finding = new Finding(_at - 1, _sums.Factor < 1 ? FindingKind.Fell : FindingKind.Rose, _sums.Since, value, limits.Value, limits.Low, limits.High, _sums.Threshold);
        // A change of level makes the old level worth little: what follows is learnt anew.
        var jump = Math.Log(_sums.Factor);
        _levelVariance += jump * jump;
        if (_options.Measure == Measure.Money) (_some, _none) = (_some * 0.1 + 0.5, _none * 0.1 + 0.05);
        _sums.Restart();
        return finding;
    }

    private (double Below, double Above) Tail(double value, double mean, double spread, double nothing)
    {
        if (_options.Measure == Measure.Count)
        {
            var (low, high) = Tails.Count(value, mean, spread);
            return (Corrected(low, spread), Corrected(high, spread));
        }

        if (value == 0) return (nothing, 1);
        var (below, above) = Tails.Amount(value, mean, spread);
        return (nothing + (1 - nothing) * Corrected(below, spread), (1 - nothing) * Corrected(above, spread));
    }

    private double Corrected(double tail, double spread) => tail > 0.1 ? tail : Tails.Student(-Normal.Quantile(Math.Max(tail, 1e-300)), Freedom(spread));

    /// <summary>Squares of skewed observations vary more: a gamma's excess kurtosis is six times its relative variance.</summary>
    private double Freedom(double spread) => _freedom / (1 + 3 * spread);

    private Interval Expected(double mean, double spread)
    {
        var nothing = _options.Measure == Measure.Money ? _none / (_none + _some) : 0;
        var scale = _options.Measure == Measure.Count ? Math.Sqrt(mean + spread * mean * mean) : mean * Math.Sqrt(spread);
        double low = 0, high = mean;
        for (double to = mean, i = 0; i < 60; i++)
        {
            var middle = (low + to) / 2;
            if (Tail(middle, mean, spread, nothing).Below < _tail) low = middle;
            else to = middle;
        }

        // With little known of the spread the upper limit may lie beyond all reason; the search stops there.
        for (var i = 0; i < 200 && Tail(high, mean, spread, nothing).Above >= _tail; i++) high += scale;
        var from = high - scale;
        for (var i = 0; i < 40; i++)
        {
            var middle = (from + high) / 2;
            if (Tail(middle, mean, spread, nothing).Above >= _tail) from = middle;
            else high = middle;
        }

        return _options.Measure == Measure.Count ? new Interval(mean, Math.Ceiling(low), Math.Floor(from)) : new Interval(mean * (1 - nothing), low, from);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Learn(int phase, int holiday, double relative, double total)
    {
        // Outliers teach little: their deviation is cut off.
        var deviation = Math.Sqrt(total);
        var clipped = Math.Clamp(relative, ClipBelow * deviation, ClipAbove * deviation);
        LearnSpread(clipped * clipped, total);
        // What is not known of the mean takes its share K of the surprise as the conjugate gamma would, 1 + K·z, which a logarithm keeps finite for a drop to nothing.
        var open = _levelVariance + _seasonVariance[phase] + (holiday >= 0 ? _holidayVariance[holiday] : 0);
        var pull = Math.Log(1 + open / total * Math.Max(clipped, -0.999)) / open;
        _level += _levelVariance * pull;
        _growth += _cross * pull;
        _season[phase] += _seasonVariance[phase] * pull;
        _seasonVariance[phase] = Math.Min(SeasonPrior, _seasonVariance[phase] * (1 - _seasonVariance[phase] / total) + SeasonStep);
        if (holiday >= 0)
        {
            _holiday[holiday] += _holidayVariance[holiday] * pull;
            _holidayVariance[holiday] = Math.Min(SeasonPrior, _holidayVariance[holiday] * (1 - _holidayVariance[holiday] / total) + SeasonStep);
        }

        var gain = _cross / total;
        _growthVariance = Math.Max(0, _growthVariance - _cross * gain);
        _cross *= 1 - _levelVariance / total;
        _levelVariance = Math.Min(2, _levelVariance * (1 - _levelVariance / total));
    }

    private void LearnSpread(double square, double total)
    {
        // Moment estimate: relative squares less what counting and uncertainty explain, weighted by how well each observation can tell.
        var explained = total - Spread;
        var weight = 1 / (total * total);
        const double keep = 1 - 1.0 / 500;
        _spreadSum = _spreadSum * keep + (square - explained) * weight;
        _spreadWeight = _spreadWeight * keep + weight;
        _freedom = Math.Min(_freedom + 1, 500);
    }

    private void LearnNone(double value)
    {
        const double keep = 1 - 1.0 / 200;
        _some = _some * keep + (value > 0 ? 1 : 0);
        _none = _none * keep + (value > 0 ? 0 : 1);
    }

    private void Begin()
    {
        var start = WarmStart.Of(_warm, _warmHoliday, _options, SeasonPrior);
        (_level, _levelVariance, _growthVariance) = (start.Level, start.LevelVariance, start.GrowthVariance);
        start.Season.CopyTo(_season, 0);
        start.SeasonVariance.CopyTo(_seasonVariance, 0);
        start.Holiday.CopyTo(_holiday, 0);
        start.HolidayVariance.CopyTo(_holidayVariance, 0);
        (_spreadSum, _spreadWeight, _freedom) = (start.Spread * start.Freedom, start.Freedom, start.Freedom);
        // Weight per observation is 1/total², so the start's observations get theirs.
        var scale = 1 / Math.Pow(start.Spread + (_options.Measure == Measure.Count ? Math.Exp(-start.Level) : 0) + 1e-3, 2);
        (_spreadSum, _spreadWeight) = (_spreadSum * scale, _spreadWeight * scale);
        (_some, _none) = (start.Some, start.None);
    }
}
