namespace Trellis.Compute.Matching;

/// <summary>
/// How alike two names are when no list tells how rare their words are: words are aligned as <see cref="NameComparer"/> aligns them, and weigh by whether they name a company, a
/// trade or a place.
/// </summary>
internal static class NameLikeness
{
    private const int Most = 16;
    private const double Contradiction = 1.3, Omission = 0.5;
    private const double Initials = 0.88;
    private const double Shortened = 0.95, Other = 0.8;

    public static double Of(string[] x, string[] y)
    {
        if (x.Length == 0 || y.Length == 0) return 0;
        var (a, b) = (string.Concat(x), string.Concat(y));
        if (a == b) return 1;
        if (x.Length == y.Length && x.Order(StringComparer.Ordinal).SequenceEqual(y.Order(StringComparer.Ordinal))) return 1;
        if (IsInitials(x, y) || IsInitials(y, x)) return Initials;
        return Math.Max(Aligned(x, y), Solid(x, y, a, b));
    }

    // Written together or apart with a slip: "ContossoMachinery".
    private static double Solid(string[] x, string[] y, string a, string b)
    {
        if (x.Length == y.Length || Math.Min(a.Length, b.Length) < 8 || Math.Abs(a.Length - b.Length) > 1) return 0;
        return Similarity.Damerau(a, b) <= 1 ? 0.92 : 0;
    }

    private static bool IsInitials(string[] one, string[] many) =>
        one.Length == 1 && one[0].Length >= 3 && many.Length == one[0].Length && !many.Where((w, i) => w[0] != one[0][i]).Any();

    private static double Aligned(string[] x, string[] y)
    {
        if (x.Length > Most) x = x[..Most];
        if (y.Length > Most) y = y[..Most];
        var (wx, wy) = (Weights(x), Weights(y));
        var (freeX, freeY) = (Enumerable.Repeat(true, x.Length).ToArray(), Enumerable.Repeat(true, y.Length).ToArray());
        var agreed = 0.0;
        var (afterX, afterY) = (x.Length, y.Length);
        for (var i = 0; i < x.Length; i++)
            for (var j = 0; j < y.Length && freeX[i]; j++)
                if (freeY[j] && x[i] == y[j])
                {
                    (freeX[i], freeY[j]) = (false, false);
                    agreed += wx[i] + wy[j];
                    if (wx[i] >= 1 && wy[j] >= 1) (afterX, afterY) = (Math.Min(afterX, i), Math.Min(afterY, j));
                }

        agreed += Together(x, wx, freeX, y, wy, freeY) + Together(y, wy, freeY, x, wx, freeX);
        agreed += Soft(x, wx, freeX, y, wy, freeY, afterX, afterY);
        if (agreed <= 0) return 0;
        double restX = Math.Max(0, wx.Sum() - (agreed / 2)), restY = Math.Max(0, wy.Sum() - (agreed / 2));
        var against = (Contradiction * 2 * Math.Min(restX, restY)) + (Omission * Math.Abs(restX - restY));
        return agreed / (agreed + against);
    }

    // The best pair of words first, so that the answer does not depend on which name was asked.
    private static double Soft(string[] x, double[] wx, bool[] freeX, string[] y, double[] wy, bool[] freeY, int afterX, int afterY)
    {
        var agreed = 0.0;
        while (true)
        {
            var (best, at, to) = (0.0, -1, -1);
            for (var i = 0; i < x.Length; i++)
            {
                for (var j = 0; j < y.Length; j++)
                {
                    if (!freeX[i] || !freeY[j]) continue;
                    var gain = Word(x[i], y[j], i > afterX && j > afterY) * (wx[i] + wy[j]);
                    if (gain > best + 1e-9) (best, at, to) = (gain, i, j);
                }
            }

            if (at < 0) return agreed;
            (freeX[at], freeY[to]) = (false, false);
            agreed += best;
        }
    }

    // One letter left out or doubled is a slip like any other, not an abbreviation.
    private static double Word(string a, string b, bool follows)
    {
        var alike = WordSimilarity.Of(a, b);
        if (Math.Min(a.Length, b.Length) >= 5 && alike is > 0 and < 0.9f && Similarity.Damerau(a, b) == 1) return 0.9;
        var (shorter, longer) = a.Length < b.Length ? (a, b) : (b, a);
        if (longer.Length - shorter.Length <= 2 || CommonWords.Holds(longer)) return alike;
        // A trade is shortened, a name seldom: "Nova" is not "Novartis". Behind a word that agrees it is shortened as well: "Cognetivity Neuroc." is "Cognetivity Neurosciences".
        return (follows && shorter.Length >= 3 ? Shortened : Other) * alike;
    }

    private static double Together(string[] x, double[] wx, bool[] freeX, string[] y, double[] wy, bool[] freeY)
    {
        var agreed = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j + 1 < y.Length && freeX[i]; j++)
            {
                if (!freeY[j] || !freeY[j + 1] || x[i].Length != y[j].Length + y[j + 1].Length || x[i] != y[j] + y[j + 1]) continue;
                (freeX[i], freeY[j], freeY[j + 1]) = (false, false, false);
                agreed += wx[i] + wy[j] + wy[j + 1];
            }
        }

        return agreed;
    }

    // A name of nothing but trades and places is told by them.
    private static double[] Weights(string[] words)
    {
        var weights = words.Select(w => (double)CommonWords.Weight(w)).ToArray();
        return weights.Max() >= 0.3 ? weights : [.. words.Select(_ => 1.0)];
    }
}
