namespace Trellis.Compute.Matching;

/// <summary>
/// The distinct words of all names, numbered in order of first appearance. Words are kept with German digraphs reduced (ae, oe, ue → a, o, u), so that
/// "Wuestenrot" and "Wüstenrot" are one word; the reduction is the same on both sides of a comparison and is never shown.
/// </summary>
internal sealed class Vocabulary
{
    public const int MaxLength = 64;

    private char[] _text = new char[1 << 12];
    private int[] _start = new int[1 << 9];
    private int[] _slots = new int[1 << 10]; // word + 1, 0 = free
    private int _used;

    public int Count { get; private set; }

    public ReadOnlySpan<char> this[int word] => _text.AsSpan(_start[word], _start[word + 1] - _start[word]);

    /// <summary>Number of the word, which is added when new.</summary>
    public int Intern(ReadOnlySpan<char> raw)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        var word = Reduce(raw, buffer);
        var slot = Slot(word);
        if (_slots[slot] != 0) return _slots[slot] - 1;
        if (_used + word.Length > _text.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + word.Length));
        if (Count + 2 > _start.Length) Array.Resize(ref _start, _start.Length * 2);
        word.CopyTo(_text.AsSpan(_used));
        _start[Count] = _used;
        _used += word.Length;
        _start[Count + 1] = _used;
        _slots[slot] = ++Count;
        if (Count * 2 > _slots.Length) Grow();
        return Count - 1;
    }

    /// <summary>Forgets all words.</summary>
    public void Clear()
    {
        if (Count > 0) Array.Clear(_slots);
        (Count, _used) = (0, 0);
    }

    /// <summary>Number of the word, or −1.</summary>
    public int Find(ReadOnlySpan<char> raw)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        return FindReduced(Reduce(raw, buffer));
    }

    /// <summary>Number of a word that is already reduced, or −1.</summary>
    public int FindReduced(ReadOnlySpan<char> word) => _slots[Slot(word)] - 1;

    /// <summary>Cuts to <see cref="MaxLength"/> and drops the e of ae, oe, ue inside a word.</summary>
    public static ReadOnlySpan<char> Reduce(ReadOnlySpan<char> raw, Span<char> buffer)
    {
        var at = 0;
        foreach (var c in raw[..Math.Min(raw.Length, MaxLength)])
        {
            if (c == 'e' && at > 0 && buffer[at - 1] is ('a' or 'o' or 'u')) continue;
            buffer[at++] = c;
        }

        return buffer[..at];
    }

    private int Slot(ReadOnlySpan<char> word)
    {
        var mask = _slots.Length - 1;
        var slot = (int)FieldText.Hash(word) & mask;
        while (_slots[slot] != 0 && !this[_slots[slot] - 1].SequenceEqual(word)) slot = slot + 1 & mask;
        return slot;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new int[old.Length * 2];
        foreach (var entry in old)
            if (entry != 0) _slots[Slot(this[entry - 1])] = entry;
    }
}
