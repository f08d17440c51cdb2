using Trellis.Kernel;

namespace Trellis.Insights.Drops;

/// <summary>How often a partner registered: in the half year before, and in the four weeks after it.</summary>
/// <param name="Partner">Null for all partners together.</param>
internal sealed record DropCount(PartnerId? Partner, int Before, int Now)
{
    /// <summary>What four weeks usually bring.</summary>
    public double Usual => (double)Before * DropRules.Period / DropRules.Base;
}

/// <summary>
/// Pure: whose registrations fell clearly below their own usual. Four weeks are held against the 26 weeks before. Given the sum of both counts, the later one is binomial with the
/// share of its days as long as nothing has changed (Przyborowski and Wilenski 1940), so the noise of the usual number counts too; the chance of so few is its lower tail. Of all
/// partners looked at on one day those are named that pass Benjamini and Hochberg's rule (1995) at a share of 5 % false alarms and have fallen to half of their usual or less.
/// </summary>
internal static class DropRules
{
    public const int Period = 28;
    public const int Base = 182;

    /// <summary>Who registered less often in the half year before is not looked at: nothing could be told.</summary>
    public const int Fewest = 12;

    /// <summary>An alert ends when so much of the usual is back.</summary>
    public const double Recovered = 0.75;

    private const double FalseAlarms = 0.05;
    private const double Fallen = 0.5;

    // All partners together: one test, and a number so large that a smaller fall is clear.
    private const double CompanyChance = 0.01;
    private const double CompanyFallen = 0.75;

    public const double CompanyRecovered = 0.9;

    /// <summary>P(X ≤ now), X binomial over before + now with the share of the later days.</summary>
    public static double Chance(int before, int now)
    {
        var (n, p) = (before + now, (double)Period / (Period + Base));
        if (n == 0) return 1;
        var term = n * Math.Log(1 - p);
        var sum = Math.Exp(term);
        for (var k = 1; k <= now; k++)
        {
            term += Math.Log((double)(n - k + 1) / k) + Math.Log(p / (1 - p));
            sum += Math.Exp(term);
        }

        return Math.Min(1, sum);
    }

    public static IReadOnlyList<(DropCount Count, double Chance)> Find(IEnumerable<DropCount> partners)
    {
        var tested = partners.Where(c => c.Before >= Fewest).Select(c => (Count: c, Chance: Chance(c.Before, c.Now))).OrderBy(t => t.Chance).ToList();
        var last = 0;
        for (var i = 1; i <= tested.Count; i++)
            if (tested[i - 1].Chance <= FalseAlarms * i / tested.Count) last = i;
        return [.. tested.Take(last).Where(t => t.Count.Now <= Fallen * t.Count.Usual)];
    }

    public static bool FellTogether(DropCount all) => all.Before >= Fewest && all.Now <= CompanyFallen * all.Usual && Chance(all.Before, all.Now) < CompanyChance;

    public static bool IsBack(bool company, double usual, int now) => now >= (company ? CompanyRecovered : Recovered) * usual;
}
