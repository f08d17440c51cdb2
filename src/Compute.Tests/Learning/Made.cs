using Trellis.Compute.Learning;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Tests.Learning;

/// <summary>Generated tables with a known truth.</summary>
internal static class Made
{
    /// <summary>Numbers, a category and missing values; the outcome depends on x0, the sign of x1·x2 and two levels of the category.</summary>
    public static (Table Table, float[] Target) Mixed(int rows, ulong seed, double strength = 1)
    {
        var dice = new Dice(seed);
        var x = Enumerable.Range(0, 4).Select(_ => new float[rows]).ToArray();
        var kind = new int[rows];
        var target = new float[rows];
        for (var i = 0; i < rows; i++)
        {
            foreach (var column in x) column[i] = (float)dice.Normal();
            kind[i] = dice.Below(6);
            var score = strength * (1.2 * x[0][i] + (x[1][i] * x[2][i] > 0 ? 0.8 : -0.8) + (kind[i] is 1 or 4 ? 1 : -0.5));
            target[i] = dice.Unit() < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
            if (dice.Below(10) == 0) x[3][i] = float.NaN;
            if (dice.Below(20) == 0) x[0][i] = float.NaN;
            if (dice.Below(30) == 0) kind[i] = -1;
        }

        var columns = x.Select((v, j) => (Column)new NumberColumn($"x{j}", v)).Append(new CategoryColumn("kind", kind, ["a", "b", "c", "d", "e", "f"])).ToArray();
        return (new Table(columns), target);
    }
}
