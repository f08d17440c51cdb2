using Trellis.Compute.Learning;

namespace Trellis.Compute.Bench.Learning;

/// <summary>
/// Boosting as one would first write it: the same histograms and best-first leaves, but in doubles, column by column, every node's histogram built from its
/// rows, categories cut in the order of their codes.
/// </summary>
internal static class NaiveBoosting
{
    public static float[] Fit(Table table, float[] target, BoostingOptions options)
    {
        var columns = table.Columns.Select(c => Bin(c, options.Bins)).ToArray();
        var scores = Enumerable.Repeat(Math.Log(target.Average() / (1 - target.Average())), target.Length).ToArray();
        for (var t = 0; t < options.Trees; t++)
        {
            var g = scores.Select((s, i) => 1 / (1 + Math.Exp(-s)) - target[i]).ToArray();
            var h = scores.Select(s => Math.Max(1e-7, Math.Exp(-s) / Math.Pow(1 + Math.Exp(-s), 2))).ToArray();
            var leaves = new List<(int[] Rows, (double Gain, int Feature, int Cut) Best)>();
            var all = Enumerable.Range(0, target.Length).ToArray();
            leaves.Add((all, Best(columns, all, g, h, options)));
            while (leaves.Count < options.Leaves)
            {
                var k = Enumerable.Range(0, leaves.Count).MaxBy(l => leaves[l].Best.Gain);
                var (rows, best) = leaves[k];
                if (best.Gain <= options.LeastGain) break;
                var left = rows.Where(i => columns[best.Feature][i] <= best.Cut).ToArray();
                var right = rows.Where(i => columns[best.Feature][i] > best.Cut).ToArray();
                leaves[k] = (left, Best(columns, left, g, h, options));
                leaves.Add((right, Best(columns, right, g, h, options)));
            }

            foreach (var (rows, _) in leaves)
            {
                var value = -options.Rate * rows.Sum(i => g[i]) / (rows.Sum(i => h[i]) + options.Penalty);
                foreach (var i in rows) scores[i] += value;
            }
        }

        return scores.Select(s => (float)s).ToArray();
    }

    /// <summary>Scores row by row, tree by tree.</summary>
    public static float[] Walk(BoostedModel model, Table table)
    {
        var view = new BinView(model.Bins, table);
        var bins = new byte[model.Bins.Length];
        var scores = new float[table.Rows];
        for (var i = 0; i < scores.Length; i++)
        {
            view.WriteRow(i, bins);
            scores[i] = model.ScoreRow(bins);
        }

        return scores;
    }

    private static int[] Bin(Column column, int most)
    {
        if (column is CategoryColumn c) return c.Codes.Select(v => v + 1).ToArray();
        var values = ((NumberColumn)column).Values;
        var sorted = values.Where(v => !float.IsNaN(v)).Order().ToArray();
        var cuts = Enumerable.Range(1, most - 1).Select(p => sorted[(long)p * (sorted.Length - 1) / most]).Distinct().ToArray();
        return values.Select(v => float.IsNaN(v) ? 0 : 1 + (Array.BinarySearch(cuts, v) is var at && at >= 0 ? at : ~at)).ToArray();
    }

    private static (double Gain, int Feature, int Cut) Best(int[][] columns, int[] rows, double[] g, double[] h, BoostingOptions options)
    {
        var best = (Gain: 0.0, Feature: -1, Cut: 0);
        for (var f = 0; f < columns.Length; f++)
        {
            var (sg, sh, n) = (new double[257], new double[257], new int[257]);
            foreach (var i in rows)
            {
                sg[columns[f][i]] += g[i];
                sh[columns[f][i]] += h[i];
                n[columns[f][i]]++;
            }

            double tg = sg.Sum(), th = sh.Sum(), lg = 0, lh = 0;
            var count = 0;
            for (var cut = 0; cut < 256; cut++)
            {
                (lg, lh, count) = (lg + sg[cut], lh + sh[cut], count + n[cut]);
                if (count < options.LeafRows || rows.Length - count < options.LeafRows) continue;
                var gain = lg * lg / (lh + options.Penalty) + (tg - lg) * (tg - lg) / (th - lh + options.Penalty) - tg * tg / (th + options.Penalty);
                if (gain > best.Gain) best = (gain, f, cut);
            }
        }

        return best;
    }
}
