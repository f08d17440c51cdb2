namespace Trellis.Compute.Matching;

/// <summary>
/// For a batch: the words of the indexed list that each needed word of the asking list may stand for. Built once for all rows, so that a word that occurs in a thousand
/// names is looked up once.
/// </summary>
internal sealed class VariantGraph
{
    private const int Most = 24;

    private readonly int[] _start;
    private readonly int[] _word;
    private readonly float[] _similarity;

    /// <param name="words">The words of both lists.</param>
    /// <param name="needed">Words of the asking list that want variants.</param>
    /// <param name="names">For each word the names of the indexed list that hold it.</param>
    /// <param name="cancellation">Stops the work.</param>
    public VariantGraph(Vocabulary words, bool[] needed, int[] names, CancellationToken cancellation)
    {
        var from = new List<int>();
        var to = new List<(int Word, float Similarity)>();
        var count = new int[words.Count + 1];
        Abbreviations(words, needed, names, count, from, to);
        cancellation.ThrowIfCancellationRequested();
        Slips(words, needed, names, count, from, to, cancellation);
        _start = new int[words.Count + 1];
        for (var w = 0; w < words.Count; w++) _start[w + 1] = _start[w] + count[w];
        _word = new int[_start[^1]];
        _similarity = new float[_start[^1]];
        var at = _start.AsSpan(0, words.Count).ToArray();
        for (var i = 0; i < from.Count; i++)
        {
            var k = at[from[i]]++;
            (_word[k], _similarity[k]) = to[i];
        }
    }

    /// <summary>Variants of a word.</summary>
    public ReadOnlySpan<int> Words(int word) => _word.AsSpan(_start[word], _start[word + 1] - _start[word]);

    /// <summary>Their similarities.</summary>
    public ReadOnlySpan<float> Similarities(int word) => _similarity.AsSpan(_start[word], _start[word + 1] - _start[word]);

    private static void Abbreviations(Vocabulary words, bool[] needed, int[] names, int[] count, List<int> from, List<(int, float)> to)
    {
        Span<int> prefixes = stackalloc int[Vocabulary.MaxLength];
        for (var w = 0; w < words.Count; w++)
        {
            if (!needed[w] && names[w] == 0) continue;
            var text = words[w];
            foreach (var p in prefixes[..words.Prefixes(text, prefixes)])
            {
                var similarity = WordSimilarity.Of(words[p], text);
                if (needed[p] && names[w] > 0) Add(p, w, similarity);
                if (needed[w] && names[p] > 0) Add(w, p, similarity);
            }
        }

        void Add(int word, int other, float similarity)
        {
            if (count[word] == Most) return;
            count[word]++;
            from.Add(word);
            to.Add((other, similarity));
        }
    }

    private static void Slips(Vocabulary words, bool[] needed, int[] names, int[] count, List<int> from, List<(int, float)> to, CancellationToken cancellation)
    {
        var table = new SlipTable(words, names);
        var found = new List<int>();
        for (var w = 0; w < words.Count; w++)
        {
            if ((w & 0xFFFF) == 0) cancellation.ThrowIfCancellationRequested();
            if (!needed[w]) continue;
            found.Clear();
            var text = words[w];
            table.Find(text, found);
            for (var i = 0; i < found.Count && count[w] < 2 * Most; i++)
            {
                var other = words[found[i]];
                if (found[i] == w || !WordSimilarity.MayBeAlike(words.Letters(w), words.Letters(found[i])) || Math.Abs(other.Length - text.Length) > 2 || IsPrefix(text, other)) continue;
                if (System.Runtime.InteropServices.CollectionsMarshal.AsSpan(found)[..i].Contains(found[i])) continue;
                var similarity = WordSimilarity.Of(text, other);
                if (similarity < 0.7f) continue;
                count[w]++;
                from.Add(w);
                to.Add((found[i], similarity));
            }
        }
    }

    private static bool IsPrefix(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => a.Length < b.Length ? b.StartsWith(a) : a.StartsWith(b);
}
