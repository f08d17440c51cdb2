using System.Globalization;

namespace Trellis.Compute.Optimisation;

/// <summary>A return that grows with spend ever more slowly: <c>Ceiling · (1 − e^(−spend / Scale))</c>; concave for any spend.</summary>
/// <param name="Ceiling">Return that no spend exceeds, in the unit of the returns.</param>
/// <param name="Scale">Spend at which 63 % of the ceiling is reached, above 0.</param>
public readonly record struct ResponseCurve(double Ceiling, double Scale)
{
    /// <summary>Return of a spend.</summary>
    public double Return(double spend) => -Ceiling * double.ExpM1(-spend / Scale);

    /// <summary>Return of the next unit of spend.</summary>
    public double Marginal(double spend) => Ceiling / Scale * Math.Exp(-spend / Scale);
}

/// <summary>One past activity: what was spent on it and what came back.</summary>
/// <param name="Activity">Index of the kind of activity.</param>
/// <param name="Spend">Spend, at least 0.</param>
/// <param name="Return">Return (credited margin or pipeline), in any one unit.</param>
public readonly record struct SpendObservation(int Activity, double Spend, double Return);

/// <summary>Curves of all activities with their uncertainty: the best fit, and equally likely alternatives.</summary>
/// <param name="Fitted">Best curve of each activity.</param>
/// <param name="Draws">Alternatives: <c>Draws[d][i]</c> is the curve of activity i in draw d.</param>
/// <param name="Noise">Standard deviation of one observed return around its curve.</param>
/// <param name="Observations">Observations of each activity.</param>
/// <param name="Explanation">How the curves were found, in words.</param>
public sealed record CurveEnsemble(ResponseCurve[] Fitted, ResponseCurve[][] Draws, double Noise, int[] Observations, string Explanation);

/// <summary>
/// Fits response curves to few and noisy observations. Activities borrow from each other: each ceiling and scale is drawn towards the common one,
/// the more the thinner its own data (empirical Bayes). Uncertainty by refitting to perturbed data and perturbed priors (randomise, then
/// optimise: Bardsley, Solonen, Haario and Laine 2014, doi:10.1137/140964023), so that an activity hardly ever tried has wide curves and not narrow ones.
/// </summary>
public static class ResponseFit
{
    private const int GridPoints = 41;
    private const double ScaleSpread = 1;

    /// <summary>Fits all curves.</summary>
    /// <param name="activities">Number of activities.</param>
    /// <param name="observations">Past spends and returns, at least three in all and with some spend and some return.</param>
    /// <param name="draws">Alternatives to draw, at least 20.</param>
    /// <param name="seed">The draws depend on it and on the data alone.</param>
    /// <param name="progress">Told the finished share, 0 to 1.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="ArgumentException">An observation is out of range, or there are too few to learn anything.</exception>
    public static CurveEnsemble Fit(
        int activities, IReadOnlyList<SpendObservation> observations, int draws = 400, int seed = 1, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 20);
        for (var o = 0; o < observations.Count; o++)
            if ((uint)observations[o].Activity >= (uint)activities || !(observations[o].Spend >= 0) || !double.IsFinite(observations[o].Spend + observations[o].Return))
                throw new ArgumentException($"Observation {o} is out of range: {observations[o]}.", nameof(observations));
        var own = Enumerable.Range(0, activities).Select(i => observations.Where(o => o.Activity == i && o.Spend > 0).ToArray()).ToArray();
        SpendObservation[] all = [.. own.SelectMany(o => o)];
        if (all.Length < 3 || !(all.Average(o => o.Return) > 0)) throw new ArgumentException("At least three observations with spend, and a return above 0 in the mean, are needed.", nameof(observations));

