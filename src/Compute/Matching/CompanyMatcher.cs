namespace Trellis.Compute.Matching;

/// <summary>One side of a match, filled record by record and kept as columns of numbers.</summary>
public sealed class CompanyList
{
    internal CompanyTable Table { get; }

    internal CompanyList(Vocabulary words) => Table = new CompanyTable(words);

    /// <summary>Records added so far.</summary>
    public int Count => Table.Count;

    /// <summary>Appends a record; returns its row.</summary>
    public int Add(in CompanyFields fields) => Table.Add(fields);

    /// <summary>Appends a record; returns its row.</summary>
    public int Add(CompanyRecord record) => Table.Add(CompanyFields.Of(record));
}

/// <summary>
/// Matches two whole lists of companies: blocking by shared keys and rare words, Fellegi–Sunter weights learned by EM without labels, rarity of the agreeing words in the
/// levels of the name (term-frequency adjustment), competition between candidates, and a threshold from the expected F1.
/// </summary>
public sealed class CompanyMatcher
{
    private const int CompetingRounds = 12;
    private const double Hopeless = 1e-5; // rivals below this change nobody's chances
    private readonly Vocabulary _words = new();
    private WordWeights? _weights;
    private MatchModel? _model;

    /// <summary>An empty matcher; fill both lists, then call <see cref="Match"/>.</summary>
    public CompanyMatcher()
    {
        Left = new CompanyList(_words);
        Right = new CompanyList(_words);
    }

    /// <summary>The first list.</summary>
    public CompanyList Left { get; }

    /// <summary>The second list.</summary>
    public CompanyList Right { get; }

    /// <summary>Matches two lists of records.</summary>
    public static MatchResult Match(IEnumerable<CompanyRecord> left, IEnumerable<CompanyRecord> right, MatchOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var matcher = new CompanyMatcher();
        foreach (var record in left) matcher.Left.Add(record);
        foreach (var record in right) matcher.Right.Add(record);
        return matcher.Match(options, progress, cancellation);
    }

    /// <summary>Finds the pairs. Deterministic for any number of threads.</summary>
    /// <param name="options">Null for the usual ones.</param>
    /// <param name="progress">Told the share of records done, 0 to 1.</param>
    /// <param name="cancellation">Stops the work.</param>
    public MatchResult Match(MatchOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new MatchOptions();
        // The shorter list asks, the longer is indexed: fewer questions, the same pairs.
        var swapped = Left.Count > Right.Count;
        var (asking, indexed) = swapped ? (Right.Table, Left.Table) : (Left.Table, Right.Table);
        var pairs = PairSearch.Run(asking, indexed, selfJoin: false, options, out _weights, progress, cancellation);
        var model = MatchFit.Fit(pairs.Counts, options.Model, options.Rounds, out _);
        cancellation.ThrowIfCancellationRequested();
        pairs = pairs.AtLeast(model, Hopeless);
        var competition = new Competition(pairs, asking, indexed);
        competition.Update(model);
        for (var round = 0; round < Math.Min(options.Rounds, CompetingRounds) && pairs.Total >= 50; round++)
        {
            var before = model.Prior;
            model = MatchFit.Refit(pairs, competition.Probability, options.Model);
            competition.Update(model);
            cancellation.ThrowIfCancellationRequested();
            if (Math.Abs(model.Prior / before - 1) < 1e-3) break;
        }

        var resolved = Resolve.Run(pairs, competition, model, options);
        _model = model;
        var accepted = resolved.Pairs.Select(p => swapped ? new MatchPair(p.Right, p.Left, p.Probability, p.Bits) : p).ToList();
        accepted.Sort((a, b) => a.Left != b.Left ? a.Left.CompareTo(b.Left) : a.Probability != b.Probability ? b.Probability.CompareTo(a.Probability) : a.Right.CompareTo(b.Right));
        return new MatchResult(accepted, resolved.Threshold, model, pairs.Total, resolved.Expected);
    }

    /// <summary>Why a pair is held to be one company: the evidence of each field that both records have, strongest first. After <see cref="Match"/>.</summary>
    public IReadOnlyList<MatchReason> Explain(MatchPair pair)
    {
        if (_weights is null || _model is null) throw new InvalidOperationException("Match the lists first.");
        var pattern = Levels.Pattern(Left.Table, pair.Left, Right.Table, pair.Right, _weights);
        return Evidence.Explain(_model, pattern, null, Left.Table, pair.Left, Right.Table, pair.Right);
    }

    /// <summary>Groups the records of one list that are one company.</summary>
    /// <param name="records">The list.</param>
    /// <param name="options">Null for the usual ones; the resolution is not used.</param>
    /// <param name="progress">Told the share of records done, 0 to 1.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ClusterResult Deduplicate(IEnumerable<CompanyRecord> records, MatchOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var matcher = new CompanyMatcher();
        foreach (var record in records) matcher.Left.Add(record);
        return matcher.Deduplicate(options, progress, cancellation);
    }

    /// <summary>Groups the records of <see cref="Left"/> that are one company.</summary>
    public ClusterResult Deduplicate(MatchOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options = (options ?? new MatchOptions()) with { Resolution = MatchResolution.All };
        var pairs = PairSearch.Run(Left.Table, Left.Table, selfJoin: true, options, out _weights, progress, cancellation);
        _model = MatchFit.Fit(pairs.Counts, options.Model, options.Rounds, out _);
        var resolved = Resolve.Run(pairs, null, _model, options with { Threshold = 0 });
        var threshold = options.Threshold ?? Resolve.BestExpected(resolved.Pairs);
        return new ClusterResult(Clusters.Build(Left.Count, resolved.Pairs, threshold), resolved.Pairs.Where(p => p.Probability >= threshold).ToList(), threshold, _model);
    }
}
