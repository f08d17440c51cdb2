using Trellis.Compute.Statistics;

namespace Trellis.Compute.Tests.Series;

/// <summary>Seasonal series with a known truth.</summary>
internal static class MadeSeries
{
    public static double[] Counts(ref Dice dice, int n, double mean, double spread, int period, int changeAt = int.MaxValue, double factor = 1)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = Poisson(ref dice, Rate(i, mean, period, changeAt, factor) * Wobble(ref dice, spread));
        return values;
    }

    public static double[] Money(ref Dice dice, int n, double mean, double spread, int period, double nothing, int changeAt = int.MaxValue, double factor = 1)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = dice.Unit() < nothing ? 0 : Rate(i, mean, period, changeAt, factor) * Wobble(ref dice, spread);
        return values;
    }

    private static double Rate(int i, double mean, int period, int changeAt, double factor) =>
        mean * (1 + 0.5 * Math.Sin(2 * Math.PI * (i % period) / period)) * (i >= changeAt ? factor : 1);

    private static double Wobble(ref Dice dice, double spread) => spread > 0 ? Gamma(ref dice, 1 / spread) * spread : 1;

    private static double Poisson(ref Dice dice, double mean)
    {
        var (limit, product, k) = (Math.Exp(-mean), 1.0, -1);
        do (product, k) = (product * (1 - dice.Unit()), k + 1);
        while (product > limit);
        return k;
    }

    /// <summary>Marsaglia and Tsang (2000).</summary>
    private static double Gamma(ref Dice dice, double shape)
    {
        if (shape < 1) return Gamma(ref dice, shape + 1) * Math.Pow(1 - dice.Unit(), 1 / shape);
        var d = shape - 1 / 3.0;
        while (true)
        {
            var x = dice.Normal();
            var v = Math.Pow(1 + x / Math.Sqrt(9 * d), 3);
            if (v > 0 && Math.Log(1 - dice.Unit()) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return d * v;
        }
    }
}
