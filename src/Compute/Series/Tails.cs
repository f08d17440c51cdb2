namespace Trellis.Compute.Series;

/// <summary>Tail probabilities of counts and amounts, by the classical continued fractions (Abramowitz and Stegun 6.5.29–31, 26.5.8; Lentz 1976 for evaluating them).</summary>
internal static class Tails
{
    private const int Most = 1000;
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
        9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>ln Γ(x) for x &gt; 0 (Lanczos 1964, g = 7, nine terms).</summary>
    public static double LogGamma(double x)
    {
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        x -= 1;
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++) sum += Lanczos[i] / (x + i);
        var t = x + 7.5;
        return 0.91893853320467274 + (x + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }

    /// <summary>P(Y ≤ y) and P(Y ≥ y) of a negative binomial count with this mean and variance mean + spread·mean²; Poisson when the spread is 0.</summary>
    public static (double Below, double Above) Count(double y, double mean, double spread)
    {
        if (!(mean > 0)) return y > 0 ? (1, 0) : (1, 1);
        y = Math.Max(0, Math.Floor(y));
        if (spread < 1e-9)
        {
            var (low, high) = GammaParts(y + 1, mean);
            return (high, y == 0 ? 1 : GammaParts(y, mean).Below);
        }

        var size = 1 / spread;
        var success = size / (size + mean);
        return (Beta(success, size, y + 1), y == 0 ? 1 : Beta(1 - success, y, size));
    }

    /// <summary>P(Y ≤ y) and P(Y ≥ y) of a gamma amount with this mean and relative variance.</summary>
    public static (double Below, double Above) Amount(double y, double mean, double spread) =>
        y <= 0 ? (0, 1) : GammaParts(1 / spread, y / (mean * spread));

    /// <summary>Regularised incomplete gamma functions P(a, x) and Q(a, x).</summary>
    public static (double Below, double Above) GammaParts(double a, double x)
    {
        if (x <= 0) return (0, 1);
        var front = Math.Exp(a * Math.Log(x) - x - LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a, sum = term;
            for (var k = 1; k < Most && term > sum * 1e-16; k++) sum += term *= x / (a + k);
            var below = Math.Min(1, front * sum);
            return (below, 1 - below);
        }

        double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
        for (var k = 1; k < Most; k++)
        {
            var an = -k * (k - a);
            b += 2;
            d = 1 / NotZero(an * d + b);
            c = NotZero(b + an / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15) break;
        }

        var above = Math.Min(1, front * h);
        return (1 - above, above);
    }

    /// <summary>Regularised incomplete beta function I_x(a, b).</summary>
    public static double Beta(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - front * Fraction(1 - x, b, a) / b;
    }

    /// <summary>P(T &gt; t) of Student's distribution; the normal one for endless freedom.</summary>
    public static double Student(double t, double freedom)
    {
        if (freedom > 1e6) return Statistics.Normal.Above(t);
        var half = Beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
        return t >= 0 ? half : 1 - half;
    }

    private static double Fraction(double x, double a, double b)
    {
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), h = d;
        for (var m = 1; m < Most; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15) break;
        }

        return h;
    }

    private static double NotZero(double x) => Math.Abs(x) < 1e-300 ? 1e-300 : x;
}
