using Trellis.Compute.Learning;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Tests.Learning;

public sealed class BoostingTests
{
    [Theory]
    [InlineData(Goal.Probability)]
    [InlineData(Goal.Mean)]
    public void The_first_trees_equal_those_of_an_obvious_twin_that_tries_every_cut(Goal goal)
    {
        var dice = new Dice(5);
        var columns = Enumerable.Range(0, 3).Select(j => new NumberColumn($"x{j}", Enumerable.Range(0, 200).Select(_ => (float)dice.Below(40)).ToArray())).ToArray();
        var target = Enumerable.Range(0, 200).Select(i => goal == Goal.Mean ? columns[0].Values[i] * 0.3f + (columns[1].Values[i] > 20 ? 5 : 0) + (float)dice.Normal()
            : columns[0].Values[i] + 10 * dice.Normal() > 20 ? 1f : 0f).ToArray();
        var table = new Table(columns);
        var options = new BoostingOptions { Goal = goal, Trees = 5, Leaves = 8, LeafRows = 1, Rate = 0.3, Penalty = 1 };
        var ours = Boosting.Fit(table, target, options).Score(table);
        var twin = BoostingTwin.Score(columns.Select(c => c.Values).ToArray(), target, options);
        for (var i = 0; i < ours.Length; i++) ours[i].ShouldBe((float)twin[i], 1e-3f);
    }

    [Fact]
    public void The_model_is_the_same_to_the_last_bit_for_any_number_of_threads()
    {
        var (table, target) = Made.Mixed(150_000, 3);
        var options = new BoostingOptions { Trees = 10, FeatureShare = 0.6 };
        var one = ModelFile.Write(Boosting.Fit(table, target, options));
        foreach (var threads in (int[])[2, 3, 7])
            ModelFile.Write(Boosting.Fit(table, target, options with { Threads = threads })).ShouldBe(one);
    }

    [Fact]
    public void Scoring_by_blocks_equals_walking_each_tree_whatever_the_threads()
    {
        var (table, target) = Made.Mixed(3000, 4);
        foreach (var leaves in (int[])[2, 31, 32, 33, 200])
        {
            var model = Boosting.Fit(table, target, new BoostingOptions { Trees = 12, Leaves = leaves, LeafRows = 3 });
            var view = new BinView(model.Bins, table);
            var bins = new byte[model.Bins.Length];
            var scores = model.Score(table);
            model.Score(table, threads: 4).ShouldBe(scores);
            for (var row = 0; row < table.Rows; row++)
            {
                view.WriteRow(row, bins);
                scores[row].ShouldBe(model.ScoreRow(bins));
            }
        }
    }

    [Fact]
    public void Categories_with_more_levels_than_a_shuffle_holds_are_scored_alike()
    {
        var dice = new Dice(9);
        var codes = Enumerable.Range(0, 20_000).Select(_ => dice.Below(150)).ToArray();
        var table = new Table([new CategoryColumn("partner", codes, Enumerable.Range(0, 150).Select(i => $"p{i}").ToArray())]);
        var target = codes.Select(c => dice.Unit() < (c % 3 == 0 ? 0.7 : 0.3) ? 1f : 0f).ToArray();
        var model = Boosting.Fit(table, target, new BoostingOptions { Trees = 40 });
        var view = new BinView(model.Bins, table);
        var bins = new byte[1];
        var scores = model.Score(table);
        for (var row = 0; row < 500; row++)
        {
            view.WriteRow(row, bins);
            scores[row].ShouldBe(model.ScoreRow(bins));
        }

        Quality.Auc(scores, target).ShouldBeGreaterThan(0.69);
    }

    [Fact]
    public void Missing_values_are_learnt_from()
    {
        var dice = new Dice(2);
        var values = Enumerable.Range(0, 2000).Select(_ => dice.Below(2) == 0 ? float.NaN : (float)dice.Normal()).ToArray();
        var target = values.Select(v => float.IsNaN(v) ? 1f : 0f).ToArray();
        var table = new Table([new NumberColumn("x", values)]);
        var predicted = Boosting.Fit(table, target).Predict(table);
        Quality.Auc(predicted, target).ShouldBe(1);
        predicted.Zip(target).ShouldAllBe(p => Math.Abs(p.First - p.Second) < 0.05);
    }

    [Fact]
    public void A_level_or_a_missing_value_never_seen_follows_the_larger_side()
    {
        var table = new Table([new CategoryColumn("kind", Enumerable.Range(0, 400).Select(i => i % 4 == 0 ? 0 : 1).ToArray(), ["rare", "usual"])]);
        var target = Enumerable.Range(0, 400).Select(i => i % 4 == 0 ? 1f : 0f).ToArray();
        var model = Boosting.Fit(table, target);
        var fresh = model.Predict(new Table([new CategoryColumn("kind", [0, 1, 2, -1], ["usual", "rare", "never seen"])]));
        fresh[0].ShouldBeLessThan(0.05f);
        fresh[1].ShouldBeGreaterThan(0.95f);
        fresh[2].ShouldBe(fresh[0]);
        fresh[3].ShouldBe(fresh[0]);
    }

