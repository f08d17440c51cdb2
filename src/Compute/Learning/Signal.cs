using System.Globalization;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Learning;

/// <summary>What a backtest allows one to claim.</summary>
public enum Verdict
{
    /// <summary>Too few outcomes to say anything.</summary>
    TooThin,

    /// <summary>No model was shown to beat the base rate out of time.</summary>
    NoUsableSignal,

    /// <summary>There is a signal, but the naive rule carries as much of it.</summary>
    RuleIsEnough,

    /// <summary>A model beats the base rate and the naive rule.</summary>
    Usable,
}

/// <summary>The settings of the test for a usable signal.</summary>
public sealed record SignalOptions
{
    /// <summary>Two-sided coverage of the intervals before they are shared among the models tried.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Share of the base rate's log-loss that a model must save to be worth showing.</summary>
    public double LeastSaving { get; init; } = 0.005;

    /// <summary>Fewest tested rows of each class.</summary>
    public int LeastOutcomes { get; init; } = 50;

    /// <summary>Consecutive blocks of tested rows whose mean gains are taken as independent.</summary>
    public int Blocks { get; init; } = 20;
}

/// <summary>How one model compares with the base rate out of time.</summary>
/// <param name="Learner">Its name.</param>
/// <param name="Auc">Area under the ROC curve within windows, with interval.</param>
/// <param name="Gain">Log-loss of the base rate less that of the model, nats per row, with interval; positive is better.</param>
/// <param name="OverRule">The same against the naive rule, when one was tried.</param>
/// <param name="Saving">Gain as a share of the base rate's log-loss.</param>
public sealed record ModelEvidence(string Learner, Interval Auc, Interval Gain, Interval? OverRule, double Saving);

/// <summary>The verdict with its grounds.</summary>
/// <param name="Verdict">What may be claimed.</param>
/// <param name="Best">Name of the model to use; null unless the verdict is <see cref="Verdict.Usable"/>.</param>
/// <param name="BaseLogLoss">Log-loss of the base rate on the tested rows.</param>
/// <param name="Models">Evidence for each model tried.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record SignalReport(Verdict Verdict, string? Best, double BaseLogLoss, IReadOnlyList<ModelEvidence> Models, string Reason);

/// <summary>
/// Decides whether predictions may be shown at all. A model has a usable signal when, on rows later than all it learnt from, (1) the interval of its
/// log-loss gain over the base rate lies above 0, (2) the interval of its area under the ROC curve lies above ½, and (3) the gain is at least
/// <see cref="SignalOptions.LeastSaving"/> of the base rate's loss. The interval of the gain is Student's over means of consecutive blocks, which stays
/// honest when neighbouring rows depend on each other (Ibragimov and Müller 2010, doi:10.1198/jbes.2009.08046); that of the area is DeLong's within
/// windows, pooled by inverse variance. Trying several models divides the error among them (Bonferroni).
/// </summary>
public static class Signal
{
    /// <summary>Judges a time-split backtest whose first learner is <see cref="Learner.BaseRate"/>.</summary>
    /// <param name="backtest">From <see cref="Backtest.Run"/>.</param>
    /// <param name="rule">Position of the naive rule among the results; null when none was tried.</param>
    /// <param name="options">Settings; defaults when null.</param>
    public static SignalReport Judge(BacktestResult backtest, int? rule = null, SignalOptions? options = null)
    {
        options ??= new SignalOptions();
        var baseline = backtest.Results[0];
        if (baseline.Learner != Learner.BaseRate.Name) throw new ArgumentException("The first learner must be the base rate.", nameof(backtest));
        var positives = backtest.Target.Count(y => y > 0.5f);
        var negatives = backtest.Target.Length - positives;
        var models = Enumerable.Range(1, backtest.Results.Count - 1).Where(i => i != rule).ToArray();
        if (Math.Min(positives, negatives) < Math.Max(options.LeastOutcomes, options.Blocks))
        {
            var thin = string.Create(CultureInfo.InvariantCulture, $"Too few outcomes to judge: {positives} of one kind and {negatives} of the other out of time; at least {options.LeastOutcomes} of each are needed.");
            return new SignalReport(Verdict.TooThin, null, baseline.LogLoss, [], thin);
        }

        var level = 1 - (1 - options.Level) / Math.Max(1, models.Length);
        var evidence = models.Select(m => Weigh(backtest, backtest.Results[m], rule, level, options)).ToArray();
        var good = evidence.Where(e => e.Gain.Low > 0 && e.Auc.Low > 0.5 && e.Saving >= options.LeastSaving).OrderByDescending(e => e.Gain.Value).ToArray();
        if (good.Length == 0) return new SignalReport(Verdict.NoUsableSignal, null, baseline.LogLoss, evidence, Silence(evidence, options));
        var better = good.FirstOrDefault(e => e.OverRule is not { } over || over.Low > 0);
        if (better is null)
        {
            var enough = $"There is a signal, but {backtest.Results[rule!.Value].Learner} carries as much of it: no model was shown to do better (best: {good[0].Learner}, {good[0].OverRule} nats per row over the rule).";
            return new SignalReport(Verdict.RuleIsEnough, null, baseline.LogLoss, evidence, enough);
        }

        var reason = string.Create(CultureInfo.InvariantCulture, $"Usable: on later rows {better.Learner} ranks with an area of {better.Auc} and saves {better.Gain} nats per row ({better.Saving:0.0%} of the base rate's loss).");
        return new SignalReport(Verdict.Usable, better.Learner, baseline.LogLoss, evidence, reason);
    }

