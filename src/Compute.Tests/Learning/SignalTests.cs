using Trellis.Compute.Learning;
using Trellis.Compute.Statistics;
using Xunit.Abstractions;

namespace Trellis.Compute.Tests.Learning;

public sealed class SignalTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void The_won_or_lost_outcome_of_the_CRM_export_has_no_usable_signal()
    {
        var question = CrmSales.Question();
        var model = CarefulModel.Fit(question);
        output.WriteLine(model.Card.ToMarkdown());
        model.Card.Evidence.Verdict.ShouldBe(Verdict.NoUsableSignal);
        model.Predict(question.Table).Distinct().Count().ShouldBe(1);
        model.Explain(question.Table, 0).ShouldBeNull();
        model.Card.Evidence.Reason.ShouldStartWith("No usable signal");
    }

    [Fact]
    public void A_real_signal_is_found_and_calibrated()
    {
        var (table, target) = Made.Mixed(6000, 31);
        var model = CarefulModel.Fit(new Question("deals", "the chance that a deal is won", table, target, Times(6000), Rule: "kind"));
        model.Card.Evidence.Verdict.ShouldBe(Verdict.Usable);
        model.Card.Evidence.Best.ShouldBe("boosted trees");
        var (fresh, truth) = Made.Mixed(4000, 32);
        var predicted = model.Predict(fresh);
        Quality.Auc(predicted, truth).ShouldBeGreaterThan(0.78);
        Reliability.ExpectedError(Reliability.Of(predicted, truth)).ShouldBeLessThan(0.04);
        model.Explain(fresh, 0).ShouldNotBeNull();
    }

    [Fact]
    public void Noise_is_called_usable_no_more_often_than_stated()
    {
        var usable = 0;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var (table, target) = Made.Mixed(600, seed, strength: 0);
            var backtest = Backtest.Run(table, target, Folds.ByTime(Times(600)), [Learner.BaseRate, Learner.Linear()]);
            if (Signal.Judge(backtest, null, new SignalOptions { LeastSaving = 0 }).Verdict == Verdict.Usable) usable++;
        }

        usable.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public void When_the_outcome_only_follows_the_partner_the_naive_rule_is_enough()
    {
        var dice = new Dice(3);
        var codes = Enumerable.Range(0, 6000).Select(_ => dice.Below(8)).ToArray();
        var noise = Enumerable.Range(0, 6000).Select(_ => (float)dice.Normal()).ToArray();
        var target = codes.Select(c => dice.Unit() < 0.2 + 0.08 * c ? 1f : 0f).ToArray();
        var table = new Table([new CategoryColumn("partner", codes, Enumerable.Range(0, 8).Select(i => $"p{i}").ToArray()), new NumberColumn("noise", noise)]);
        var backtest = Backtest.Run(table, target, Folds.ByTime(Times(6000)), [Learner.BaseRate, Learner.OwnRate("partner"), Learner.Linear()]);
        Signal.Judge(backtest, rule: 1).Verdict.ShouldBe(Verdict.RuleIsEnough);
    }

    [Fact]
    public void Forty_outcomes_are_too_few()
    {
        var (table, target) = Made.Mixed(80, 1);
        var report = Signal.Judge(Backtest.Run(table, target, Folds.ByTime(Times(80)), [Learner.BaseRate, Learner.Linear()]));
        report.Verdict.ShouldBe(Verdict.TooThin);
        report.Reason.ShouldContain("at least 50");
    }

    private static double[] Times(int rows) => Enumerable.Range(0, rows).Select(i => (double)i).ToArray();
}
