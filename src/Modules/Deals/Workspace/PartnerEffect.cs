using System.Text.Json.Serialization;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A closed opportunity, with a partner or without.</summary>
internal readonly record struct ClosedCase(bool WithPartner, bool Won, double Amount, int Days, string Stratum);

/// <summary>One comparison: both figures, their difference with a 95 % interval, and how many cases stand behind each.</summary>
/// <param name="With">The figure with a partner; null without cases.</param>
/// <param name="Without">The figure without.</param>
/// <param name="Effect">The difference, or for sizes the ratio.</param>
/// <param name="Low">The lower end of its interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="CasesWith">Cases with a partner.</param>
/// <param name="CasesWithout">Cases without.</param>
/// <param name="Nothing">The value of the effect that means no difference: 0, or 1 for a ratio.</param>
/// <param name="IsRate">Whether the figures are rates of wins.</param>
internal sealed record Comparison(double? With, double? Without, double? Effect, double? Low, double? High, int CasesWith, int CasesWithout, double Nothing, bool IsRate = false)
{
    /// <summary>Nearly everything with a partner was won: then opportunities are linked to deals only once they are won, and the rates cannot be compared.</summary>
    public bool LinkedTooLate => IsRate && With >= PartnerEffect.TooGood && CasesWith >= PartnerEffect.Fewest;

    /// <summary>+1 higher, -1 lower, 0 where the interval contains “no difference” or there are too few cases.</summary>
    public int Verdict => !LinkedTooLate && Low is { } low && High is { } high && Math.Min(CasesWith, CasesWithout) >= PartnerEffect.Fewest ? low > Nothing ? 1 : high < Nothing ? -1 : 0 : 0;
}

/// <summary>Deals with a partner against deals without (CS-17, CS-18). It describes; it does not prove that the partner is the cause.</summary>
/// <param name="Late">Opportunities that were linked after they had been closed: they are left out on both sides.</param>
/// <param name="LateDeals">The newest of them.</param>
/// <param name="At">When it was counted.</param>
internal sealed record EffectPage(Comparison WinRate, Comparison WinRateSameProduct, Comparison Size, Comparison Days, DateOnly From, DateOnly To, int Late, IReadOnlyList<LateLink> LateDeals, DateTime At)
{
    /// <summary>What was too poor to be used; null in a count from before this was counted.</summary>
    public PoorCases? Poor { get; init; }
}

/// <summary>Opportunities of the comparison that were too poor for a part of it.</summary>
/// <param name="NoAmount">Won, without an amount or with one that has no rate: in no size.</param>
/// <param name="NoDays">Won, without a day of opening, or opened after the close: in no number of days.</param>
/// <param name="NoDaysAmount">What these were won with, minor units of the main currency.</param>
internal sealed record PoorCases(int NoAmount, int NoDays, long NoDaysAmount);

/// <summary>A deal whose opportunity was linked too late; title and partner are read when it is shown, not kept with the count.</summary>
internal sealed record LateLink(DealId Deal, DateOnly ClosedOn, DateTime LinkedAt)
{
    [JsonIgnore]
    public string Title { get; init; } = "";

    [JsonIgnore]
    public PartnerId Partner { get; init; }

    [JsonIgnore]
    public string PartnerName { get; init; } = "";
}

/// <summary>Pure: the comparisons, with textbook intervals.</summary>
internal static class PartnerEffect
{
    /// <summary>Below this many cases on a side nothing is claimed.</summary>
    public const int Fewest = 30;

    /// <summary>A rate of wins from here on is not believed: it tells when people link, not how they sell.</summary>
    public const double TooGood = 0.97;

    private const double Z = 1.959964;

