namespace Trellis.Compute.Series;

/// <summary>
/// Exponential smoothing with damped growth and additive season, on the values or their logarithms (Holt 1957; Winters 1960, doi:10.1287/mnsc.6.3.324;
/// damping by Gardner and McKenzie 1985, doi:10.1287/mnsc.31.10.1237). Smoothing weights are the best of a fixed grid by one-step squared error.
/// </summary>
internal sealed class Smoothing
{
    private static readonly double[] Dampings = [0.9, 0.98];
    private static readonly double[] Levels = [0.05, 0.15, 0.3, 0.5, 0.8];
    private static readonly double[] Growths = [0.02, 0.1];
    private static readonly double[] Seasons = [0.05, 0.2, 0.5];
    private readonly bool _logarithm;
    private readonly int _period;
    private double _damping;
    private double _level;
    private double _growth;
    private double[] _season = [];
    private int _next;

    private Smoothing(bool logarithm, int period) => (_logarithm, _period) = (logarithm, period);

    /// <summary>Forecasts the next values; null when the series is too short or, for logarithms, not positive.</summary>
    public static double[]? Forecast(ReadOnlySpan<double> values, int steps, int period, bool growth, bool logarithm)
    {
        if (values.Length < Math.Max(4, period > 1 ? 2 * period : 0)) return null;
        var y = values.ToArray();
        if (logarithm)
        {
            if (y.Any(v => v <= 0)) return null;
            y = y.Select(v => Math.Log(v)).ToArray();
        }

        Smoothing? best = null;
        var least = double.PositiveInfinity;
        foreach (var d in growth ? Dampings : [0])
            foreach (var a in Levels)
                foreach (var b in growth ? Growths : [0])
                    foreach (var g in period > 1 ? Seasons : [0])
                    {
                        var candidate = new Smoothing(logarithm, period) { _damping = d };
                        var error = candidate.Fit(y, a, b, g);
                        if (error < least) (best, least) = (candidate, error);
                    }

        return best?.Ahead(steps);
    }

    private double Fit(double[] y, double a, double b, double g)
    {
        var first = Math.Min(y.Length, Math.Max(4, _period));
        Begin(y.AsSpan(0, _period > 1 ? Math.Min(3, y.Length / _period) * _period : first));
        double squares = 0;
        for (var t = 0; t < y.Length; t++)
        {
            var phase = t % _period;
            var expected = _level + _damping * _growth;
            var error = y[t] - expected - _season[phase];
            squares += t >= first ? error * error : 0;
            _level = expected + a * error;
            _growth = _damping * _growth + a * b * error;
            _season[phase] += g * error;
        }

        _next = y.Length;
        return squares;
    }

    /// <summary>A straight line through the first values gives level and growth, the mean distance from it each phase.</summary>
    private void Begin(ReadOnlySpan<double> start)
    {
        double mean = 0, product = 0, square = 0;
        var middle = (start.Length - 1) / 2.0;
        foreach (var v in start) mean += v / start.Length;
        for (var i = 0; i < start.Length; i++) (product, square) = (product + (i - middle) * (start[i] - mean), square + (i - middle) * (i - middle));
        var slope = product / square;
        _growth = _damping > 0 ? slope : 0;
        _level = _damping > 0 ? mean - slope * (middle + 1) : mean;
        _season = new double[_period];
        if (_period == 1) return;
        for (var i = 0; i < start.Length; i++) _season[i % _period] += (start[i] - mean - slope * (i - middle)) * _period / start.Length;
    }

    private double[] Ahead(int steps)
    {
        var result = new double[steps];
        var (sum, factor) = (0.0, 1.0);
        for (var h = 0; h < steps; h++)
        {
            factor *= _damping;
            sum += factor;
            var value = _level + sum * _growth + _season[(_next + h) % _period];
            result[h] = _logarithm ? Math.Exp(value) : value;
        }

        return result;
    }
}
