namespace Trellis.Compute.Matching;

/// <summary>Working memory of one search; one per thread.</summary>
internal sealed class CandidateScratch
{
    public readonly List<(int Word, float Similarity)> Variants = [];
    public readonly List<int> Slips = [];
    public readonly List<(int Word, float Gain, int Names)> Terms = [];
    private int[] _slots = new int[1 << 10]; // row + 1, 0 = free
    private float[] _scores = new float[1 << 10];
    private int[] _used = new int[1 << 9];

    public int Count { get; private set; }

    public int Row(int i) => _slots[_used[i]] - 1;

    public float Score(int i) => _scores[_used[i]];

    public void Add(int row, float gain)
    {
        var slot = Slot(row);
        if (_slots[slot] == 0)
        {
            if (Count == _used.Length)
            {
                Grow();
                slot = Slot(row);
            }

            _slots[slot] = row + 1;
            _scores[slot] = 0;
            _used[Count++] = slot;
        }

        _scores[slot] += gain;
    }

    public void Clear()
    {
        for (var i = 0; i < Count; i++) _slots[_used[i]] = 0;
        Count = 0;
        Variants.Clear();
        Terms.Clear();
    }

    private int Slot(int row)
    {
        var mask = _slots.Length - 1;
        var slot = (int)((uint)row * 2654435769u >> 8) & mask;
        while (_slots[slot] != 0 && _slots[slot] != row + 1) slot = slot + 1 & mask;
        return slot;
    }

    private void Grow()
    {
        var (slots, scores, used) = (_slots, _scores, _used);
        _slots = new int[slots.Length * 2];
        _scores = new float[scores.Length * 2];
        _used = new int[used.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            var slot = Slot(slots[used[i]] - 1);
            (_slots[slot], _scores[slot], _used[i]) = (slots[used[i]], scores[used[i]], slot);
        }
    }
}

/// <summary>How widely to look: rows visited in all, names above which a word alone is too common, rows under one shared key, candidates kept, and the share of the best score they must reach.</summary>
internal readonly record struct Breadth(int Visits, int Common, int SameKey, int Keep, float Least)
{
    public static readonly Breadth Online = new(20_000, 20_000, 200, 60, 0.2f);
    public static readonly Breadth Batch = new(500, 300, 40, 10, 0.5f);
}

/// <summary>
/// Blocking: the rows of an index that may be the company of another record. Shared tax number, domain, set of words or first two words; then shared words or their variants,
/// rare ones first, until a budget of visited rows is spent. Scores are the summed rarity of what is shared.
/// </summary>
internal sealed class CandidateFinder(CompanyTable table)
{
    private readonly HashChains _domains = new(table.Count), _taxes = new(), _keys = new(table.Count), _starts = new(table.Count);

    public Postings Postings { get; } = new();
    public WordWeights Weights { get; } = new();

    /// <summary>Indexes all rows of the table.</summary>
    public void Build()
    {
        Postings.Build(table);
        for (var row = 0; row < table.Count; row++) AddKeys(row);
        Reweigh();
    }

    /// <summary>Indexes one row that was added to the table; weights stay as they were.</summary>
    public void Add(int row)
    {
        Postings.Add(table.Tokens(row), row);
        AddKeys(row);
    }

    /// <summary>Recomputes the weights of all words.</summary>
    public void Reweigh() => Weights.Update(Postings.Names.AsSpan(0, Math.Min(Postings.Names.Length, table.Words.Count)), table.Count);

    /// <summary>True when a row of the index has the same words or the same domain.</summary>
    public bool HasSame(CompanyTable left, int row) => _keys.First(left[row].Key) >= 0 || _domains.First(left[row].Domain) >= 0;

    /// <summary>Leaves the candidates of a row in the scratch memory; its terms beyond the row's own words are already in <see cref="CandidateScratch.Terms"/>.</summary>
    public void Gather(CompanyTable left, int row, CandidateScratch scratch, Breadth breadth)
    {
        var certain = 2 * Weights.Unknown;
        SameKey(_taxes, left[row].Tax, scratch, breadth.SameKey, certain);
        SameKey(_domains, left[row].Domain, scratch, breadth.SameKey, certain);
        SameKey(_keys, left[row].Key, scratch, breadth.SameKey, Weights.Unknown);
        SameKey(_starts, StartOf(left.Tokens(row)), scratch, breadth.SameKey, Weights.Unknown / 4);
        foreach (var word in left.Tokens(row))
            if (word < Postings.Names.Length && Postings.Names[word] > 0) scratch.Terms.Add((word, Weights[word], Postings.Names[word]));
        if (scratch.Terms.Count > 1) scratch.Terms.Sort((a, b) => a.Names != b.Names ? a.Names.CompareTo(b.Names) : a.Word != b.Word ? a.Word.CompareTo(b.Word) : b.Gain.CompareTo(a.Gain));
        var visits = breadth.Visits;
        for (var t = 0; t < scratch.Terms.Count; t++)
        {
            var (word, gain, names) = scratch.Terms[t];
            if (names > breadth.Common && scratch.Count > 0) break;
            if (t > 0 && scratch.Terms[t - 1].Word == word) continue;
            foreach (var r in Postings.Packed(word))
            {
                scratch.Add(r, gain);
                if (--visits == 0) return;
            }

            if (Postings.Later(word) is { } later)
                foreach (var r in later) scratch.Add(r, gain);
        }
    }

    private void AddKeys(int row)
    {
        _domains.Add(table[row].Domain, row);
        _taxes.Add(table[row].Tax, row);
        _keys.Add(table[row].Key, row);
        _starts.Add(StartOf(table.Tokens(row)), row);
    }

    private static ulong StartOf(ReadOnlySpan<int> words) => words.Length < 2 ? 0 : FieldText.Mix((ulong)words[0] << 32 | (uint)words[1]) | 1;

    private static void SameKey(HashChains chains, ulong key, CandidateScratch scratch, int most, float gain)
    {
        for (var r = chains.First(key); r >= 0 && most > 0; r = chains.After(r), most--) scratch.Add(r, gain);
    }
}
