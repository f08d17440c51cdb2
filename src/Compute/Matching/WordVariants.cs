namespace Trellis.Compute.Matching;

/// <summary>The words of a growing vocabulary that a written word may stand for: abbreviations both ways by prefix, and slips.</summary>
internal sealed class WordVariants
{
    private const int MostByPrefix = 64;

    private readonly Vocabulary _words;
    private readonly SlipTable _slips;
    private readonly int[] _start = new int[4097];
    private readonly int[] _byPrefix;
    private readonly int _built;

    /// <summary>Indexes the words that the vocabulary now has; those added later are scanned one by one.</summary>
    public WordVariants(Vocabulary words, ReadOnlySpan<int> names)
    {
        _words = words;
        _built = words.Count;
        _slips = new SlipTable(words, names);
        for (var w = 0; w < _built; w++)
            if (words[w].Length > 3) _start[Bucket(words[w]) + 1]++;
        for (var i = 1; i < _start.Length; i++) _start[i] += _start[i - 1];
        _byPrefix = new int[_start[^1]];
        var at = _start.AsSpan(0, _start.Length - 1).ToArray();
        for (var w = 0; w < _built; w++)
            if (words[w].Length > 3) _byPrefix[at[Bucket(words[w])]++] = w;
    }

    /// <summary>Words that came after this index was built.</summary>
    public int Behind => _words.Count - _built;

    /// <summary>Adds to the list every word other than itself that the text may stand for, with its similarity; a word may come twice.</summary>
    public void Find(ReadOnlySpan<char> text, List<int> memory, List<(int Word, float Similarity)> into)
    {
        if (text.Length >= 3) Longer(text, into);
        for (var n = 3; n < text.Length; n++) Offer(text, _words.FindReduced(text[..n]), into);
        memory.Clear();
        _slips.Find(text, memory);
        foreach (var word in memory) Offer(text, word, into);
        for (var w = _built; w < _words.Count; w++) Offer(text, w, into);
    }

    private void Offer(ReadOnlySpan<char> text, int word, List<(int, float)> into)
    {
        if (word < 0 || _words[word].SequenceEqual(text)) return;
        var s = WordSimilarity.Of(text, _words[word]);
        if (s > 0) into.Add((word, s));
    }

    private void Longer(ReadOnlySpan<char> text, List<(int, float)> into)
    {
        var bucket = Bucket(text);
        var found = 0;
        for (var i = _start[bucket]; i < _start[bucket + 1] && found < MostByPrefix; i++)
        {
            if (!_words[_byPrefix[i]].StartsWith(text)) continue;
            Offer(text, _byPrefix[i], into);
            found++;
        }
    }

    private static int Bucket(ReadOnlySpan<char> word) => (int)((word[0] * 31u + word[1]) * 131u + word[2]) & 4095;
}
