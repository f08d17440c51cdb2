using System.Globalization;

namespace Trellis.Compute.Learning;

/// <summary>What a careful fit needs to know.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Predicts">What a probability means, for example "the chance that a registered deal is won".</param>
/// <param name="Table">Features known when the prediction would be made.</param>
/// <param name="Target">0 or 1 per row.</param>
/// <param name="Asked">When each prediction would have been made, any unit.</param>
/// <param name="Known">When each outcome became known, same unit; <paramref name="Asked"/> when null.</param>
/// <param name="Rule">Category whose past rate is the naive rule; null for none.</param>
public sealed record Question(string Name, string Predicts, Table Table, float[] Target, double[] Asked, double[]? Known = null, string? Rule = null);

/// <summary>
/// A probability model made the careful way: boosting and logistic regression are tried on later rows against the base rate and the naive rule, the
/// better one is fitted on all rows; when neither shows a usable signal, only the base rate is given.
/// </summary>
public sealed class CarefulModel
{
    private CarefulModel(CalibratedTrees? trees, LogisticModel? line, ModelCard card) => (Trees, Line, Card) = (trees, line, card);

    /// <summary>What to know about the model.</summary>
    public ModelCard Card { get; }

    /// <summary>The trees, unless the logistic regression was better.</summary>
    public CalibratedTrees? Trees { get; }

    /// <summary>The logistic regression, when it was better.</summary>
    public LogisticModel? Line { get; }

    /// <summary>Calibrated probabilities; the base rate for every row when the card forbids showing predictions.</summary>
    public float[] Predict(Table table) => Card.MayBeShown
        ? Trees?.Predict(table) ?? Line!.Predict(table)
        : Enumerable.Repeat((float)Card.BaseRate, table.Rows).ToArray();

    /// <summary>Why one row is predicted as it is (trees: before calibration); null when the card forbids showing predictions.</summary>
    public Explanation? Explain(Table table, int row) => !Card.MayBeShown ? null : Trees?.Model.Explain(table, row) ?? Line!.Explain(table, row);

    /// <summary>Backtests by time, judges, calibrates, fits on all rows and writes the card.</summary>
    /// <exception cref="ArgumentException">Lengths differ, a target is neither 0 nor 1, or no window has rows before and in it.</exception>
    public static CarefulModel Fit(Question question, BoostingOptions? options = null, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        options = (options ?? new BoostingOptions()) with { Goal = Goal.Probability };
        var (table, target) = (question.Table, question.Target);
        List<Learner> learners = [Learner.BaseRate, Learner.Boosted(options), Learner.Linear()];
        if (question.Rule is not null) learners.Add(Learner.OwnRate(question.Rule));
        var folds = Folds.ByTime(question.Asked, question.Known);
        var backtest = Backtest.Run(table, target, folds, learners, progress, cancel);
        var evidence = Signal.Judge(backtest, question.Rule is null ? null : 3);
        var chosen = evidence.Best == learners[2].Name ? 2 : 1;
        var result = backtest.Results[chosen];
        var reliability = Reliability.Of(result.Predictions, backtest.Target);
        var last = folds[^1];
        var held = learners[chosen].Fit(table.Take(last.Train), last.Train.Select(i => target[i]).ToArray());
        var importance = Importance.Permutation(
            table.Take(last.Test), last.Test.Select(i => target[i]).ToArray(), held, (p, y) => Quality.LogLoss(p, y), 3, options.Seed, cancel);
        var card = new ModelCard(
            question.Name, question.Predicts, Method(chosen, options), table.Rows, Targets.Mean(target, null), evidence, backtest.Results, reliability,
            importance, ModelCard.LimitsOf(table, target, evidence, reliability));
        return chosen == 2
            ? new CarefulModel(null, Logistic.Fit(table, target, Learner.LinearPenalty, null, cancel), card)
            : new CarefulModel(CalibratedTrees.Fit(table, target, options, cancel), null, card);
    }

    private static string Method(int chosen, BoostingOptions options) => chosen == 2
        ? string.Create(CultureInfo.InvariantCulture, $"Logistic regression, penalty {Learner.LinearPenalty}")
        : string.Create(CultureInfo.InvariantCulture, $"Gradient boosting, {options.Trees} trees of up to {options.Leaves} leaves, rate {options.Rate}, seed {options.Seed}, calibrated by a sigmoid on unseen rows");
}
