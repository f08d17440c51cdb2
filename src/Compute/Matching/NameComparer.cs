using System.Numerics;

namespace Trellis.Compute.Matching;

/// <summary>What two names have in common.</summary>
/// <param name="Share">Weight of the agreeing words over the weight of all words, 0 to 1 (a soft Dice coefficient with inverse document frequency).</param>
/// <param name="Bits">Rarity of what agrees: log2 of how many random names one must draw to see it once.</param>
internal readonly record struct NameAgreement(float Share, float Bits);

/// <summary>
/// Aligns the words of two names: equal words first, then abbreviations and slips, then words written together. Each word weighs as many bits as it is rare, the
/// term-frequency idea of Winkler (1989) applied to words; soft alignment after Cohen, Ravikumar and Fienberg (2003), "SoftTFIDF".
/// </summary>
internal static class NameComparer
{
    private const int Most = 24;
    private const float Contradiction = 1.3f, Omission = 0.5f;

    /// <summary>Compares row a of one table with row b of another; both number words by the same vocabulary.</summary>
    public static NameAgreement Compare(CompanyTable left, int a, CompanyTable right, int b, WordWeights weights)
    {
        var x = left.Tokens(a);
        var y = right.Tokens(b);
        if (x.Length > Most) x = x[..Most];
        if (y.Length > Most) y = y[..Most];
        uint openX = (1u << x.Length) - 1, openY = (1u << y.Length) - 1;
        float allX = 0, allY = 0, agreed = 0, bits = 0;
        for (var j = 0; j < y.Length; j++) allY += weights[y[j]];
        for (var i = 0; i < x.Length; i++)
        {
            var w = weights[x[i]];
            allX += w;
            for (var j = 0; j < y.Length; j++)
            {
                if (x[i] != y[j] || (openY >> j & 1) == 0) continue;
                openX &= ~(1u << i);
                openY &= ~(1u << j);
                agreed += 2 * w;
                bits += w;
                break;
            }
        }

        if (openX != 0 && openY != 0) Soft(left, x, right, y, weights, ref openX, ref openY, ref agreed, ref bits);
        if (openX != 0 && openY != 0) Together(left, x, right, y, weights, ref openX, ref openY, ref agreed, ref bits);
        if (openX != 0 && openY != 0) Together(right, y, left, x, weights, ref openY, ref openX, ref agreed, ref bits);
        return new NameAgreement(ShareOf(allX, allY, agreed), bits);
    }

    /// <summary>What two names with the same words have in common.</summary>
    public static NameAgreement Same(ReadOnlySpan<int> words, WordWeights weights)
    {
        var bits = 0f;
        foreach (var word in words) bits += weights[word];
        return new NameAgreement(1, bits);
    }

    // Words left over on both sides contradict each other; words left over on one side may only have been left out there.
    private static float ShareOf(float allX, float allY, float agreed)
    {
        var half = agreed / 2;
        float restX = Math.Max(0, allX - half), restY = Math.Max(0, allY - half);
        var against = Contradiction * 2 * Math.Min(restX, restY) + Omission * Math.Abs(restX - restY);
        return agreed > 0 ? agreed / (agreed + against) : 0;
    }

    private static void Soft(CompanyTable left, ReadOnlySpan<int> x, CompanyTable right, ReadOnlySpan<int> y, WordWeights weights,
        ref uint openX, ref uint openY, ref float agreed, ref float bits)
    {
        for (var rest = openX; rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            var text = left.Text(x[i]);
            var letters = left.Letters(x[i]);
            var best = 0f;
            var at = -1;
            for (var open = openY; open != 0; open &= open - 1)
            {
                var j = BitOperations.TrailingZeroCount(open);
                if (!WordSimilarity.MayBeAlike(letters, right.Letters(y[j]))) continue;
                var s = WordSimilarity.Of(text, right.Text(y[j]));
                if (s <= best) continue;
                (best, at) = (s, j);
            }

            if (at < 0) continue;
            openX &= ~(1u << i);
            openY &= ~(1u << at);
            float wx = weights[x[i]], wy = weights[y[at]];
            agreed += best * (wx + wy);
            // A short abbreviation fits many words: its own letters bound what it can tell.
            var shorter = Math.Min(text.Length, right.Text(y[at]).Length);
            bits += best * Math.Min(Math.Min(wx, wy), 3f * shorter);
        }
    }

    // "euroshop" against "euro shop": one open word equals two open neighbours written together, or begins with them.
    private static void Together(CompanyTable left, ReadOnlySpan<int> x, CompanyTable right, ReadOnlySpan<int> y, WordWeights weights,
        ref uint openX, ref uint openY, ref float agreed, ref float bits)
    {
        for (var rest = openX; rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            var text = left.Text(x[i]);
            for (var j = 0; j + 1 < y.Length; j++)
            {
                if ((openY >> j & 3) != 3) continue;
                var first = right.Text(y[j]);
                var second = right.Text(y[j + 1]);
                if (!text.StartsWith(first) || !text[first.Length..].SequenceEqual(second)) continue;
                openX &= ~(1u << i);
                openY &= ~(3u << j);
                var pair = weights[y[j]] + weights[y[j + 1]];
                agreed += weights[x[i]] + pair;
                bits += Math.Min(weights[x[i]], pair);
                break;
            }
        }
    }
}

/// <summary>Bits of each word: log2(names / names with the word); unknown words weigh as one that occurs in half a name.</summary>
internal sealed class WordWeights
{
    private float[] _bits = [];
    private float _unknown = 1;

    public float this[int word] => (uint)word < (uint)_bits.Length ? _bits[word] : _unknown;

    /// <summary>Bits of a word that no name has.</summary>
    public float Unknown => _unknown;

    /// <summary>Recomputes all weights from the number of names that hold each word.</summary>
    public void Update(ReadOnlySpan<int> names, int total)
    {
        if (_bits.Length < names.Length) _bits = new float[names.Length];
        _unknown = MathF.Log2(2f * Math.Max(1, total) + 1);
        for (var i = 0; i < names.Length; i++) _bits[i] = MathF.Max(0.5f, MathF.Log2((total + 1f) / (names[i] + 0.5f)));
    }
}
