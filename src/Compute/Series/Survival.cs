using System.Globalization;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Series;

/// <summary>One step of a survival curve.</summary>
/// <param name="Time">When events or withdrawals happened.</param>
/// <param name="AtRisk">Still under observation just before.</param>
/// <param name="Events">Events at that time.</param>
/// <param name="Censored">Observations that ended at that time without an event.</param>
/// <param name="Survival">Share without event after that time, with its pointwise interval.</param>
public sealed record SurvivalStep(double Time, int AtRisk, int Events, int Censored, Interval Survival);

/// <summary>A survival curve.</summary>
/// <param name="Steps">Rising in time.</param>
/// <param name="Median">The time by which half had the event; an end is infinite when the curve or its band does not come down to one half.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record SurvivalCurve(IReadOnlyList<SurvivalStep> Steps, Interval Median, string Reason)
{
    /// <summary>Survival just after a time.</summary>
    public double At(double time)
    {
        double value = 1;
        foreach (var step in Steps)
        {
            if (step.Time > time) break;
            value = step.Survival.Value;
        }

        return value;
    }
}

/// <summary>
/// The product-limit estimator (Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452), variance by Greenwood (1926), bands on the log(−log) scale
/// (Kalbfleisch and Prentice 1980), which stay inside 0 and 1; median's interval by Brookmeyer and Crowley (1982), doi:10.2307/2530286.
/// </summary>
public static class KaplanMeier
{
    /// <summary>Estimates a curve.</summary>
    /// <param name="times">Time from start to event or to the end of observation, ≥ 0, any unit.</param>
    /// <param name="happened">True where the event was seen, false where observation ended first. An observation that ends at an event's time counts as at risk then.</param>
    /// <param name="level">Two-sided coverage of the bands.</param>
    /// <exception cref="ArgumentException">No data, unequal lengths, or a time that is negative or not a number.</exception>
    public static SurvivalCurve Estimate(ReadOnlySpan<double> times, ReadOnlySpan<bool> happened, double level = 0.95)
    {
        if (times.Length == 0 || times.Length != happened.Length) throw new ArgumentException($"There are {times.Length} times and {happened.Length} marks.");
        var keys = times.ToArray();
        var marks = happened.ToArray();
        if (keys.Any(t => !(t >= 0))) throw new ArgumentException("A time is negative or not a number.");
        Array.Sort(keys, marks);
        var z = Normal.Quantile(0.5 + level / 2);
        var steps = new List<SurvivalStep>();
        double survival = 1, greenwood = 0;
        for (var i = 0; i < keys.Length;)
        {
            var (from, events) = (i, 0);
            for (; i < keys.Length && keys[i] == keys[from]; i++) events += marks[i] ? 1 : 0;
            var risk = keys.Length - from;
            survival *= 1 - (double)events / risk;
            if (events > 0) greenwood += risk > events ? events / ((double)risk * (risk - events)) : double.PositiveInfinity;
            steps.Add(new SurvivalStep(keys[from], risk, events, i - from - events, Band(survival, greenwood, z)));
        }

        var median = new Interval(FirstAt(steps, s => s.Value), FirstAt(steps, s => s.Low), FirstAt(steps, s => s.High));
        return new SurvivalCurve(steps, median, Tell(keys.Length, marks.Count(m => m), median));
    }

    private static Interval Band(double survival, double greenwood, double z)
    {
        if (survival >= 1) return new Interval(1, 1, 1);
        if (survival <= 0) return new Interval(0, 0, 0);
        var half = z * Math.Sqrt(greenwood) / Math.Log(survival);
        return new Interval(survival, Math.Pow(survival, Math.Exp(-half)), Math.Pow(survival, Math.Exp(half)));
    }

    private static double FirstAt(List<SurvivalStep> steps, Func<Interval, double> of)
    {
        foreach (var step in steps)
            if (of(step.Survival) <= 0.5 + 1e-12) return step.Time;
        return double.PositiveInfinity;
    }

    private static string Tell(int all, int events, Interval median)
    {
        var c = CultureInfo.InvariantCulture;
        if (double.IsInfinity(median.Value)) return string.Create(c, $"{events} of {all} had the event; fewer than half by the end of observation, so there is no median yet.");
        var high = double.IsInfinity(median.High) ? "not yet known" : median.High.ToString("0.##", c);
        return string.Create(c, $"{events} of {all} had the event; half had it by {median.Value:0.##} (between {median.Low:0.##} and {high}).");
    }
}
