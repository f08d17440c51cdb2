namespace Trellis.Compute.Matching;

/// <summary>Working memory of one search; one per thread.</summary>
internal sealed class CandidateScratch
{
    public readonly List<(int Word, float Similarity)> Variants = [];
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

/// <summary>
/// Blocking: the rows of an index that may be the company of another record. Shared tax number, domain or set of words; then shared words or their variants, rare ones first,
/// until a budget of visited rows is spent; the best by summed rarity remain.
/// </summary>
internal sealed class CandidateFinder(CompanyTable table, Postings postings, HashChains domains, HashChains taxes, HashChains keys)
{
    /// <summary>How widely to look: rows visited in all, rows under one shared key, candidates kept.</summary>
    public readonly record struct Breadth(int Visits, int SameKey, int Keep);

    public static readonly Breadth Online = new(20_000, 200, 60);

    private const float Certain = 1000;

    /// <summary>Leaves the candidates of a row in the scratch memory's map; the caller reads and clears it.</summary>
    public void Gather(CompanyTable left, int row, WordVariants? variants, WordWeights weights, CandidateScratch scratch, Breadth breadth)
    {
        scratch.Clear();
        SameKey(taxes, left.Tax[row], scratch, breadth.SameKey);
        SameKey(domains, left.Domain[row], scratch, breadth.SameKey);
        SameKey(keys, left.Key[row], scratch, breadth.SameKey);
        Terms(left, row, variants, weights, scratch);
        var visits = breadth.Visits;
        foreach (var (word, gain, names) in scratch.Terms)
        {
            if (names > visits && visits < breadth.Visits) break;
            foreach (var r in postings.Packed(word))
            {
                scratch.Add(r, gain);
                if (--visits == 0) return;
            }

            if (postings.Later(word) is { } later)
                foreach (var r in later) scratch.Add(r, gain);
        }
    }

    private void SameKey(HashChains chains, ulong key, CandidateScratch scratch, int most)
    {
        for (var r = chains.First(key); r >= 0 && most > 0; r = chains.After(r), most--) scratch.Add(r, Certain);
    }

    private void Terms(CompanyTable left, int row, WordVariants? variants, WordWeights weights, CandidateScratch scratch)
    {
        foreach (var word in left.Tokens(row))
        {
            if (word < table.Words.Count && postings.Names.Length > word && postings.Names[word] > 0)
                scratch.Terms.Add((word, weights[word], postings.Names[word]));
            if (variants is null) continue;
            var from = scratch.Variants.Count;
            variants.Find(left.Text(word), scratch.Variants);
            for (var i = from; i < scratch.Variants.Count; i++)
            {
                var (other, similarity) = scratch.Variants[i];
                if (postings.Names[other] > 0 && IsFirst(scratch, from, i))
                    scratch.Terms.Add((other, similarity * weights[other] * 0.8f, postings.Names[other]));
            }
        }

        scratch.Terms.Sort((a, b) => a.Names != b.Names ? a.Names.CompareTo(b.Names) : a.Word.CompareTo(b.Word));
    }

    private static bool IsFirst(CandidateScratch scratch, int from, int i)
    {
        for (var k = from; k < i; k++)
            if (scratch.Variants[k].Word == scratch.Variants[i].Word) return false;
        return true;
    }
}
