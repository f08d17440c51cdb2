using System.Globalization;
using System.Text;

namespace Trellis.Compute.Learning;

/// <summary>What one feature did to one prediction.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Shown">Its value in this row, as a person reads it.</param>
/// <param name="Effect">Shapley value on the link scale (log-odds for a probability).</param>
public sealed record Contribution(string Feature, string Shown, double Effect);

/// <summary>Why a prediction is what it is. <c>Baseline + Σ Effect = Score</c>.</summary>
/// <param name="Baseline">Mean score over the training rows, link scale.</param>
/// <param name="Score">The row's score, link scale.</param>
/// <param name="Prediction">The row's prediction on the target's own scale.</param>
/// <param name="Usual">The baseline on the target's own scale.</param>
/// <param name="Contributions">One per feature, largest effect first.</param>
public sealed record Explanation(double Baseline, double Score, double Prediction, double Usual, IReadOnlyList<Contribution> Contributions)
{
    /// <summary>One sentence with the strongest reasons.</summary>
    public string ToText(int reasons = 4)
    {
        var c = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.Append(c, $"Predicted {Prediction:0.###} where {Usual:0.###} is usual");
        Append(text, "; raised by ", Contributions.Where(x => x.Effect > 0).Take(reasons));
        Append(text, "; lowered by ", Contributions.Where(x => x.Effect < 0).Take(reasons));
        return text.Append('.').ToString();
    }

    private static void Append(StringBuilder text, string lead, IEnumerable<Contribution> some)
    {
        var parts = some.Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.Feature} = {x.Shown} ({x.Effect:+0.00;−0.00})")).ToArray();
        if (parts.Length > 0) text.Append(lead).AppendJoin(", ", parts);
    }
}

/// <summary>Explanations of boosted models.</summary>
public static class Explaining
{
    /// <summary>Exact Shapley contributions of one row (see <see cref="TreeShap"/> for the game and source).</summary>
    /// <exception cref="ArgumentException">The table lacks a feature of the model.</exception>
    public static Explanation Explain(this BoostedModel model, Table table, int row)
    {
        var view = new BinView(model.Bins, table);
        var bins = new byte[model.Bins.Length];
        view.WriteRow(row, bins);
        var effects = new double[bins.Length];
        double baseline = model.Start;
        foreach (var tree in model.Trees) baseline += TreeShap.Add(tree, bins, effects);
        var score = baseline + effects.Sum();
        var contributions = effects
            .Select((e, f) => new Contribution(model.Bins[f].Name, view.Show(f, row), e))
            .OrderByDescending(c => Math.Abs(c.Effect)).ThenBy(c => c.Feature, StringComparer.Ordinal).ToArray();
        return new Explanation(baseline, score, Unlink(model.Goal, score), Unlink(model.Goal, baseline), contributions);
    }

    /// <summary>Shapley contributions of every row, row by row, one number per feature in the model's order.</summary>
    public static double[][] Contributions(this BoostedModel model, Table table, int threads = 1, CancellationToken cancel = default)
    {
        var view = new BinView(model.Bins, table);
        var result = new double[table.Rows][];
        const int piece = 256;
        Work.Run((table.Rows + piece - 1) / piece, threads, cancel, p =>
        {
            var bins = new byte[model.Bins.Length];
            for (var row = p * piece; row < Math.Min(table.Rows, (p + 1) * piece); row++)
            {
                view.WriteRow(row, bins);
                result[row] = new double[bins.Length];
                foreach (var tree in model.Trees) TreeShap.Add(tree, bins, result[row]);
            }
        });
        return result;
    }

    internal static double Unlink(Goal goal, double score) => goal switch
    {
        Goal.Probability => 1 / (1 + Math.Exp(-score)),
        Goal.Count => Math.Exp(score),
        _ => score,
    };
}
