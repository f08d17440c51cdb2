namespace Trellis.Compute.Learning;

/// <summary>A way to learn: from rows and outcomes to a function that predicts probabilities.</summary>
/// <param name="Name">Shown in reports.</param>
/// <param name="Fit">Fits on a table and its outcomes.</param>
public sealed record Learner(string Name, Func<Table, float[], Func<Table, float[]>> Fit)
{
    internal const double LinearPenalty = 10;

    /// <summary>Calibrated gradient boosting at its fixed settings.</summary>
    public static Learner Boosted(BoostingOptions? options = null) => new("boosted trees", (t, y) => CalibratedTrees.Fit(t, y, options).Predict);

    /// <summary>Logistic regression with an L2 penalty.</summary>
    public static Learner Linear(double penalty = LinearPenalty) => new("logistic regression", (t, y) => Logistic.Fit(t, y, penalty).Predict);

    /// <summary>
    /// The naive rule: the past rate of the row's own level of one category (the partner's own win rate), pulled towards the overall rate as by
    /// <paramref name="prior"/> extra rows (James and Stein's shrinkage in its Beta–binomial form).
    /// </summary>
    public static Learner OwnRate(string column, double prior = 20) => new($"past rate by {column}", (t, y) => OwnRateFit(column, prior, t, y));

    /// <summary>The base rate: everyone gets the overall past rate.</summary>
    public static Learner BaseRate { get; } = new("base rate", (_, y) =>
    {
        var rate = (float)Targets.Mean(y, null);
        return x => Enumerable.Repeat(rate, x.Rows).ToArray();
    });

    private static Func<Table, float[]> OwnRateFit(string column, double prior, Table table, float[] target)
    {
        var mean = Targets.Mean(target, null);
        if (table.Find(column) is not CategoryColumn category) throw new ArgumentException($"The naive rule needs a category column '{column}'.", nameof(column));
        var sums = new Dictionary<string, (double Won, double All)>(StringComparer.Ordinal);
        for (var i = 0; i < target.Length; i++)
        {
            if (category.Codes[i] < 0) continue;
            var level = category.Levels[category.Codes[i]];
            var (won, all) = sums.GetValueOrDefault(level);
            sums[level] = (won + target[i], all + 1);
        }

        return t =>
        {
            var own = (CategoryColumn)t.Find(column)!;
            return own.Codes.Select(c => c >= 0 && sums.TryGetValue(own.Levels[c], out var s) ? (float)((s.Won + prior * mean) / (s.All + prior)) : (float)mean).ToArray();
        };
    }
}

/// <summary>One learner in one test window.</summary>
/// <param name="Trained">Rows it learnt from.</param>
/// <param name="Tested">Rows it predicted.</param>
/// <param name="Positives">Positives among the tested.</param>
/// <param name="Auc">Area under the ROC curve; NaN when one class is absent.</param>
/// <param name="LogLoss">Mean log-loss, nats.</param>
/// <param name="Brier">Mean squared error of the probability.</param>
public sealed record WindowScore(int Trained, int Tested, int Positives, double Auc, double LogLoss, double Brier);

/// <summary>One learner over all windows.</summary>
/// <param name="Learner">Its name.</param>
/// <param name="Windows">Window by window, oldest first.</param>
/// <param name="Predictions">Out-of-sample probability of each tested row, in the order of <see cref="BacktestResult.Rows"/>.</param>
public sealed record LearnerResult(string Learner, IReadOnlyList<WindowScore> Windows, float[] Predictions)
{
    /// <summary>Mean log-loss over all tested rows, nats.</summary>
    public double LogLoss => Windows.Sum(w => w.LogLoss * w.Tested) / Windows.Sum(w => w.Tested);

    /// <summary>Mean Brier score over all tested rows.</summary>
    public double Brier => Windows.Sum(w => w.Brier * w.Tested) / Windows.Sum(w => w.Tested);
}

/// <summary>Learners tried on the same windows.</summary>
/// <param name="Rows">Tested rows in window order.</param>
/// <param name="Target">Their outcomes.</param>
/// <param name="WindowEnds">Where in <paramref name="Rows"/> each window ends.</param>
/// <param name="Results">One per learner.</param>
public sealed record BacktestResult(int[] Rows, float[] Target, int[] WindowEnds, IReadOnlyList<LearnerResult> Results);

/// <summary>Tries learners on rows they have not seen.</summary>
public static class Backtest
{
    /// <summary>Fits each learner on each fold's training rows and scores it on the fold's test rows.</summary>
    /// <exception cref="ArgumentException">There are no folds.</exception>
    public static BacktestResult Run(
        Table table, float[] target, IReadOnlyList<Fold> folds, IReadOnlyList<Learner> learners, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        if (folds.Count == 0) throw new ArgumentException("There is no window with rows before and in it.", nameof(folds));
        Targets.Check(table, target, null, Goal.Probability);
        var rows = folds.SelectMany(f => f.Test).ToArray();
        var ends = folds.Select((_, k) => folds.Take(k + 1).Sum(f => f.Test.Length)).ToArray();
        var windows = learners.Select(_ => new List<WindowScore>()).ToArray();
        var predictions = learners.Select(_ => new List<float>()).ToArray();
        for (var k = 0; k < folds.Count; k++)
        {
            var (train, test) = (table.Take(folds[k].Train), table.Take(folds[k].Test));
            var (known, truth) = (Pick(target, folds[k].Train), Pick(target, folds[k].Test));
            for (var l = 0; l < learners.Count; l++)
            {
                cancel.ThrowIfCancellationRequested();
                var predicted = learners[l].Fit(train, known)(test);
                windows[l].Add(new WindowScore(
                    known.Length, truth.Length, truth.Count(y => y > 0.5f), Quality.Auc(predicted, truth), Quality.LogLoss(predicted, truth), Quality.Brier(predicted, truth)));
                predictions[l].AddRange(predicted);
                progress?.Report((k * learners.Count + l + 1.0) / (folds.Count * learners.Count));
            }
        }

        return new BacktestResult(rows, Pick(target, rows), ends, learners.Select((l, i) => new LearnerResult(l.Name, windows[i], predictions[i].ToArray())).ToArray());
    }

    private static float[] Pick(float[] values, int[] rows) => rows.Select(r => values[r]).ToArray();
}
