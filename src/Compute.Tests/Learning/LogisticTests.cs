using Trellis.Compute.Learning;

namespace Trellis.Compute.Tests.Learning;

public sealed class LogisticTests
{
    // Hours of study and passing, twenty students: the example of the textbooks and of Wikipedia's article on logistic regression.
    private static readonly float[] Hours = [0.50f, 0.75f, 1.00f, 1.25f, 1.50f, 1.75f, 1.75f, 2.00f, 2.25f, 2.50f, 2.75f, 3.00f, 3.25f, 3.50f, 4.00f, 4.25f, 4.50f, 4.75f, 5.00f, 5.50f];
    private static readonly float[] Passed = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1];

    [Fact]
    public void Hours_of_study_give_the_published_coefficients()
    {
        var model = Logistic.Fit(new Table([new NumberColumn("hours", Hours)]), Passed, 1e-9);
        var deviation = Math.Sqrt(Hours.Average(h => (h - Hours.Average()) * (h - Hours.Average())));
        var slope = model.Coefficients[2];
        (slope.Weight / deviation).ShouldBe(1.5046, 1e-3);
        (slope.Error / deviation).ShouldBe(0.6287, 1e-3);
        (model.Coefficients[0].Weight - slope.Weight * Hours.Average() / deviation).ShouldBe(-4.0777, 1e-3);
        model.Predict(new Table([new NumberColumn("hours", [2f])]))[0].ShouldBe(0.26f, 0.005f);
    }

    [Fact]
    public void The_gradient_is_zero_at_the_fit_for_mixed_features()
    {
        var (table, target) = Made.Mixed(800, 5);
        var model = Logistic.Fit(table, target, 2);
        var loss = Penalised(model.Coefficients.Select(c => c.Weight).ToArray(), 0, 0);
        // No coefficient can be moved either way without the penalised loss rising.
        for (var j = 0; j < model.Coefficients.Count; j++)
            foreach (var step in (double[])[-1e-3, 1e-3]) Penalised(model.Coefficients.Select(c => c.Weight).ToArray(), j, step).ShouldBeGreaterThan(loss - 1e-9);

        double Penalised(double[] w, int at, double step)
        {
            w[at] += step;
            var rows = Design.Learn(table).Encode(table);
            return Enumerable.Range(0, table.Rows).Sum(i => Math.Log(1 + Math.Exp(rows.Dot(i, w))) - target[i] * rows.Dot(i, w)) + w.Skip(1).Sum(v => v * v);
        }
    }

    [Fact]
    public void Separated_classes_stay_finite_and_an_unseen_level_is_harmless()
    {
        var table = new Table([new CategoryColumn("tier", [0, 0, 1, 1], ["gold", "silver"])]);
        var model = Logistic.Fit(table, [1, 1, 0, 0]);
        var predicted = model.Predict(new Table([new CategoryColumn("tier", [0, 1, 2], ["gold", "silver", "new"])]));
        predicted[0].ShouldBeGreaterThan(0.6f);
        predicted[1].ShouldBeLessThan(0.4f);
        predicted[2].ShouldBeInRange(0.4f, 0.6f);
        model.Explain(table, 0).ToText().ShouldContain("raised by tier = gold");
    }
}
