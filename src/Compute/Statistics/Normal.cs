namespace Trellis.Compute.Statistics;

/// <summary>The normal, Student and Kolmogorov distributions, as far as tests and intervals need them.</summary>
internal static class Normal
{
    /// <summary>P(Z ≤ z): W. J. Cody (1969), "Rational Chebyshev approximations for the error function", doi:10.1090/S0025-5718-1969-0247736-4, by its continued fraction and series.</summary>
    public static double Below(double z) => z < 0 ? Above(-z) : 1 - Above(z);

    /// <summary>P(Z &gt; z) with small relative error in the tail: series near 0, Laplace's continued fraction beyond.</summary>
    public static double Above(double z)
    {
        if (double.IsNaN(z)) return double.NaN;
        if (z < 0) return 1 - Above(-z);
        var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        if (z < 2.5)
        {
            double term = z, sum = z;
            for (var k = 1; k < 100 && term > 1e-17 * sum; k++) sum += term *= z * z / (2 * k + 1);
            return 0.5 - density * sum;
        }

        var tail = z;
        for (var k = 80; k >= 1; k--) tail = z + k / tail;
        return density / tail;
    }

    /// <summary>The z with P(Z ≤ z) = p, by Newton steps from a logistic start.</summary>
    public static double Quantile(double p)
    {
        if (p is <= 0 or >= 1) return p <= 0 ? double.NegativeInfinity : double.PositiveInfinity;
        if (p < 0.5) return -Quantile(1 - p);
        var tail = 1 - p;
        var z = p < 0.9 ? Math.Log(p / tail) / 1.702 : Math.Sqrt(-2 * Math.Log(tail)) - 0.5;
        for (var i = 0; i < 60; i++)
        {
            // Newton on the logarithm of the tail converges from either side however small the tail is.
            var above = Above(z);
            var step = (Math.Log(above) - Math.Log(tail)) * above / (Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI));
            z += step;
            if (Math.Abs(step) < 1e-13 * (1 + Math.Abs(z))) break;
        }

        return z;
    }

    /// <summary>Two-sided Student quantile: the t with P(|T| ≤ t) = level. Exact by halving on the distribution function (Abramowitz and Stegun 26.7.3–4).</summary>
    public static double Student(double level, int freedom)
    {
        double low = 0, high = 1e6;
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            if (StudentWithin(middle, freedom) < level) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>P(sup of a Brownian bridge's size &gt; x) (Kolmogorov 1933).</summary>
    public static double BridgeAbove(double x)
    {
        if (x <= 0.2) return 1;
        double sum = 0, sign = 1;
        for (var k = 1; k <= 100; k++, sign = -sign)
        {
            var term = Math.Exp(-2 * k * k * x * x);
            sum += sign * term;
            if (term < 1e-18) break;
        }

        return Math.Clamp(2 * sum, 0, 1);
    }

    private static double StudentWithin(double t, int freedom)
    {
        var angle = Math.Atan(t / Math.Sqrt(freedom));
        var (sine, cosine) = Math.SinCos(angle);
        double term = 1, sum = 0;
        if (freedom % 2 == 1)
        {
            if (freedom == 1) return 2 * angle / Math.PI;
            term = sum = cosine;
            for (var k = 2; k < freedom - 1; k += 2) sum += term *= cosine * cosine * k / (k + 1);
            return 2 / Math.PI * (angle + sine * sum);
        }

        sum = 1;
        for (var k = 1; k < freedom - 2; k += 2) sum += term *= cosine * cosine * k / (k + 1);
        return sine * sum;
    }
}
