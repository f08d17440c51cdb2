using Trellis.Compute.Learning;
using Xunit.Abstractions;

namespace Trellis.Compute.Tests.Learning;

public sealed class BankMarketingTests(ITestOutputHelper output)
{
    [SkippableTheory]
    [InlineData(true, 0.934)]
    [InlineData(false, 0.800)]
    public void Five_folds_reach_the_stated_area_at_the_fixed_settings(bool withDuration, double goal)
    {
        var (table, target) = SharedData.Bank(withDuration);
        var areas = new List<double>();
        foreach (var fold in Folds.Stratified(target, 5, 1))
        {
            var model = Boosting.Fit(table.Take(fold.Train), fold.Train.Select(i => target[i]).ToArray());
            areas.Add(Quality.Auc(model.Predict(table.Take(fold.Test)), fold.Test.Select(i => target[i]).ToArray()));
        }

        output.WriteLine(string.Join(" ", areas.Select(a => a.ToString("0.0000"))));
        areas.Average().ShouldBeGreaterThan(goal);
    }
}
