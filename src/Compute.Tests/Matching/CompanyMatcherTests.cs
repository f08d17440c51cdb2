using Trellis.Compute.Matching;

namespace Trellis.Compute.Tests.Matching;

public sealed class CompanyMatcherTests
{
    [SkippableFact]
    public void Real_listings_are_matched_at_the_stated_quality_without_labels()
    {
        var (ours, theirs, truth) = Listings.Read();
        var result = CompanyMatcher.Match(ours.Select(r => r.Record), theirs.Select(r => r.Record));

        var right = result.Pairs.Count(p => truth.Contains((ours[p.Left].Id, theirs[p.Right].Id)));
        var f1 = 2.0 * right / (result.Pairs.Count + truth.Count);
        f1.ShouldBeGreaterThanOrEqualTo(0.88);
        result.Expected.Precision.ShouldBe((double)right / result.Pairs.Count, 0.05);
    }

    [Fact]
    public void The_answer_does_not_depend_on_the_number_of_threads()
    {
        var (left, right, _) = Made(5000, 1);
        var one = CompanyMatcher.Match(left, right, new MatchOptions { Threads = 1 });
        var four = CompanyMatcher.Match(left, right, new MatchOptions { Threads = 4 });
        four.Pairs.ShouldBe(one.Pairs);
        four.Threshold.ShouldBe(one.Threshold);
    }

    [Fact]
    public void Swapping_the_lists_swaps_the_pairs()
    {
        var (left, right, _) = Made(1500, 2);
        var there = CompanyMatcher.Match(left, right.Take(1200)).Pairs.Select(p => (p.Left, p.Right)).ToHashSet();
        var back = CompanyMatcher.Match(right.Take(1200), left).Pairs.Select(p => (p.Right, p.Left)).ToHashSet();
        back.ShouldBe(there, ignoreOrder: true);
    }

    [Fact]
    public void Generated_twins_are_found_and_strangers_are_not()
    {
        var (left, right, truth) = Made(4000, 3);
        var pairs = CompanyMatcher.Match(left, right).Pairs;
        var good = pairs.Count(p => truth[p.Left] == p.Right);
        ((double)good / pairs.Count).ShouldBeGreaterThan(0.95);
        ((double)good / truth.Count(t => t >= 0)).ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void One_to_one_never_uses_a_record_twice()
    {
        var (left, right, _) = Made(2000, 4);
        var pairs = CompanyMatcher.Match(left, right, new MatchOptions { Resolution = MatchResolution.OneToOne }).Pairs;
        pairs.Select(p => p.Left).Distinct().Count().ShouldBe(pairs.Count);
        pairs.Select(p => p.Right).Distinct().Count().ShouldBe(pairs.Count);
    }

    [Fact]
    public void Empty_and_tiny_lists_are_no_error()
    {
        CompanyMatcher.Match([], []).Pairs.ShouldBeEmpty();
        CompanyMatcher.Match([new("Siemens AG")], []).Pairs.ShouldBeEmpty();
        CompanyMatcher.Match([new(null)], [new("")]).Pairs.ShouldBeEmpty();
        CompanyMatcher.Match([new("Siemens AG", "siemens.com")], [new("SIEMENS", "www.siemens.com")]).Pairs.Single().Probability.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void Each_pair_can_be_explained()
    {
        var matcher = new CompanyMatcher();
        var (left, right, _) = Made(800, 5);
        foreach (var r in left) matcher.Left.Add(r);
        foreach (var r in right) matcher.Right.Add(r);
        foreach (var pair in matcher.Match().Pairs.Take(100))
            matcher.Explain(pair).Sum(r => r.Bits).ShouldBe(pair.Bits, 1e-9);
    }

    [Fact]
    public void Duplicates_in_one_list_form_clusters_and_different_companies_do_not()
    {
        var (left, right, truth) = Made(2000, 6);
        var all = left.Concat(right).ToList();
        var result = CompanyMatcher.Deduplicate(all);
        int joined = 0, pairs = 0;
        for (var i = 0; i < left.Count; i++)
        {
            if (truth[i] < 0) continue;
            pairs++;
            if (result.Cluster[i] == result.Cluster[left.Count + truth[i]]) joined++;
        }

        ((double)joined / pairs).ShouldBeGreaterThan(0.85);
        var wrong = result.Cluster.Select((c, i) => (c, i)).Count(x => x.c != x.i && !(x.i >= left.Count && x.c < left.Count && truth[x.c] == x.i - left.Count));
        ((double)wrong / pairs).ShouldBeLessThan(0.08);
    }

    [Fact]
    public void Belief_propagation_gives_the_exact_marginals_on_trees()
    {
        var random = new Random(8);
        for (var round = 0; round < 200; round++)
        {
            // A random tree over left and right companies: each new company hangs on an earlier one of the other side.
            int left = 1, right = 1;
            var edges = new List<(int L, int R)> { (0, 0) };
            for (var k = random.Next(7); k > 0; k--) edges.Add(random.Next(2) == 0 ? (left++, random.Next(right)) : (random.Next(left), right++));
            edges.Sort();
            var model = MatchModel.Default with { Prior = 0.3 };
            var levels = edges.Select(_ => 1 + random.Next(Levels.Count[0] - 1)).ToArray();
            var odds = levels.Select(l => 3.0 / 7 * Math.Pow(2, model.Bits(MatchField.Name, l))).ToArray();
            var start = Enumerable.Range(0, left + 1).Select(l => edges.Count(e => e.L < l)).ToArray();
            var counts = new long[Levels.Patterns];
            foreach (var level in levels) counts[level]++;
            var pairs = new CandidatePairs(start, [.. edges.Select(e => e.R)], levels, counts);

            var competition = new Competition(pairs, Table("left", left), Table("right", right));
            competition.Update(model);

            for (var e = 0; e < edges.Count; e++) competition.Probability[e].ShouldBe(Marginal(edges, odds, e), 1e-6);
        }
    }

    // Sum over all matchings, written down one by one.
    private static double Marginal(List<(int L, int R)> edges, double[] odds, int edge)
    {
        double all = 0, with = 0;
        for (var choice = 0; choice < 1 << edges.Count; choice++)
        {
            var chosen = Enumerable.Range(0, edges.Count).Where(e => (choice >> e & 1) != 0).ToList();
            if (chosen.Select(e => edges[e].L).Distinct().Count() < chosen.Count || chosen.Select(e => edges[e].R).Distinct().Count() < chosen.Count) continue;
            var weight = chosen.Aggregate(1.0, (w, e) => w * odds[e]);
            all += weight;
            if ((choice >> edge & 1) != 0) with += weight;
        }

        return with / all;
    }

    private static CompanyTable Table(string side, int rows)
    {
        var table = new CompanyTable(new Vocabulary());
        for (var i = 0; i < rows; i++) table.Add(new CompanyFields { Name = $"{side} company {(char)('a' + i)}{(char)('a' + i)}" });
        return table;
    }

    private static (List<CompanyRecord> Left, List<CompanyRecord> Right, int[] Truth) Made(int count, int seed)
    {
        var made = CompanyGenerator.Make(count, seed);
        return (made.Left, made.Right, made.Truth);
    }
}
