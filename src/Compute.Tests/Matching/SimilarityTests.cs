using Trellis.Compute.Matching;

namespace Trellis.Compute.Tests.Matching;

public sealed class SimilarityTests
{
    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("saturday", "sunday", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("flaw", "lawn", 2)]
    public void Levenshtein_of_textbook_pairs(string a, string b, int edits) => Similarity.Levenshtein(a, b).ShouldBe(edits);

    [Theory]
    [InlineData("ca", "abc", 3)] // the restricted distance, as Hyyrö defines it
    [InlineData("microsoft", "microsfot", 1)]
    [InlineData("ab", "ba", 1)]
    public void Damerau_counts_an_exchange_of_neighbours_once(string a, string b, int edits) => Similarity.Damerau(a, b).ShouldBe(edits);

    [Theory] // Winkler's published examples
    [InlineData("MARTHA", "MARHTA", 0.944, 0.961)]
    [InlineData("DIXON", "DICKSONX", 0.767, 0.813)]
    [InlineData("DWAYNE", "DUANE", 0.822, 0.840)]
    [InlineData("abc", "xyz", 0, 0)]
    public void Jaro_and_Winkler_of_published_pairs(string a, string b, double jaro, double winkler)
    {
        Similarity.Jaro(a, b).ShouldBe(jaro, 0.0006);
        Similarity.JaroWinkler(a, b).ShouldBe(winkler, 0.0006);
    }

    [Fact]
    public void Bit_parallel_distances_equal_the_plain_table_on_random_strings()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var a = Text(random, i % 50 == 0 ? 200 : 12);
            var b = random.Next(2) == 0 ? Text(random, i % 50 == 0 ? 200 : 12) : Dirty(random, a);
            Similarity.Levenshtein(a, b).ShouldBe(Plain(a, b, false), $"{a} {b}");
            Similarity.Damerau(a, b).ShouldBe(Plain(a, b, true), $"{a} {b}");
            Similarity.Jaro(a, b).ShouldBe(PlainJaro(a, b), 1e-12, $"{a} {b}");
        }
    }

    [Fact]
    public void Token_overlap_is_dice_by_weight()
    {
        Similarity.TokenOverlap([1, 2, 3], [2, 3, 4], _ => 1).ShouldBe(2.0 / 3, 1e-12);
        Similarity.TokenOverlap([1], [1], _ => 5).ShouldBe(1);
        Similarity.TokenOverlap([], [], _ => 1).ShouldBe(0);
        Similarity.TokenOverlap(["a", "b"], ["b", "c"]).ShouldBe(0.5);
    }

    private static string Text(Random random, int most) =>
        new(Enumerable.Range(0, random.Next(most)).Select(_ => random.Next(30) == 0 ? 'é' : (char)('a' + random.Next(4))).ToArray());

    private static string Dirty(Random random, string text)
    {
        if (text.Length < 2) return text + "x";
        var i = random.Next(text.Length - 1);
        return random.Next(3) switch { 0 => text.Remove(i, 1), 1 => text[..i] + text[i + 1] + text[i] + text[(i + 2)..], _ => text.Insert(i, "q") };
    }

    private static int Plain(string a, string b, bool exchanges)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0) { d[i, j] = i + j; continue; }
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (exchanges && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }

        return d[a.Length, b.Length];
    }

    private static double PlainJaro(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return a == b ? 1 : 0;
        var window = Math.Max(0, Math.Max(a.Length, b.Length) / 2 - 1);
        var used = new SortedSet<int>();
        var matched = new List<char>();
        for (var j = 0; j < b.Length; j++)
        {
            var i = Enumerable.Range(0, a.Length).Where(i => Math.Abs(i - j) <= window && a[i] == b[j] && !used.Contains(i)).Cast<int?>().FirstOrDefault();
            if (i is null) continue;
            used.Add(i.Value);
            matched.Add(b[j]);
        }

        if (matched.Count == 0) return 0;
        var crossed = used.Zip(matched).Count(p => a[p.First] != p.Second);
        double m = matched.Count;
        return (m / a.Length + m / b.Length + (m - crossed / 2.0) / m) / 3;
    }
}
