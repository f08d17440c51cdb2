using Trellis.Compute.Learning;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Tests.Learning;

public sealed class QualityTests
{
    [Fact]
    public void Area_equals_the_share_of_pairs_in_order_with_ties_counting_half()
    {
        var dice = new Dice(1);
        for (var round = 0; round < 50; round++)
        {
            var scores = Enumerable.Range(0, 40).Select(_ => (float)dice.Below(12)).ToArray();
            var target = scores.Select(s => dice.Unit() < 0.3 + s / 30 ? 1f : 0f).ToArray();
            var pairs = from i in Enumerable.Range(0, 40) from j in Enumerable.Range(0, 40) where target[i] == 1 && target[j] == 0 select scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            Quality.Auc(scores, target).ShouldBe(pairs.Average(), 1e-12);
        }
    }

    [Fact]
    public void Log_loss_and_Brier_have_their_known_values()
    {
        Quality.LogLoss([0.5f, 0.5f], [1, 0]).ShouldBe(Math.Log(2), 1e-9);
        Quality.Brier([0.8f, 0.3f], [1, 0]).ShouldBe((0.04 + 0.09) / 2, 1e-7);
        double.IsNaN(Quality.Auc([0.1f, 0.2f], [1, 1])).ShouldBeTrue();
    }

    [Fact]
    public void The_interval_of_the_area_covers_the_truth_at_the_stated_rate()
    {
        // Normal scores one apart: the true area is Φ(1/√2).
        var truth = Normal.Below(1 / Math.Sqrt(2));
        var dice = new Dice(7);
        var covered = 0;
        for (var round = 0; round < 600; round++)
        {
            var target = Enumerable.Range(0, 150).Select(i => i < 60 ? 1f : 0f).ToArray();
            var scores = target.Select(y => (float)(y + dice.Normal())).ToArray();
            var interval = Quality.AucInterval(scores, target, 0.9);
            if (interval.Low <= truth && truth <= interval.High) covered++;
        }

        (covered / 600.0).ShouldBeInRange(0.86, 0.94);
    }

    [Fact]
    public void Distributions_match_their_tables()
    {
        Normal.Below(1.96).ShouldBe(0.9750021, 1e-7);
        Normal.Above(6).ShouldBe(9.865876e-10, 1e-15);
        Normal.Quantile(0.975).ShouldBe(1.959963985, 1e-8);
        Normal.Quantile(1e-9).ShouldBe(-5.997807015, 1e-8);
        Normal.Student(0.95, 1).ShouldBe(12.7062, 1e-4);
        Normal.Student(0.95, 4).ShouldBe(2.77645, 1e-5);
        Normal.Student(0.99, 19).ShouldBe(2.86093, 1e-5);
        Normal.BridgeAbove(1.3581).ShouldBe(0.05, 1e-4);
        Normal.BridgeAbove(1.6276).ShouldBe(0.01, 1e-4);
    }

    [Fact]
    public void Folds_are_stratified_disjoint_and_complete()
    {
        var target = Enumerable.Range(0, 103).Select(i => i % 7 == 0 ? 1f : 0f).ToArray();
        var folds = Folds.Stratified(target, 5, 9);
        folds.SelectMany(f => f.Test).Order().ShouldBe(Enumerable.Range(0, 103));
        foreach (var fold in folds)
        {
            fold.Train.Concat(fold.Test).Order().ShouldBe(Enumerable.Range(0, 103));
            fold.Test.Count(i => target[i] == 1).ShouldBe(3);
            fold.Test.Length.ShouldBeInRange(20, 21);
        }

        Folds.Stratified(target, 5, 9)[0].Test.ShouldBe(folds[0].Test);
    }

    [Fact]
    public void A_time_split_learns_only_from_what_was_known_before_the_window()
    {
        var dice = new Dice(4);
        var asked = Enumerable.Range(0, 500).Select(_ => dice.Unit() * 100).ToArray();
        var known = asked.Select(t => t + dice.Unit() * 30).ToArray();
        var folds = Folds.ByTime(asked, known, 4);
        folds.Length.ShouldBe(4);
        foreach (var fold in folds)
        {
            var start = fold.Test.Min(i => asked[i]);
            fold.Train.ShouldAllBe(i => known[i] < start);
            fold.Train.Intersect(fold.Test).ShouldBeEmpty();
        }

        folds.SelectMany(f => f.Test).Distinct().Count().ShouldBe(folds.Sum(f => f.Test.Length));
    }

    [Fact]
    public void Isotonic_calibration_is_the_closest_rising_sequence()
    {
        // Brute force over all rising sequences with values on a grid.
        float[] scores = [1, 2, 3, 4, 5];
        float[] target = [0, 1, 0, 0, 1];
        var calibration = Calibration.Isotonic(scores, target);
        calibration.Apply(scores).ShouldBe([0, 1 / 3f, 1 / 3f, 1 / 3f, 1], 1e-6);
        calibration.Apply(0).ShouldBe(0);
        calibration.Apply(4.5f).ShouldBe((1 / 3f + 1) / 2, 1e-6f);
    }

    [Fact]
    public void Both_calibrations_bring_distorted_probabilities_back()
    {
        var dice = new Dice(15);
        var truth = Enumerable.Range(0, 20_000).Select(_ => dice.Unit()).ToArray();
        var target = truth.Select(p => dice.Unit() < p ? 1f : 0f).ToArray();
        var scores = truth.Select(p => (float)(3 * Math.Log(p / (1 - p)) + 2)).ToArray();
        var platt = Calibration.Platt(scores, target);
        platt.Slope.ShouldBe(1 / 3.0, 0.02);
        platt.Offset.ShouldBe(-2 / 3.0, 0.05);
        foreach (var calibration in (Calibration[])[platt, Calibration.Isotonic(scores, target)])
        {
            var mean = calibration.Apply(scores).Zip(truth).Average(p => Math.Abs(p.First - p.Second));
            mean.ShouldBeLessThan(0.02);
            Reliability.ExpectedError(Reliability.Of(calibration.Apply(scores), target)).ShouldBeLessThan(0.01);
        }
    }

    [Fact]
    public void Platt_stays_finite_when_scores_separate_the_classes()
    {
        var platt = Calibration.Platt([-1, -2, 1, 2], [0, 0, 1, 1]);
        double.IsFinite(platt.Slope).ShouldBeTrue();
        platt.Apply(1).ShouldBeInRange(0.6f, 0.9f);
    }
}
