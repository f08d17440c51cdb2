using System.Runtime.CompilerServices;

namespace Trellis.Compute.Series;

/// <summary>
/// Shiryaev–Roberts sums M ← (1 + M)·LR for changes of the mean by several factors at once. Their average less the time elapsed has mean 0 while nothing
/// changes, so stopping at A takes A observations or more on average; how many more depends on by how much the last ratio overshoots.
/// </summary>
/// <param name="alarms">Tolerated false alarms per observation.</param>
/// <param name="overshoot">Share of 1/alarms at which to stop; below 1 it makes up for the overshoot.</param>
internal struct ChangeSums(double alarms, double overshoot)
{
    /// <summary>
    /// Counts overshoot about fourfold, since a few observations decide: measured on seasonal noise of 3 to 1,000 a period (the bench shows the rates). Money,
    /// whose spread is less certain, gets no such allowance.
    /// </summary>
    public const double CountOvershoot = 0.25;

    private const int Kinds = 4;
    private static readonly double[] Factors = [0.6, 0.25, 1.6, 3.5];
    private static readonly double[] LogFactors = Factors.Select(f => Math.Log(f)).ToArray();

    // One observation alone, however strange, cannot be a lasting change: its weight stops short of the threshold. Cutting a ratio keeps the guarantee.
    private readonly double _most = 0.7 * Math.Log(1 / alarms);
    private Four _sums;
    private Starts _starts;
    private int _best;

    public readonly double Factor => Factors[_best];

    public readonly int Since => _starts[_best];

    /// <summary>Where to stop; while nothing changes that takes so many observations or more on average.</summary>
    public double Threshold { get; } = overshoot / alarms;

    public void Restart() => _sums = default;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool AddCount(double value, double mean, double spread, int at)
    {
        var size = 1 / Math.Max(spread, 1e-9);
        var share = mean / (size + mean);
        for (var k = 0; k < Kinds; k++)
            Step(k, value * LogFactors[k] - (value + size) * Math.Log(1 + (Factors[k] - 1) * share), at);
        return Decide();
    }

    /// <summary>For money a change may be in the amounts or in how often there are any; each half of the weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool AddMoney(double value, double mean, double spread, double nothing, int at)
    {
        var shape = 1 / spread;
        for (var k = 0; k < Kinds; k++)
        {
            // Rarer money: the chance of some falls by the factor; more frequent money: the chance of nothing falls by it.
            var f = Factors[k];
            var often = value > 0
                ? f < 1 ? f : (1 - nothing / f) / Math.Max(1 - nothing, 1e-9)
                : f < 1 ? (1 - f * (1 - nothing)) / Math.Max(nothing, 1e-9) : 1 / f;
            var amount = value > 0 ? Math.Exp(Math.Min(shape * (value / mean * (1 - 1 / f)) - shape * LogFactors[k], 600)) : 1;
            Step(k, Math.Log(0.5 * often + 0.5 * amount), at);
        }

        return Decide();
    }

    private void Step(int kind, double logRatio, int at)
    {
        if (_sums[kind] < 1) _starts[kind] = at;
        _sums[kind] = (1 + _sums[kind]) * Math.Exp(Math.Min(logRatio, _most));
    }

    private bool Decide()
    {
        if ((_sums[0] + _sums[1] + _sums[2] + _sums[3]) / Kinds < Threshold) return false;
        _best = 0;
        for (var k = 1; k < Kinds; k++)
            if (_sums[k] > _sums[_best]) _best = k;
        return true;
    }

    [InlineArray(Kinds)]
    private struct Four
    {
        private double _first;
    }

    [InlineArray(Kinds)]
    private struct Starts
    {
        private int _first;
    }
}
