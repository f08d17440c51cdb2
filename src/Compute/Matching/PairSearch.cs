namespace Trellis.Compute.Matching;

/// <summary>Candidate pairs by asking row: those of row r are at Start[r] … Start[r+1].</summary>
internal sealed record CandidatePairs(int[] Start, int[] Other, int[] Pattern, long[] Counts)
{
    /// <summary>Pairs that were compared, kept or not.</summary>
    public long Total => Counts.Sum();

    /// <summary>Only the pairs whose probability is at least a bound; the counts stay those of all pairs.</summary>
    public CandidatePairs AtLeast(MatchModel model, double bound)
    {
        var keep = new bool[Levels.Patterns];
        for (var p = 0; p < keep.Length; p++) keep[p] = Counts[p] > 0 && model.Probability(Evidence.Bits(model, p)) >= bound;
        var start = new int[Start.Length];
        for (var row = 0; row + 1 < Start.Length; row++)
        {
            start[row + 1] = start[row];
            for (var i = Start[row]; i < Start[row + 1]; i++)
                if (keep[Pattern[i]]) start[row + 1]++;
        }

        var other = new int[start[^1]];
        var pattern = new int[start[^1]];
        var at = 0;
        for (var i = 0; i < Other.Length; i++)
            if (keep[Pattern[i]]) (other[at], pattern[at++]) = (Other[i], Pattern[i]);
        return new CandidatePairs(start, other, pattern, Counts);
    }
}

/// <summary>Finds and compares candidate pairs of two tables.</summary>
internal static class PairSearch
{
    private const int Established = 25;
    private const int Block = 2048; // rows a task takes at a time: fixed, so that threads do not change the order

    public static CandidatePairs Run(CompanyTable asking, CompanyTable indexed, bool selfJoin, MatchOptions options, out WordWeights weights, IProgress<double>? progress, CancellationToken cancellation)
    {
        var finder = new CandidateFinder(indexed);
        finder.Build();
        var bits = weights = finder.Weights;
        cancellation.ThrowIfCancellationRequested();
        var graph = selfJoin || asking.Count > 0 ? Variants(asking, finder, selfJoin, cancellation) : null;
        var breadth = indexed.Count < 50_000 ? Breadth.Batch with { Visits = 4000, Common = 1000, Keep = 16, Least = 0.3f } : Breadth.Batch;
        var blocks = (asking.Count + Block - 1) / Block;
        var found = new List<(int Other, int Pattern)>[blocks];
        var start = new int[asking.Count + 1];
        var done = 0;
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount };
        Parallel.For(0, blocks, parallel, () => (new CandidateScratch(), new BestRows()), (block, _, memory) =>
        {
            var (scratch, best) = memory;
            var pairs = found[block] = [];
            for (var row = block * Block; row < Math.Min(asking.Count, (block + 1) * Block); row++)
            {
                scratch.Clear();
                if (selfJoin || !finder.HasSame(asking, row)) AddVariants(asking, row, graph!, finder, scratch);
                finder.Gather(asking, row, scratch, breadth);
                best.Take(scratch, breadth.Keep, breadth.Least, null);
                foreach (var other in best.Rows)
                {
                    if (selfJoin && other <= row) continue;
                    pairs.Add((other, Levels.Pattern(asking, row, indexed, other, bits)));
                    start[row + 1]++;
                }
            }

            progress?.Report(Interlocked.Increment(ref done) / (double)blocks);
            return memory;
        }, _ => { });
        return Pack(start, found);
    }

    // Rows that share their words or domain with a row of the index need no guessing at other spellings.
    private static VariantGraph Variants(CompanyTable asking, CandidateFinder finder, bool selfJoin, CancellationToken cancellation)
    {
        // In a long list a word of many names is an established one: its misspellings are found through the other words of the name.
        var established = finder.Postings.Total < 50_000 ? int.MaxValue : Established;
        var names = finder.Postings.Names;
        var needed = new bool[asking.Words.Count];
        for (var row = 0; row < asking.Count; row++)
            if (selfJoin || !finder.HasSame(asking, row))
                foreach (var word in asking.Tokens(row)) needed[word] = names[word] < established;
        return new VariantGraph(asking.Words, needed, finder.Postings.Names, cancellation);
    }

    internal static void AddVariants(CompanyTable asking, int row, VariantGraph graph, CandidateFinder finder, CandidateScratch scratch)
    {
        foreach (var word in asking.Tokens(row))
        {
            var words = graph.Words(word);
            var similarities = graph.Similarities(word);
            for (var i = 0; i < words.Length; i++)
                scratch.Terms.Add((words[i], similarities[i] * finder.Weights[words[i]] * 0.8f, finder.Postings.Names[words[i]]));
        }
    }

    private static CandidatePairs Pack(int[] start, List<(int Other, int Pattern)>[] found)
    {
        for (var i = 1; i < start.Length; i++) start[i] += start[i - 1];
        var other = new int[start[^1]];
        var pattern = new int[start[^1]];
        var counts = new long[Levels.Patterns];
        var at = 0;
        foreach (var block in found)
            foreach (var pair in block)
            {
                (other[at], pattern[at++]) = pair;
                counts[pair.Pattern]++;
            }

        return new CandidatePairs(start, other, pattern, counts);
    }
}
