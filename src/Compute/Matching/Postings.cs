namespace Trellis.Compute.Matching;

/// <summary>For each word the rows whose names hold it: one packed block from the build, lists for rows added later.</summary>
internal sealed class Postings
{
    private int[] _start = [0];
    private int[] _rows = [];
    private readonly Dictionary<int, List<int>> _later = [];

    /// <summary>Number of names that hold each word, over both parts; grows with the vocabulary.</summary>
    public int[] Names { get; private set; } = [];

    /// <summary>Rows packed by the build.</summary>
    public int Total { get; private set; }

    /// <summary>Packs all rows of a table.</summary>
    public void Build(CompanyTable table)
    {
        Total = table.Count;
        Names = new int[Math.Max(16, table.Words.Count)];
        for (var row = 0; row < table.Count; row++)
            foreach (var word in Distinct(table.Tokens(row))) Names[word]++;
        _start = new int[table.Words.Count + 1];
        for (var w = 0; w < table.Words.Count; w++) _start[w + 1] = _start[w] + Names[w];
        _rows = new int[_start[^1]];
        // Filled from the back, so that the starts end where they belong without a copy.
        for (var w = 0; w < table.Words.Count; w++) _start[w] += Names[w];
        for (var row = table.Count - 1; row >= 0; row--)
            foreach (var word in Distinct(table.Tokens(row))) _rows[--_start[word]] = row;
        _later.Clear();
    }

    /// <summary>Adds one row's words.</summary>
    public void Add(ReadOnlySpan<int> words, int row)
    {
        foreach (var word in Distinct(words))
        {
            if (word >= Names.Length)
            {
                var grown = Names;
                Array.Resize(ref grown, Math.Max(word + 1, grown.Length * 2));
                Names = grown;
            }

            Names[word]++;
            if (!_later.TryGetValue(word, out var rows)) _later[word] = rows = [];
            rows.Add(row);
        }
    }

    /// <summary>Rows packed at the build.</summary>
    public ReadOnlySpan<int> Packed(int word) => word + 1 < _start.Length ? _rows.AsSpan(_start[word], _start[word + 1] - _start[word]) : [];

    /// <summary>Rows added since.</summary>
    public List<int>? Later(int word) => _later.GetValueOrDefault(word);

    /// <summary>A word's first occurrences only; names are so short that a scan is quickest.</summary>
    private static DistinctWords Distinct(ReadOnlySpan<int> words) => new(words);

    private ref struct DistinctWords(ReadOnlySpan<int> words)
    {
        private readonly ReadOnlySpan<int> _words = words;
        private int _at = -1;

        public readonly DistinctWords GetEnumerator() => this;

        public readonly int Current => _words[_at];

        public bool MoveNext()
        {
            do _at++;
            while (_at < _words.Length && _words[.._at].Contains(_words[_at]));
            return _at < _words.Length;
        }
    }
}
