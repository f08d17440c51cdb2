namespace Trellis.Compute.Learning;

/// <summary>
/// Boosted trees whose probabilities come true: a sigmoid fitted on scores of rows that each model of a k-fold split had not seen is laid over the
/// model of all rows (Niculescu-Mizil and Caruana 2005, doi:10.1145/1102351.1102430). Where unseen rows show that the scores rank nothing, its slope is 0 and every row
/// gets the base rate, so that an over-fitted model does not shout.
/// </summary>
public sealed class CalibratedTrees
{
    private const int Parts = 3;

    internal CalibratedTrees(BoostedModel model, SigmoidCalibration calibration) => (Model, Calibration) = (model, calibration);

    /// <summary>The trees, fitted on all rows.</summary>
    public BoostedModel Model { get; }

    /// <summary>From their score to a probability.</summary>
    public SigmoidCalibration Calibration { get; }

    /// <summary>Fits trees and calibration; costs about three fits.</summary>
    /// <exception cref="ArgumentException">Lengths differ, there are too few rows, or a target is neither 0 nor 1.</exception>
    public static CalibratedTrees Fit(Table table, float[] target, BoostingOptions? options = null, CancellationToken cancel = default)
    {
        options = (options ?? new BoostingOptions()) with { Goal = Goal.Probability };
        var model = Boosting.Fit(table, target, options, null, null, cancel);
        if (table.Rows < Parts * 2) return new CalibratedTrees(model, new SigmoidCalibration(0, Targets.Link(Goal.Probability, Targets.Mean(target, null))));
        var scores = new float[table.Rows];
        foreach (var fold in Folds.Stratified(target, Parts, options.Seed))
        {
            var part = Boosting.Fit(table.Take(fold.Train), fold.Train.Select(i => target[i]).ToArray(), options, null, null, cancel);
            var unseen = part.Score(table.Take(fold.Test), options.Threads, cancel);
            for (var i = 0; i < unseen.Length; i++) scores[fold.Test[i]] = unseen[i];
        }

        var calibration = Learning.Calibration.Platt(scores, target);
        if (calibration.Slope < 0) calibration = new SigmoidCalibration(0, Targets.Link(Goal.Probability, Targets.Mean(target, null)));
        return new CalibratedTrees(model, calibration);
    }

    /// <summary>Probabilities, one per row.</summary>
    public float[] Predict(Table table) => Calibration.Apply(Model.Score(table));
}