    [Fact]
    public void Infinite_values_and_neighbouring_floats_are_told_apart()
    {
        var edge = MathF.BitIncrement(1f);
        float[] pattern = [float.NegativeInfinity, 1f, edge, float.PositiveInfinity];
        var values = Enumerable.Range(0, 400).Select(i => pattern[i % 4]).ToArray();
        var table = new Table([new NumberColumn("x", values)]);
        var predicted = Boosting.Fit(table, values.Select(v => v == edge || float.IsNegativeInfinity(v) ? 1f : 0f).ToArray()).Predict(table);
        predicted[0].ShouldBeGreaterThan(0.9f);
        predicted[1].ShouldBeLessThan(0.1f);
        predicted[2].ShouldBeGreaterThan(0.9f);
        predicted[3].ShouldBeLessThan(0.1f);
    }

    [Fact]
    public void Counts_are_predicted_on_their_own_scale_and_keep_their_mean()
    {
        var dice = new Dice(8);
        var x = Enumerable.Range(0, 4000).Select(_ => (float)dice.Unit()).ToArray();
        var target = x.Select(v => (float)Math.Floor(10 * v + 3 * dice.Unit())).ToArray();
        var table = new Table([new NumberColumn("x", x)]);
        var predicted = Boosting.Fit(table, target, new BoostingOptions { Goal = Goal.Count }).Predict(table);
        predicted.Average().ShouldBe(target.Average(), 0.05f);
        predicted.Zip(target).Average(p => Math.Abs(p.First - p.Second)).ShouldBeLessThan(0.9f);
    }

    [Theory]
    [InlineData(1e-6f)]
    [InlineData(1e6f)]
    public void The_mean_of_a_number_is_learnt_whatever_its_unit(float unit)
    {
        var dice = new Dice(8);
        var x = Enumerable.Range(0, 2000).Select(_ => (float)dice.Unit()).ToArray();
        var table = new Table([new NumberColumn("x", x)]);
        var predicted = Boosting.Fit(table, x.Select(v => unit * v).ToArray(), new BoostingOptions { Goal = Goal.Mean }).Predict(table);
        predicted.Zip(x).Max(p => Math.Abs(p.First / unit - p.Second)).ShouldBeLessThan(0.05f);
    }

    [Fact]
    public void A_row_of_weight_two_counts_as_two_rows()
    {
        var (fine, target) = Made.Mixed(500, 12);
        // Few distinct values, so that the bins do not depend on how often each occurs.
        var table = new Table(fine.Columns.Select(c => c is NumberColumn n ? new NumberColumn(n.Name, n.Values.Select(v => MathF.Round(v, 1)).ToArray()) : c).ToArray());
        var twice = table.Take(Enumerable.Range(0, 500).SelectMany(i => i < 250 ? new[] { i, i } : [i]).ToArray());
        var options = new BoostingOptions { Trees = 3, Leaves = 8, LeafRows = 1 };
        var doubled = Boosting.Fit(twice, Enumerable.Range(0, 500).SelectMany(i => i < 250 ? new[] { target[i], target[i] } : [target[i]]).ToArray(), options);
        var weighted = Boosting.Fit(table, target, options, Enumerable.Range(0, 500).Select(i => i < 250 ? 2f : 1f).ToArray());
        doubled.Score(table).Zip(weighted.Score(table)).Max(p => Math.Abs(p.First - p.Second)).ShouldBeLessThan(1e-4f);
    }

    [Fact]
    public void Rows_that_do_not_fit_together_are_refused_with_the_reason()
    {
        var table = new Table([new NumberColumn("x", [1, 2])]);
        Should.Throw<ArgumentException>(() => Boosting.Fit(table, [1f])).Message.ShouldContain("2 rows but 1 targets");
        Should.Throw<ArgumentException>(() => Boosting.Fit(table, [1f, 0.5f])).Message.ShouldContain("Row 2");
        Should.Throw<ArgumentException>(() => Boosting.Fit(table, [1f, 0f]).Score(new Table([new NumberColumn("y", [1])]))).Message.ShouldContain("'x'");
        Should.Throw<OperationCanceledException>(() => Boosting.Fit(table, [1f, 0f], cancel: new CancellationToken(true)));
    }

    [Fact]
    public void A_model_read_back_predicts_the_same_and_a_forged_one_is_refused()
    {
        var (table, target) = Made.Mixed(1000, 6);
        var model = Boosting.Fit(table, target, new BoostingOptions { Trees = 10 });
        var bytes = ModelFile.Write(model);
        ModelFile.Read(bytes).Score(table).ShouldBe(model.Score(table));
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        var forged = System.Text.RegularExpressions.Regex.Replace(text, "\"Left\":1,", "\"Left\":0,");
        forged.ShouldNotBe(text);
        Should.Throw<FormatException>(() => ModelFile.Read(System.Text.Encoding.UTF8.GetBytes(forged)));
        Should.Throw<FormatException>(() => ModelFile.Read("nonsense"u8));
        Should.Throw<FormatException>(() => ModelFile.ReadCalibrated(bytes)).Message.ShouldContain("no calibration");
        var calibrated = CalibratedTrees.Fit(table, target, new BoostingOptions { Trees = 5 });
        ModelFile.ReadCalibrated(ModelFile.Write(calibrated)).Predict(table).ShouldBe(calibrated.Predict(table));
    }
}
