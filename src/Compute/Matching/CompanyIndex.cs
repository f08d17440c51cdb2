namespace Trellis.Compute.Matching;

/// <summary>A company of the index that may be the one asked for.</summary>
/// <param name="Row">Its row: the position in the list the index was built from, or what <see cref="CompanyIndex.Add"/> returned.</param>
/// <param name="Probability">Calibrated probability that it is the same company, 0 to 1.</param>
/// <param name="Bits">Sum of evidence in bits, before the prior.</param>
/// <param name="Reasons">Why, strongest evidence first.</param>
public sealed record CompanyCandidate(int Row, double Probability, double Bits, IReadOnlyList<MatchReason> Reasons);

/// <summary>One piece of evidence for or against a pair.</summary>
/// <param name="Field">The field it comes from.</param>
/// <param name="Text">A sentence for a person.</param>
/// <param name="Bits">Its weight: each bit doubles (or, below 0, halves) the odds.</param>
public sealed record MatchReason(MatchField Field, string Text, double Bits);

/// <summary>
/// Customers that can be asked, one typed record at a time, "do we know this company?". Searches may run at the same time as each other and as additions;
/// the order of additions alone decides the answers.
/// </summary>
public sealed class CompanyIndex
{
    private readonly Lock _idleGate = new();
    private readonly ReaderWriterLockSlim _gate = new();
    private readonly CompanyTable _table;
    private readonly CandidateFinder _finder;
    private readonly MatchModel _model;
    private readonly HashSet<int> _removed = [];
    private readonly Stack<Search> _idle = new();
    private WordVariants _variants;

    private CompanyIndex(CompanyTable table, MatchModel model, CancellationToken cancellation)
    {
        _table = table;
        _model = model;
        _finder = new CandidateFinder(table);
        _finder.Build();
        cancellation.ThrowIfCancellationRequested();
        _variants = new WordVariants(table.Words, _finder.Postings.Names);
    }

    /// <summary>Companies that can be found.</summary>
    public int Count
    {
        get
        {
            _gate.EnterReadLock();
            try { return _table.Count - _removed.Count; }
            finally { _gate.ExitReadLock(); }
        }
    }

    /// <summary>Builds an index; a record's row is its position.</summary>
    /// <param name="records">The companies.</param>
    /// <param name="model">Weights, by default <see cref="MatchModel.Default"/>; better ones come from fitting two whole lists.</param>
    /// <param name="cancellation">Stops the build.</param>
    public static CompanyIndex Build(IReadOnlyList<CompanyRecord> records, MatchModel? model = null, CancellationToken cancellation = default)
    {
        var table = new CompanyTable(new Vocabulary());
        for (var i = 0; i < records.Count; i++)
        {
            if ((i & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            table.Add(CompanyFields.Of(records[i]));
        }

        return new CompanyIndex(table, model ?? MatchModel.Default, cancellation);
    }

    /// <summary>Builds an index over a list that was read elsewhere, which it takes over: add to the index, no longer to the list.</summary>
    public static CompanyIndex Build(CompanyList list, MatchModel? model = null, CancellationToken cancellation = default) => new(list.Table, model ?? MatchModel.Default, cancellation);

    /// <summary>Adds one company and returns its row; it can be found at once.</summary>
    public int Add(CompanyRecord record)
    {
        _gate.EnterWriteLock();
        try
        {
            var row = _table.Add(CompanyFields.Of(record));
            _finder.Add(row);
            // Weights of all words move slowly; recomputing them now and then keeps additions cheap and their effect repeatable.
            if (_variants.Behind > 512 + _table.Words.Count / 20)
            {
                _finder.Reweigh();
                _variants = new WordVariants(_table.Words, _finder.Postings.Names);
            }

            return row;
        }
        finally { _gate.ExitWriteLock(); }
    }

    /// <summary>Takes one company out; false when the row is unknown or already gone.</summary>
    public bool Remove(int row)
    {
        _gate.EnterWriteLock();
        try { return (uint)row < (uint)_table.Count && _removed.Add(row); }
        finally { _gate.ExitWriteLock(); }
    }

    /// <summary>The companies most likely to be the one written in the record, best first; at most <paramref name="limit"/>.</summary>
    /// <param name="record">What a person typed; a name or a domain is enough.</param>
    /// <param name="limit">How many to return, at least 1.</param>
    /// <param name="least">Leaves out candidates below this probability.</param>
    public IReadOnlyList<CompanyCandidate> Find(CompanyRecord record, int limit, double least = 0.01)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var search = Rent();
        _gate.EnterReadLock();
        try
        {
            search.Query.Clear();
            search.Query.Add(CompanyFields.Of(record));
            search.Scratch.Clear();
            AddVariants(search);
            _finder.Gather(search.Query, 0, search.Scratch, Breadth.Online);
            return Rank(record, search, limit, least);
        }
        finally
        {
            _gate.ExitReadLock();
            lock (_idleGate) _idle.Push(search);
        }
    }

    private List<CompanyCandidate> Rank(CompanyRecord record, Search search, int limit, double least)
    {
        search.Best.Take(search.Scratch, Breadth.Online.Keep, Breadth.Online.Least, _removed);
        var found = new List<(int Row, int Pattern, double Bits)>(search.Best.Rows.Count);
        foreach (var row in search.Best.Rows)
        {
            var pattern = Levels.Pattern(search.Query, 0, _table, row, _finder.Weights);
            var bits = Evidence.Bits(_model, pattern);
            if (_model.Probability(bits) >= least) found.Add((row, pattern, bits));
        }

        found.Sort((a, b) => a.Bits != b.Bits ? b.Bits.CompareTo(a.Bits) : a.Row.CompareTo(b.Row));
        return found.Take(limit)
            .Select(f => new CompanyCandidate(f.Row, _model.Probability(f.Bits), f.Bits, Evidence.Explain(_model, f.Pattern, record, search.Query, 0, _table, f.Row)))
            .ToList();
    }

    private void AddVariants(Search search)
    {
        var (scratch, names) = (search.Scratch, _finder.Postings.Names);
        foreach (var word in search.Query.Tokens(0))
        {
            scratch.Variants.Clear();
            _variants.Find(search.Query.Text(word), scratch.Slips, scratch.Variants);
            foreach (var (other, similarity) in scratch.Variants)
                if (other < names.Length && names[other] > 0) scratch.Terms.Add((other, similarity * _finder.Weights[other] * 0.8f, names[other]));
        }
    }

    private Search Rent()
    {
        lock (_idleGate)
            if (_idle.TryPop(out var search)) return search;
        return new Search(_table.Words);
    }

    private sealed class Search(Vocabulary words)
    {
        public CompanyTable Query { get; } = new(words, new Vocabulary());
        public CandidateScratch Scratch { get; } = new();
        public BestRows Best { get; } = new();
    }
}