        var prior = Pool(own, all);
        var fitted = own.Select(o => FitOne(o, prior, prior.Ceiling, prior.Scale)).ToArray();
        var results = new ResponseCurve[draws][];
        var steps = new Steps(progress, draws);
        Parallel.For(0, draws, new ParallelOptions { CancellationToken = cancel }, d =>
        {
            var random = new Random(unchecked((seed * 1_000_003) + d));
            results[d] = new ResponseCurve[activities];
            for (var i = 0; i < activities; i++)
            {
                SpendObservation[] perturbed = [.. own[i].Select(o => o with { Return = o.Return + (prior.Noise * Normal(random)) })];
                var ceiling = prior.Ceiling + (prior.CeilingSpread * Normal(random));
                results[d][i] = FitOne(perturbed, prior, ceiling, prior.Scale * Math.Exp(ScaleSpread * Normal(random)));
            }

            steps.Done();
        });
        int[] counts = [.. own.Select(o => o.Length)];
        return new CurveEnsemble(fitted, results, prior.Noise, counts, string.Create(CultureInfo.InvariantCulture,
            $"Saturating curves from {all.Length:N0} observations of {activities:N0} activities ({counts.Count(c => c < 3):N0} with fewer than three, which lean on the others); {draws:N0} alternatives express what the data leave open."));
    }

    private readonly record struct Prior(double Ceiling, double CeilingSpread, double Scale, double Noise, double[] Grid);

    /// <summary>One scale for all and a ceiling each, by least squares: gives the common curve and the spread around it; and the noise.</summary>
    private static Prior Pool(SpendObservation[][] own, SpendObservation[] all)
    {
        double low = all.Min(o => o.Spend) / 4, high = all.Max(o => o.Spend) * 4;
        double[] grid = [.. Enumerable.Range(0, GridPoints).Select(k => low * Math.Pow(high / low, k / (GridPoints - 1.0)))];
        var tried = own.Where(o => o.Length > 0).ToArray();
        double Squares(double scale, SpendObservation[] group, double ceiling) =>
            group.Sum(o => Math.Pow(o.Return - new ResponseCurve(ceiling, scale).Return(o.Spend), 2));
        var scale = grid.MinBy(s => tried.Sum(group => Squares(s, group, Ceiling(group, s))));
        var ceilings = tried.Select(group => Ceiling(group, scale)).ToArray();
        // Noise is what is left when each activity has a scale of its own; the common scale would count real differences as noise.
        var repeated = tried.Where(group => group.Length > 2).ToArray();
        var freedom = repeated.Sum(group => group.Length - 2);
        var left = repeated.Sum(group => grid.Min(s => Squares(s, group, Ceiling(group, s))));
        // Without repetitions nothing tells noise from differences; half the mean return is a cautious guess.
        var noise = freedom > 0 ? Math.Sqrt(left / freedom) : all.Average(o => o.Return) / 2;
        var mean = Math.Max(ceilings.Average(), 1e-12);
        var spread = ceilings.Length > 1 ? Math.Sqrt(ceilings.Sum(c => (c - mean) * (c - mean)) / (ceilings.Length - 1)) : mean;
        return new Prior(mean, Math.Clamp(spread, 0.3 * mean, 2 * mean), scale, Math.Max(noise, 1e-9 * mean), grid);

        static double Ceiling(SpendObservation[] group, double scale)
        {
            double fy = 0, ff = 0;
            foreach (var o in group)
            {
                var f = new ResponseCurve(1, scale).Return(o.Spend);
                (fy, ff) = (fy + (f * o.Return), ff + (f * f));
            }

            return Math.Max(0, fy / ff);
        }
    }

    /// <summary>The most likely curve for the observations of one activity and a prior centred on the given ceiling and scale.</summary>
    private static ResponseCurve FitOne(SpendObservation[] observations, Prior prior, double centre, double centreScale)
    {
        var (best, bestCost) = (new ResponseCurve(Math.Max(0, centre), centreScale), double.PositiveInfinity);
        if (observations.Length == 0) return best;
        double noise = 1 / (prior.Noise * prior.Noise), pull = 1 / (prior.CeilingSpread * prior.CeilingSpread);
        foreach (var point in prior.Grid)
            Try(point);
        Try(centreScale);
        // Two finer passes around the best point of the grid.
        var width = Math.Log(prior.Grid[1] / prior.Grid[0]);
        for (var pass = 0; pass < 2; pass++, width /= 5)
        {
            var middle = best.Scale;
            for (var k = -4; k <= 4; k++) Try(middle * Math.Exp(k * width / 4));
        }

        return best;

        void Try(double scale)
        {
            double fy = centre * pull, ff = pull;
            foreach (var o in observations)
            {
                var f = -double.ExpM1(-o.Spend / scale);
                (fy, ff) = (fy + (f * o.Return * noise), ff + (f * f * noise));
            }

            var curve = new ResponseCurve(Math.Max(0, fy / ff), scale);
            var cost = ((curve.Ceiling - centre) * (curve.Ceiling - centre) * pull) + Math.Pow(Math.Log(scale / centreScale) / ScaleSpread, 2);
            foreach (var o in observations) cost += Math.Pow(o.Return - curve.Return(o.Spend), 2) * noise;
            if (cost < bestCost) (best, bestCost) = (curve, cost);
        }
    }

    // Box and Muller 1958.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