    private static ModelEvidence Weigh(BacktestResult backtest, LearnerResult model, int? rule, double level, SignalOptions options)
    {
        var baseline = backtest.Results[0];
        var gain = MeanGain(backtest.Target, baseline.Predictions, model.Predictions, level, options.Blocks);
        Interval? over = rule is { } r ? MeanGain(backtest.Target, backtest.Results[r].Predictions, model.Predictions, level, options.Blocks) : null;
        return new ModelEvidence(model.Learner, PooledAuc(backtest, model, level), gain, over, gain.Value / baseline.LogLoss);
    }

    private static Interval MeanGain(float[] target, float[] from, float[] to, double level, int blocks)
    {
        var means = new double[blocks];
        for (var b = 0; b < blocks; b++)
        {
            var (start, end) = ((int)((long)target.Length * b / blocks), (int)((long)target.Length * (b + 1) / blocks));
            for (var i = start; i < end; i++) means[b] += (Quality.LogLoss(from[i], target[i]) - Quality.LogLoss(to[i], target[i])) / (end - start);
        }

        var mean = means.Average();
        var error = Math.Sqrt(means.Sum(m => (m - mean) * (m - mean)) / (blocks - 1) / blocks);
        var half = Normal.Student(level, blocks - 1) * error;
        return new Interval(mean, mean - half, mean + half);
    }

    private static Interval PooledAuc(BacktestResult backtest, LearnerResult model, double level)
    {
        double sum = 0, weight = 0;
        var z = Normal.Quantile(0.5 + level / 2);
        for (var (w, from) = (0, 0); w < backtest.WindowEnds.Length; from = backtest.WindowEnds[w++])
        {
            var to = backtest.WindowEnds[w];
            var (area, deviation) = Quality.AucSpread(model.Predictions.AsSpan(from, to - from), backtest.Target.AsSpan(from, to - from));
            if (!(deviation > 0)) continue;
            sum += area / (deviation * deviation);
            weight += 1 / (deviation * deviation);
        }

        // Where every window separates the classes perfectly there is no variance to weigh by; the area over all rows stands in.
        if (weight == 0) return Quality.AucInterval(model.Predictions, backtest.Target, level);
        return new Interval(sum / weight, sum / weight - z / Math.Sqrt(weight), sum / weight + z / Math.Sqrt(weight));
    }

    private static string Silence(ModelEvidence[] evidence, SignalOptions options)
    {
        var parts = evidence.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Learner}: area {e.Auc}, gain {e.Gain} nats per row"));
        return string.Create(CultureInfo.InvariantCulture, $"No usable signal: on later rows no model was shown to beat the base rate by {options.LeastSaving:0.0%} of its loss ({string.Join("; ", parts)}). Show the base rate instead.");
    }
}
