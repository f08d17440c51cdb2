using Trellis.Compute.Series;

namespace Trellis.Compute.Learning;

/// <summary>A model of "will it happen within so long".</summary>
/// <param name="Within">The horizon, in the unit of the times.</param>
/// <param name="Model">Its probabilities are those of the event within the horizon.</param>
/// <param name="Events">Rows whose event came within the horizon.</param>
/// <param name="Undecided">Rows whose observation ended earlier without an event: they are left out and the rest stand in for them.</param>
public sealed record HorizonModel(double Within, BoostedModel Model, int Events, int Undecided);

/// <summary>
/// Survival-style learning: the chance of an event within a horizon from histories some of which are still open. Rows whose answer is known are weighted by
/// one over the chance of having been observed long enough (Robins and Rotnitzky 1992; Vock et al. 2016, doi:10.1016/j.jbi.2016.03.009), so that open histories do not
/// bias the rate. Assumes that when an observation ends does not depend on the outcome.
/// </summary>
public static class Horizon
{
    /// <summary>Fits a model for one horizon.</summary>
    /// <param name="table">Features known at the start of each history.</param>
    /// <param name="times">Time to the event or to the end of observation, ≥ 0.</param>
    /// <param name="happened">True where the event was seen.</param>
    /// <param name="within">The horizon, &gt; 0.</param>
    /// <param name="options">Settings of the boosting; the goal is always a probability.</param>
    /// <param name="cancel">Checked before each tree.</param>
    /// <exception cref="ArgumentException">No history is decided by the horizon, or one of the outcomes is absent.</exception>
    public static HorizonModel Fit(Table table, double[] times, bool[] happened, double within, BoostingOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(within);
        var (target, weights) = Weigh(times, happened, within);
        var decided = Enumerable.Range(0, times.Length).Where(i => weights[i] > 0).ToArray();
        var events = decided.Count(i => target[i] > 0);
        if (events == 0 || events == decided.Length)
            throw new ArgumentException($"Of {decided.Length} histories decided by {within}, {events} had the event: both outcomes are needed.", nameof(within));
        options = (options ?? new BoostingOptions()) with { Goal = Goal.Probability };
        var model = Boosting.Fit(table.Take(decided), decided.Select(i => target[i]).ToArray(), options, decided.Select(i => weights[i]).ToArray(), null, cancel);
        return new HorizonModel(within, model, events, times.Length - decided.Length);
    }

    /// <summary>Outcome at the horizon and weight of each history; weight 0 where the answer is not known.</summary>
    public static (float[] Target, float[] Weights) Weigh(double[] times, bool[] happened, double within)
    {
        if (times.Length != happened.Length) throw new ArgumentException($"There are {times.Length} times and {happened.Length} marks.", nameof(happened));
        var (target, weights) = (new float[times.Length], new float[times.Length]);
        // The curve of remaining under observation: endings are its events. At ties the outcome comes first, so an ending counts just after.
        var observed = KaplanMeier.Estimate(times.Select((t, i) => happened[i] ? t : Math.BitIncrement(t)).ToArray(), happened.Select(h => !h).ToArray());
        for (var i = 0; i < times.Length; i++)
        {
            if (happened[i] && times[i] <= within)
            {
                target[i] = 1;
                weights[i] = (float)(1 / Math.Max(0.01, Before(observed, times[i])));
            }
            else if (times[i] >= within) weights[i] = (float)(1 / Math.Max(0.01, Before(observed, within)));
        }

        return (target, weights);
    }

    private static double Before(SurvivalCurve curve, double time)
    {
        var (low, high) = (0, curve.Steps.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (curve.Steps[middle].Time < time) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? 1 : curve.Steps[low - 1].Survival.Value;
    }
}
