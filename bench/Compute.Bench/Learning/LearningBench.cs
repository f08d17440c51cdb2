using System.Globalization;
using Trellis.Compute.Cli;
using Trellis.Compute.Learning;

namespace Trellis.Compute.Bench.Learning;

/// <summary>Fitting, scoring, explaining and judging, at the size of the bank-marketing data and as it grows.</summary>
public static class LearningBench
{
    private const int BankRows = 45_211;

    public static IEnumerable<BenchLine> Run(double scale)
    {
        var rows = Scaled(BankRows, scale);
        var (table, target) = LearningData.Make(rows, 1);
        var (cold, coldBytes, _) = BenchTable.Measure(() => Boosting.Fit(table, target));
        yield return new BenchLine($"boosting fit, {rows:N0} × 16, first call", cold, null, coldBytes, "compilation included; 100 trees × 31 leaves, seed 1; goal ≤ 0.6 s");
        var (fit, fitBytes, model) = BenchTable.Measure(() => Boosting.Fit(table, target));
        var (naive, _, plain) = BenchTable.Measure(() => NaiveBoosting.Fit(table, target, new BoostingOptions()));
        var note = $"100 trees × 31 leaves, seed 1; training area {Quality.Auc(model.Score(table), target):0.0000}, naive {Quality.Auc(plain, target):0.0000}; goal ≤ 0.6 s";
        yield return new BenchLine($"boosting fit, {rows:N0} × 16", fit, naive, fitBytes, note);
        var (two, twoBytes, _) = BenchTable.Measure(() => Boosting.Fit(table, target, new BoostingOptions { Threads = 2 }));
        yield return new BenchLine($"boosting fit, {rows:N0} × 16, two threads", two, naive, twoBytes, "same model to the last bit");
        foreach (var line in Bank()) yield return line;
        foreach (var line in Scoring(model, scale)) yield return line;
        var some = table.Take(Enumerable.Range(0, Math.Min(rows, 10_000)).ToArray());
        var (shap, shapBytes, effects) = BenchTable.Measure(() => model.Contributions(some));
        var (slow, _, same) = BenchTable.Measure(() => NaiveShap.Contributions(model, some));
        var apart = effects.Zip(same).Max(p => p.First.Zip(p.Second).Max(e => Math.Abs(e.First - e.Second)));
        yield return new BenchLine($"exact TreeSHAP, {some.Rows:N0} rows", shap, slow, shapBytes, string.Create(CultureInfo.InvariantCulture, $"{shap / some.Rows * 1e6:0} µs a row; baseline is the usual algorithm, differing by at most {apart:0.0e0}"));
        var (line1, lineBytes, _) = BenchTable.Measure(() => Logistic.Fit(table, target));
        yield return new BenchLine($"logistic regression, {rows:N0} × 16", line1, null, lineBytes, "Newton, one entry per feature and row");
        foreach (var line in Growth(scale)) yield return line;
    }

    private static IEnumerable<BenchLine> Bank()
    {
        var path = Path.Combine(LearningData.Root(), "..", "shared", "data", "bank-marketing", "bank_market.csv");
        if (!File.Exists(path)) yield break;
        var csv = LearningCsv.Read(path);
        var target = csv.Outcomes("y", "yes");
        foreach (var (without, goal) in new[] { ("", 0.934), ("duration", 0.8) })
        {
            var table = csv.Features(csv.Names.Where(n => n != "y" && n != "Cust_num" && n != without));
            var (cpu, bytes, _) = BenchTable.Measure(() => Boosting.Fit(table, target));
            var areas = Folds.Stratified(target, 5, 1).Select(f =>
                Quality.Auc(Boosting.Fit(table.Take(f.Train), Pick(target, f.Train)).Predict(table.Take(f.Test)), Pick(target, f.Test))).ToArray();
            var name = without.Length > 0 ? $"bank-marketing without {without}" : "bank-marketing";
            yield return new BenchLine($"boosting fit, {name}", cpu, null, bytes, string.Create(CultureInfo.InvariantCulture, $"5-fold area {areas.Average():0.0000}, goal ≥ {goal}; fit ≤ 0.6 s"));
        }
    }

    private static IEnumerable<BenchLine> Scoring(BoostedModel model, double scale)
    {
        foreach (var size in (int[])[10_000, 100_000, 1_000_000, 10_000_000])
        {
            var rows = Scaled(size, scale);
            var (table, _) = LearningData.Make(rows, 2);
            var (cpu, bytes, scores) = BenchTable.Measure(() => model.Score(table));
            double? naive = null;
            if (size <= 1_000_000) naive = BenchTable.Measure(() => NaiveBoosting.Walk(model, table)).Cpu;
            yield return new BenchLine($"scoring, {rows:N0} rows × 100 trees", cpu, naive, bytes, string.Create(CultureInfo.InvariantCulture, $"{rows / cpu / 1e6:0.0}M rows/s; goal ≥ 1M rows/s; seed 2"));
        }
    }

    private static IEnumerable<BenchLine> Growth(double scale)
    {
        foreach (var size in (int[])[10_000, 100_000, 1_000_000, 10_000_000])
        {
            // The largest size takes a minute; it is run at full scale only.
            if (size > 1_000_000 && scale < 1) continue;
            var rows = Scaled(size, scale);
            var (table, target) = LearningData.Make(rows, 3);
            var (cpu, bytes, _) = BenchTable.Measure(() => Boosting.Fit(table, target));
            yield return new BenchLine($"growth: boosting fit, {rows:N0} × 16", cpu, null, bytes, string.Create(CultureInfo.InvariantCulture, $"{cpu / rows * 1e6:0.00} µs a row; seed 3"));
        }
    }

    private static float[] Pick(float[] values, int[] rows) => rows.Select(r => values[r]).ToArray();

    private static int Scaled(int size, double scale) => Math.Max(1000, (int)(size * scale));
}
