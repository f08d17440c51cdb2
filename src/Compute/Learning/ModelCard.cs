using System.Globalization;
using System.Text;

namespace Trellis.Compute.Learning;

/// <summary>What anyone who relies on a model should know (after Mitchell et al. 2019, "Model cards for model reporting", doi:10.1145/3287560.3287596).</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Predicts">What its numbers mean.</param>
/// <param name="Method">How it was fitted, with settings.</param>
/// <param name="Rows">Rows it learnt from.</param>
/// <param name="BaseRate">Mean outcome of those rows.</param>
/// <param name="Evidence">Verdict of the time-split backtest.</param>
/// <param name="Backtest">Window by window, for each learner tried.</param>
/// <param name="Reliability">Predicted against observed out of time.</param>
/// <param name="Importance">Which features it needs.</param>
/// <param name="Limits">Where it should not be used.</param>
public sealed record ModelCard(
    string Name, string Predicts, string Method, int Rows, double BaseRate, SignalReport Evidence, IReadOnlyList<LearnerResult> Backtest,
    IReadOnlyList<Reliability> Reliability, IReadOnlyList<FeatureImportance> Importance, IReadOnlyList<string> Limits)
{
    /// <summary>Whether the model may be shown to users.</summary>
    public bool MayBeShown => Evidence.Verdict == Verdict.Usable;

    /// <summary>Limits that follow from the data themselves.</summary>
    public static IReadOnlyList<string> LimitsOf(Table table, float[] target, SignalReport evidence, IReadOnlyList<Reliability> reliability)
    {
        var c = CultureInfo.InvariantCulture;
        var limits = new List<string>();
        if (evidence.Verdict != Verdict.Usable) limits.Add($"Not to be shown as a prediction: {evidence.Reason}");
        var fewer = Math.Min(target.Count(y => y > 0.5f), target.Count(y => y <= 0.5f));
        if (fewer < 20 * table.Columns.Count) limits.Add(string.Create(c, $"Only {fewer} rows of the rarer outcome for {table.Columns.Count} features; expect it to change as data come in."));
        foreach (var column in table.Columns)
        {
            var missing = Enumerable.Range(0, column.Rows).Count(i => column is NumberColumn n ? float.IsNaN(n.Values[i]) : ((CategoryColumn)column).Codes[i] < 0);
            if (missing * 2 > column.Rows) limits.Add(string.Create(c, $"{column.Name} is missing in {(double)missing / column.Rows:0%} of rows."));
        }

        if (reliability.Count > 0 && reliability.Any(r => r.Predicted < r.Observed.Low || r.Predicted > r.Observed.High))
            limits.Add(string.Create(c, $"On later rows probabilities were off by {Learning.Reliability.ExpectedError(reliability):0.000} on average."));
        limits.Add("It says what went together in the past, not what would happen if a feature were changed.");
        return limits;
    }

    /// <summary>The card as Markdown.</summary>
    public string ToMarkdown()
    {
        var c = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.Append(c, $"# {Name}\n\nPredicts {Predicts}. {Method}. Learnt from {Rows} rows; base rate {BaseRate:0.000}.\n\n**{Evidence.Verdict}.** {Evidence.Reason}\n\n");
        text.Append("| model | log-loss | Brier | area by window |\n| --- | ---: | ---: | --- |\n");
        foreach (var result in Backtest)
            text.Append(c, $"| {result.Learner} | {result.LogLoss:0.0000} | {result.Brier:0.0000} | {string.Join(" ", result.Windows.Select(w => w.Auc.ToString("0.000", c)))} |\n");
        text.Append("\n| predicted | observed | rows |\n| ---: | ---: | ---: |\n");
        foreach (var part in Reliability) text.Append(c, $"| {part.Predicted:0.000} | {part.Observed} | {part.Rows} |\n");
        text.Append("\n| feature | loss when shuffled |\n| --- | ---: |\n");
        foreach (var feature in Importance) text.Append(c, $"| {feature.Feature} | {feature.Loss:0.00000} ± {feature.Error:0.00000} |\n");
        text.Append("\nLimits:\n");
        foreach (var limit in Limits) text.Append(c, $"- {limit}\n");
        return text.ToString();
    }
}
