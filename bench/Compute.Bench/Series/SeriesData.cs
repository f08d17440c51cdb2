namespace Trellis.Compute.Bench.Series;

/// <summary>Seasonal noise, with a change of level when asked.</summary>
internal static class SeriesData
{
    public static double[] Counts(Random random, int n, double mean, double spread, int period, int changeAt = int.MaxValue, double factor = 1)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = Poisson(random, Rate(i, mean, period, changeAt, factor) * Gamma(random, 1 / spread) * spread);
        return values;
    }

    public static double[] Money(Random random, int n, double mean, double spread, int period)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = Rate(i, mean, period, int.MaxValue, 1) * Gamma(random, 1 / spread) * spread;
        return values;
    }

    private static double Rate(int i, double mean, int period, int changeAt, double factor) =>
        mean * (1 + 0.5 * Math.Sin(2 * Math.PI * (i % period) / period)) * (i >= changeAt ? factor : 1);

    private static double Poisson(Random random, double mean)
    {
        var (limit, product, k) = (Math.Exp(-mean), 1.0, -1);
        do (product, k) = (product * (1 - random.NextDouble()), k + 1);
        while (product > limit);
        return k;
    }

    /// <summary>Marsaglia and Tsang (2000), for shapes of 1 and more.</summary>
    private static double Gamma(Random random, double shape)
    {
        var d = shape - 1 / 3.0;
        while (true)
        {
            var x = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + x / Math.Sqrt(9 * d), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return d * v;
        }
    }
}
