using System.Numerics;

namespace Trellis.Compute.Matching;

/// <summary>
/// Words that may be slips of one another: both give the same text when one letter is left out of each (symmetric deletion; Mor and Fraenkel 1982, Garbe's SymSpell 2012),
/// looked up in a table packed by hash. Only the first eight letters take part; the caller verifies.
/// </summary>
internal sealed class SlipTable
{
    private const int Head = 8;
    public const int MostKeys = Head + 1;
    private const uint Base = 0x01000193;

    private readonly int[] _start;
    private readonly int[] _words;
    private readonly byte[] _checks;
    private readonly int _shift;

    /// <summary>Packs the words for which <paramref name="names"/> is above 0.</summary>
    public SlipTable(Vocabulary words, ReadOnlySpan<int> names)
    {
        var count = Math.Min(words.Count, names.Length);
        var bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, count)) + 2, 4, 22);
        _shift = 32 - bits;
        _start = new int[(1 << bits) + 1];
        Span<uint> keys = stackalloc uint[MostKeys];
        for (var w = 0; w < count; w++)
            if (names[w] > 0)
                foreach (var key in keys[..Keys(words[w], keys)]) _start[(key >> _shift) + 1]++;
        for (var i = 1; i < _start.Length; i++) _start[i] += _start[i - 1];
        _words = new int[_start[^1]];
        _checks = new byte[_start[^1]];
        var at = _start.AsSpan(0, _start.Length - 1).ToArray();
        for (var w = 0; w < count; w++)
            if (names[w] > 0)
                foreach (var key in keys[..Keys(words[w], keys)])
                {
                    var i = at[key >> _shift]++;
                    (_words[i], _checks[i]) = (w, (byte)key);
                }
    }

    /// <summary>Adds to the list every word that shares a key with the text; a word may come twice.</summary>
    public void Find(ReadOnlySpan<char> text, List<int> into)
    {
        Span<uint> keys = stackalloc uint[MostKeys];
        foreach (var key in keys[..Keys(text, keys)])
            for (var i = _start[key >> _shift]; i < _start[(key >> _shift) + 1]; i++)
                if (_checks[i] == (byte)key) into.Add(_words[i]);
    }

    // Polynomial hashes of the head, whole and with each letter left out, from the hashes of what stands before and behind it.
    private static int Keys(ReadOnlySpan<char> word, Span<uint> into)
    {
        if (word.Length < 4) return 0;
        var n = Math.Min(word.Length, Head);
        uint before = 0, all = 0, power = 1;
        for (var i = 0; i < n; i++) all = all * Base + word[i];
        into[0] = Mix(all);
        Span<uint> powers = stackalloc uint[Head + 1];
        for (var i = 0; i <= n; i++, power *= Base) powers[i] = power;
        for (var i = 0; i < n; i++)
        {
            // all = before·B^(n−i) + word[i]·B^(n−1−i) + behind
            var behind = all - before * powers[n - i] - word[i] * powers[n - 1 - i];
            into[i + 1] = Mix(before * powers[n - 1 - i] + behind);
            before = before * Base + word[i];
        }

        // A doubled letter gives the same text twice.
        var kept = 1;
        for (var i = 1; i <= n; i++)
            if (into[i] != into[kept - 1] || kept == 1) into[kept++] = into[i];
        return kept;
    }

    private static uint Mix(uint h)
    {
        h = (h ^ h >> 16) * 0x7FEB352D;
        h = (h ^ h >> 15) * 0x846CA68B;
        return h ^ h >> 16;
    }
}
