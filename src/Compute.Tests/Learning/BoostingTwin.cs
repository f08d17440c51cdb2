using Trellis.Compute.Learning;

namespace Trellis.Compute.Tests.Learning;

/// <summary>Boosting as one would write it on paper: doubles, no bins, every cut of every leaf tried from scratch.</summary>
internal static class BoostingTwin
{
    public static double[] Score(float[][] x, float[] y, BoostingOptions options)
    {
        var mean = y.Average(v => (double)v);
        var scores = Enumerable.Repeat(options.Goal == Goal.Probability ? Math.Log(mean / (1 - mean)) : mean, y.Length).ToArray();
        for (var t = 0; t < options.Trees; t++)
        {
            var g = scores.Select((s, i) => options.Goal == Goal.Probability ? 1 / (1 + Math.Exp(-s)) - y[i] : s - y[i]).ToArray();
            var h = scores.Select(s => options.Goal == Goal.Probability ? Math.Exp(-s) / Math.Pow(1 + Math.Exp(-s), 2) : 1).ToArray();
            var leaves = new List<int[]> { Enumerable.Range(0, y.Length).ToArray() };
            while (leaves.Count < options.Leaves)
            {
                var best = leaves.Select((rows, l) => (Leaf: l, Cut: Best(x, rows, g, h, options))).MaxBy(c => c.Cut.Gain);
                if (best.Cut.Gain <= options.LeastGain) break;
                var whole = leaves[best.Leaf];
                leaves[best.Leaf] = whole.Where(i => x[best.Cut.Feature][i] <= best.Cut.At).ToArray();
                leaves.Add(whole.Where(i => x[best.Cut.Feature][i] > best.Cut.At).ToArray());
            }

            foreach (var rows in leaves)
            {
                var value = -options.Rate * rows.Sum(i => g[i]) / (rows.Sum(i => h[i]) + options.Penalty);
                foreach (var i in rows) scores[i] += value;
            }
        }

        return scores;
    }

    private static (double Gain, int Feature, float At) Best(float[][] x, int[] rows, double[] g, double[] h, BoostingOptions options)
    {
        var best = (Gain: 0.0, Feature: -1, At: 0f);
        for (var f = 0; f < x.Length; f++)
            foreach (var at in rows.Select(i => x[f][i]).Distinct().Order().SkipLast(1))
            {
                var left = rows.Where(i => x[f][i] <= at).ToArray();
                var right = rows.Where(i => x[f][i] > at).ToArray();
                var gain = Part(left) + Part(right) - Part(rows);
                if (gain > best.Gain + 1e-9) best = (gain, f, at);
            }

        return best;

        double Part(int[] some) => Math.Pow(some.Sum(i => g[i]), 2) / (some.Sum(i => h[i]) + options.Penalty);
    }
}
