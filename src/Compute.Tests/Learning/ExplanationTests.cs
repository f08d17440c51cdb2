using Trellis.Compute.Learning;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Tests.Learning;

public sealed class ExplanationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Contributions_equal_the_average_over_all_orders_in_which_features_become_known(int seed)
    {
        var (table, target) = Made.Mixed(600, (ulong)seed);
        var model = Boosting.Fit(table, target, new BoostingOptions { Trees = 6, Leaves = 12, LeafRows = 5, Rate = 0.5 });
        var view = new BinView(model.Bins, table);
        var bins = new byte[model.Bins.Length];
        for (var row = 0; row < 25; row++)
        {
            view.WriteRow(row, bins);
            var twin = Twin(model, bins);
            var explained = model.Explain(table, row);
            foreach (var contribution in explained.Contributions)
                contribution.Effect.ShouldBe(twin[model.Features.ToList().IndexOf(contribution.Feature)], 1e-9);
        }
    }

    [Fact]
    public void Baseline_and_contributions_add_up_to_the_score_of_every_row()
    {
        var (table, target) = Made.Mixed(3000, 11);
        var model = Boosting.Fit(table, target);
        var scores = model.Score(table);
        var all = model.Contributions(table.Take(Enumerable.Range(0, 200).ToArray()), threads: 3);
        for (var row = 0; row < 200; row++)
        {
            var explained = model.Explain(table, row);
            explained.Score.ShouldBe(scores[row], 1e-4);
            explained.Contributions.Sum(c => c.Effect).ShouldBe(all[row].Sum(), 1e-9);
        }
    }

    [Fact]
    public void A_long_chain_of_splits_on_many_features_still_adds_up()
    {
        // Best-first trees on a product of steps grow into chains; thirty features need more points than one vector holds.
        var dice = new Dice(31);
        const int n = 6000;
        var columns = Enumerable.Range(0, 30).Select(j => new NumberColumn($"x{j}", Enumerable.Range(0, n).Select(_ => dice.Below(8) == 0 ? 1f : 0f).ToArray())).ToArray();
        var target = Enumerable.Range(0, n).Select(i => (float)Array.FindIndex(columns, c => c.Values[i] > 0)).ToArray();
        var table = new Table(columns);
        var model = Boosting.Fit(table, target, new BoostingOptions { Goal = Goal.Mean, Trees = 3, Leaves = 40, LeafRows = 1 });
        model.Trees.Max(t => Longest(t, 0)).ShouldBeGreaterThan(17);
        var scores = model.Score(table);
        for (var row = 0; row < 50; row++) model.Explain(table, row).Score.ShouldBe(scores[row], 1e-4);

        int Longest(Tree tree, int at) => at < 0 ? 0 : 1 + Math.Max(Longest(tree, tree.Nodes[at].Left), Longest(tree, tree.Nodes[at].Right));
    }

    [Fact]
    public void A_feature_without_influence_gets_nothing_and_the_text_names_the_strongest()
    {
        var dice = new Dice(3);
        var (strong, idle) = (new float[500], new float[500]);
        for (var i = 0; i < 500; i++) strong[i] = (float)dice.Normal();
        var table = new Table([new NumberColumn("idle", idle), new NumberColumn("registrations", strong)]);
        var model = Boosting.Fit(table, strong.Select(v => v > 0 ? 1f : 0f).ToArray());
        var row = Array.FindIndex(strong, v => v > 1);
        var explained = model.Explain(table, row);
        explained.Contributions.Single(c => c.Feature == "idle").Effect.ShouldBe(0);
        explained.ToText().ShouldContain("raised by registrations = ");
        model.GainShares().ShouldBe([0, 1]);
    }

    [Fact]
    public void Shuffling_shows_which_features_a_model_needs()
    {
        var (table, target) = Made.Mixed(8000, 20);
        var (fit, test) = (Enumerable.Range(0, 6000).ToArray(), Enumerable.Range(6000, 2000).ToArray());
        var model = Boosting.Fit(table.Take(fit), fit.Select(i => target[i]).ToArray());
        var truth = test.Select(i => target[i]).ToArray();
        var importance = Importance.Permutation(table.Take(test), truth, t => model.Predict(t), (p, y) => Quality.LogLoss(p, y));
        importance[0].Feature.ShouldBe("x0");
        importance[^1].Feature.ShouldBe("x3");
        importance[^1].Loss.ShouldBeLessThan(0.01);
        importance.Where(i => i.Feature != "x3").ShouldAllBe(i => i.Loss > 3 * i.Error);
    }

    private static double[] Twin(BoostedModel model, byte[] bins)
    {
        var n = bins.Length;
        var worth = Enumerable.Range(0, 1 << n).Select(set => model.Trees.Sum(t => Expected(t, 0, bins, set))).ToArray();
        var factorial = Enumerable.Range(0, n + 1).Select(k => Enumerable.Range(1, k).Aggregate(1.0, (a, b) => a * b)).ToArray();
        return Enumerable.Range(0, n).Select(f => Enumerable.Range(0, 1 << n).Where(set => (set >> f & 1) == 0).Sum(set =>
        {
            var size = System.Numerics.BitOperations.PopCount((uint)set);
            return factorial[size] * factorial[n - size - 1] / factorial[n] * (worth[set | 1 << f] - worth[set]);
        })).ToArray();
    }

    private static double Expected(Tree tree, int at, byte[] bins, int known)
    {
        if (at < 0) return tree.Values[~at];
        var node = tree.Nodes[at];
        if ((known >> node.Feature & 1) != 0) return Expected(tree, tree.GoesLeft(node, bins[node.Feature]) ? node.Left : node.Right, bins, known);
        var (left, right) = (TreeShap.Cover(tree, node.Left), TreeShap.Cover(tree, node.Right));
        return (left * Expected(tree, node.Left, bins, known) + right * Expected(tree, node.Right, bins, known)) / (left + right);
    }
}
