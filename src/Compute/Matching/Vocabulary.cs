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
    private uint[] _letters = new uint[1 << 9];
    private int[] _slots = new int[1 << 10]; // word + 1, 0 = free
    private byte[] _tags = new byte[1 << 10];    // eight more bits of the hash, so that a miss seldom touches the text
    private int _used;

    public int Count { get; private set; }

    public ReadOnlySpan<char> this[int word] => _text.AsSpan(_start[word], _start[word + 1] - _start[word]);

    /// <summary>One bit for each letter that the word has (a to z; all else shares six bits).</summary>
    public uint Letters(int word) => _letters[word];

    /// <summary>Number of the word, which is added when new.</summary>
    public int Intern(ReadOnlySpan<char> raw)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        var word = Reduce(raw, buffer);
        var slot = Slot(word, out var tag);
        if (_slots[slot] != 0) return _slots[slot] - 1;
        if (_used + word.Length > _text.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + word.Length));
        if (Count + 2 > _start.Length)
        {
            Array.Resize(ref _start, _start.Length * 2);
            Array.Resize(ref _letters, _start.Length);
        }

        word.CopyTo(_text.AsSpan(_used));
        _start[Count] = _used;
        _letters[Count] = LettersOf(word);
        _used += word.Length;
        _start[Count + 1] = _used;
        _slots[slot] = ++Count;
        _tags[slot] = tag;
        if (Count * 2 > _slots.Length) Grow();
        return Count - 1;
    }

    public static uint LettersOf(ReadOnlySpan<char> word)
    {
        var letters = 0u;
        foreach (var c in word) letters |= 1u << (c is >= 'a' and <= 'z' ? c - 'a' : 26 + c % 6);
        return letters;
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

    /// <summary>Numbers of those proper prefixes of a reduced word, from three letters up, that are words themselves.</summary>
    public int Prefixes(ReadOnlySpan<char> word, Span<int> into)
    {
        var found = 0;
        var hash = FieldText.Seed;
        for (var n = 0; n + 1 < word.Length; n++)
        {
            hash = FieldText.Add(hash, word[n]);
            if (n < 2) continue;
            var mask = _slots.Length - 1;
            var slot = (int)FieldText.Mix(hash) & mask;
            var tag = (byte)(FieldText.Mix(hash) >> 56);
            for (; _slots[slot] != 0; slot = slot + 1 & mask)
            {
                if (_tags[slot] != tag || !this[_slots[slot] - 1].SequenceEqual(word[..(n + 1)])) continue;
                into[found++] = _slots[slot] - 1;
                break;
            }
        }

        return found;
    }

    /// <summary>Number of a word that is already reduced, or −1.</summary>
    public int FindReduced(ReadOnlySpan<char> word) => _slots[Slot(word, out _)] - 1;

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

    private int Slot(ReadOnlySpan<char> word, out byte tag)
    {
        var hash = FieldText.Seed;
        foreach (var c in word) hash = FieldText.Add(hash, c);
        hash = FieldText.Mix(hash);
        tag = (byte)(hash >> 56);
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        while (_slots[slot] != 0 && (_tags[slot] != tag || !this[_slots[slot] - 1].SequenceEqual(word))) slot = slot + 1 & mask;
        return slot;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new int[old.Length * 2];
        _tags = new byte[old.Length * 2];
        foreach (var entry in old)
        {
            if (entry == 0) continue;
            var slot = Slot(this[entry - 1], out var tag);
            (_slots[slot], _tags[slot]) = (entry, tag);
        }
    }
}
