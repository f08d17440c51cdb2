namespace Trellis.Compute.Matching;

/// <summary>
/// Finds the words of a vocabulary that a written word may stand for: abbreviations both ways by prefix, slips by deleting one letter on both sides
/// (the symmetric deletion of Garbe's SymSpell, 2012, after Mor and Fraenkel 1982).
/// </summary>
internal sealed class WordVariants
{
    private const int MostByPrefix = 48;
    private const int DeleteWithin = 9;

    private readonly Vocabulary _words;
    private readonly int[] _sorted;
    private readonly uint[] _hashes;
    private readonly int[] _hashWord;
    private readonly int _built;

    /// <summary>Indexes the words that the vocabulary now has; those added later are scanned one by one.</summary>
    public WordVariants(Vocabulary words)
    {
        _words = words;
        _built = words.Count;
        _sorted = new int[_built];
        for (var i = 0; i < _built; i++) _sorted[i] = i;
        _sorted.AsSpan().Sort((a, b) => words[a].SequenceCompareTo(words[b]));
        var entries = new List<ulong>(_built * 8);
        Span<uint> hashes = stackalloc uint[DeleteWithin + 1];
        for (var w = 0; w < _built; w++)
            foreach (var h in hashes[..Deletions(words[w], hashes)]) entries.Add((ulong)h << 32 | (uint)w);
        entries.Sort();
        _hashes = new uint[entries.Count];
        _hashWord = new int[entries.Count];
        for (var i = 0; i < entries.Count; i++) (_hashes[i], _hashWord[i]) = ((uint)(entries[i] >> 32), (int)(uint)entries[i]);
    }

    /// <summary>Words that came after this index was built.</summary>
    public int Behind => _words.Count - _built;

    /// <summary>Adds to the list every word other than itself that the text may stand for, with its similarity; a word may come twice.</summary>
    public void Find(ReadOnlySpan<char> text, List<(int Word, float Similarity)> into)
    {
        if (text.Length >= 3) Longer(text, into);
        for (var n = 3; n < text.Length; n++) Offer(text, _words.FindReduced(text[..n]), into);
        Span<uint> hashes = stackalloc uint[DeleteWithin + 1];
        foreach (var h in hashes[..Deletions(text, hashes)])
        {
            var at = _hashes.AsSpan().BinarySearch(h);
            if (at < 0) continue;
            while (at > 0 && _hashes[at - 1] == h) at--;
            for (; at < _hashes.Length && _hashes[at] == h; at++) Offer(text, _hashWord[at], into);
        }

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
        int low = 0, high = _sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_words[_sorted[middle]].SequenceCompareTo(text) < 0) low = middle + 1;
            else high = middle;
        }

        for (var i = low; i < _sorted.Length && i < low + MostByPrefix && _words[_sorted[i]].StartsWith(text); i++) Offer(text, _sorted[i], into);
    }

    // Hashes of the word's beginning, whole and with one letter left out.
    private static int Deletions(ReadOnlySpan<char> word, Span<uint> into)
    {
        if (word.Length < 4) return 0;
        var head = word[..Math.Min(word.Length, DeleteWithin)];
        Span<char> text = stackalloc char[DeleteWithin];
        into[0] = (uint)FieldText.Hash(head);
        for (var skip = 0; skip < head.Length; skip++)
        {
            head[..skip].CopyTo(text);
            head[(skip + 1)..].CopyTo(text[skip..]);
            into[skip + 1] = (uint)FieldText.Hash(text[..(head.Length - 1)]);
        }

        return head.Length + 1;
    }
}