    /// <summary>Difference of two rates with Newcombe's hybrid score interval (Newcombe 1998, method 10).</summary>
    public static Comparison Rates(int wonWith, int casesWith, int wonWithout, int casesWithout)
    {
        if (casesWith == 0 || casesWithout == 0) return new Comparison(Rate(wonWith, casesWith), Rate(wonWithout, casesWithout), null, null, null, casesWith, casesWithout, 0, true);
        var (p1, p2) = ((double)wonWith / casesWith, (double)wonWithout / casesWithout);
        var ((l1, u1), (l2, u2)) = (Wilson(wonWith, casesWith), Wilson(wonWithout, casesWithout));
        var effect = p1 - p2;
        return new Comparison(p1, p2, effect, effect - Math.Sqrt(Sq(p1 - l1) + Sq(u2 - p2)), effect + Math.Sqrt(Sq(u1 - p1) + Sq(p2 - l2)), casesWith, casesWithout, 0, true);
    }

    /// <summary>The Wilson score interval of a rate (Wilson 1927).</summary>
    public static (double Low, double High) Wilson(int won, int cases)
    {
        var (n, p) = ((double)cases, (double)won / cases);
        var centre = (p + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    /// <summary>The same difference within strata, weighted by the cases with a partner, so that a different mix of products does not show as an effect.</summary>
    public static Comparison WithinStrata(IReadOnlyCollection<ClosedCase> cases)
    {
        var strata = cases.GroupBy(c => c.Stratum, StringComparer.Ordinal).Select(g => (With: g.Where(c => c.WithPartner).ToList(), Without: g.Where(c => !c.WithPartner).ToList()))
            .Where(s => s.With.Count >= 5 && s.Without.Count >= 5).ToList();
        var (with, without) = (strata.Sum(s => s.With.Count), strata.Sum(s => s.Without.Count));
        if (with == 0) return new Comparison(null, null, null, null, null, 0, 0, 0);
        double first = 0, second = 0, variance = 0;
        foreach (var s in strata)
        {
            var weight = (double)s.With.Count / with;
            var (p1, p2) = (s.With.Average(c => c.Won ? 1.0 : 0), s.Without.Average(c => c.Won ? 1.0 : 0));
            first += weight * p1;
            second += weight * p2;
            variance += weight * weight * ((p1 * (1 - p1) / s.With.Count) + (p2 * (1 - p2) / s.Without.Count));
        }

        var half = Z * Math.Sqrt(variance);
        return new Comparison(first, second, first - second, first - second - half, first - second + half, with, without, 0, true);
    }

    /// <summary>Typical sizes (geometric means) and their ratio; the interval is Welch's on the logarithms.</summary>
    public static Comparison Sizes(IReadOnlyList<double> with, IReadOnlyList<double> without)
    {
        var means = Means([.. with.Where(v => v > 0).Select(v => Math.Log(v))], [.. without.Where(v => v > 0).Select(v => Math.Log(v))]);
        return means with { With = Exp(means.With), Without = Exp(means.Without), Effect = Exp(means.Effect), Low = Exp(means.Low), High = Exp(means.High), Nothing = 1 };
    }

    /// <summary>Two means, their difference and Welch's interval with the normal quantile.</summary>
    public static Comparison Means(IReadOnlyList<double> with, IReadOnlyList<double> without)
    {
        double? Mean(IReadOnlyList<double> v) => v.Count == 0 ? null : v.Average();
        if (with.Count < 2 || without.Count < 2) return new Comparison(Mean(with), Mean(without), null, null, null, with.Count, without.Count, 0);
        var (m1, m2) = (with.Average(), without.Average());
        var half = Z * Math.Sqrt((Variance(with, m1) / with.Count) + (Variance(without, m2) / without.Count));
        return new Comparison(m1, m2, m1 - m2, m1 - m2 - half, m1 - m2 + half, with.Count, without.Count, 0);
    }

    private static double Variance(IReadOnlyList<double> values, double mean) => values.Sum(v => Sq(v - mean)) / (values.Count - 1);

    private static double? Rate(int won, int cases) => cases == 0 ? null : (double)won / cases;

    private static double? Exp(double? value) => value is { } v ? Math.Exp(v) : null;

    private static double Sq(double value) => value * value;
}
