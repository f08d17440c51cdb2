using Trellis.Compute.Statistics;

namespace Trellis.Compute.Learning;

/// <summary>How much a model needs a feature.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Loss">Mean rise of the loss when the feature's values are shuffled; at or below 0 the model does not need it.</param>
/// <param name="Error">Standard error of that mean over the repeats.</param>
public sealed record FeatureImportance(string Feature, double Loss, double Error);

/// <summary>Permutation importance (Breiman 2001, doi:10.1023/A:1010933404324; model-agnostic form of Fisher, Rudin, Dominici 2019).</summary>
public static class Importance
{
    /// <summary>Shuffles each feature in turn and measures how much worse the predictions become. Use rows the model was not fitted on.</summary>
    /// <param name="table">Held-out rows.</param>
    /// <param name="target">Their outcomes.</param>
    /// <param name="predict">The model.</param>
    /// <param name="loss">Lower is better, for example <c>Quality.LogLoss</c>.</param>
    /// <param name="repeats">Shuffles per feature, at least 2.</param>
    /// <param name="seed">Seed of the shuffles.</param>
    /// <param name="cancel">Checked before each shuffle.</param>
    /// <returns>Most needed first.</returns>
    public static FeatureImportance[] Permutation(
        Table table, float[] target, Func<Table, float[]> predict, Func<float[], float[], double> loss, int repeats = 5, ulong seed = 1, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 2);
        var plain = loss(predict(table), target);
        var dice = new Dice(seed);
        var order = Enumerable.Range(0, table.Rows).ToArray();
        var result = new List<FeatureImportance>();
        foreach (var column in table.Columns)
        {
            var rises = new double[repeats];
            for (var r = 0; r < repeats; r++)
            {
                cancel.ThrowIfCancellationRequested();
                dice.Shuffle<int>(order);
                rises[r] = loss(predict(table.Replace(column.Take(order))), target) - plain;
            }

            var mean = rises.Average();
            var error = Math.Sqrt(rises.Sum(x => (x - mean) * (x - mean)) / (repeats - 1) / repeats);
            result.Add(new FeatureImportance(column.Name, mean, error));
        }

        return result.OrderByDescending(i => i.Loss).ThenBy(i => i.Feature, StringComparer.Ordinal).ToArray();
    }
}
