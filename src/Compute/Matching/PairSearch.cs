namespace Trellis.Compute.Matching;

/// <summary>Candidate pairs by asking row: those of row r are at Start[r] … Start[r+1].</summary>
internal sealed record CandidatePairs(int[] Start, int[] Other, int[] Pattern, long[] Counts)
{
    public long Total => Start[^1];
}

/// <summary>Finds and compares candidate pairs of two tables.</summary>
internal static class PairSearch
{
    private const int Block = 2048; // rows a task takes at a time: fixed, so that threads do not change the order

    public static CandidatePairs Run(CompanyTable asking, CompanyTable indexed, bool selfJoin, MatchOptions options, out WordWeights weights, IProgress<double>? progress, CancellationToken cancellation)
    {
        var postings = new Postings();
        postings.Build(indexed);
        HashChains domains = new(), taxes = new(), keys = new();
        for (var row = 0; row < indexed.Count; row++)
        {
            domains.Add(indexed.Domain[row], row);
            taxes.Add(indexed.Tax[row], row);
            keys.Add(indexed.Key[row], row);
        }

        var bits = weights = new WordWeights();
        bits.Update(postings.Names.AsSpan(0, Math.Min(postings.Names.Length, indexed.Words.Count)), indexed.Count);
        var variants = new WordVariants(indexed.Words);
        var finder = new CandidateFinder(indexed, postings, domains, taxes, keys);
        var breadth = new CandidateFinder.Breadth(4000, 50, 20);
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
                finder.Gather(asking, row, variants, bits, scratch, breadth);
                best.Take(scratch, breadth.Keep, null);
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
