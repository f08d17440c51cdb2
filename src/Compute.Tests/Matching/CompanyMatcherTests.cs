using Trellis.Compute.Matching;
using Trellis.Compute.Tables;

namespace Trellis.Compute.Tests.Matching;

public sealed class CompanyMatcherTests
{
    [SkippableFact]
    public void Real_listings_are_matched_at_the_stated_quality_without_labels()
    {
        var folder = CompaniesFolder();
        var ours = Read(folder, "ours.csv");
        var theirs = Read(folder, "theirs.csv");
        var truth = new HashSet<(string, string)>();
        var scanner = new CsvScanner(File.ReadAllBytes(Path.Combine(folder, "matches.csv")));
        scanner.Read();
        while (scanner.Read()) truth.Add((scanner.Text(0), scanner.Text(1)));

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
    public void Belief_propagation_gives_the_marginals_of_small_matchings()
    {
        // Two on two: all matchings can be written down. Odds by pattern come from the model, so any odds will do.
        var matcher = new CompanyMatcher();
        matcher.Left.Add(new CompanyRecord("Alpha Nordic Metals", "alpha.example"));
        matcher.Right.Add(new CompanyRecord("Alpha Nordic Metall", "alpha.example"));
        matcher.Right.Add(new CompanyRecord("Alpha Northern Metals"));
        var options = new MatchOptions { Rounds = 0, Threshold = 0, Resolution = MatchResolution.All };
        var alone = matcher.Match(options).Pairs.ToDictionary(p => p.Right, p => p.Probability / (1 - p.Probability));
        var kept = matcher.Match(options with { Resolution = MatchResolution.OneToOne }).Pairs.Single();
        kept.Probability.ShouldBe(alone[kept.Right] / (1 + alone[0] + alone[1]), 1e-9);
    }

    private static (List<CompanyRecord> Left, List<CompanyRecord> Right, int[] Truth) Made(int count, int seed)
    {
        var made = CompanyGenerator.Make(count, seed);
        return (made.Left, made.Right, made.Truth);
    }

    private static string CompaniesFolder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Trellis.slnx")))
            {
                var folder = Path.GetFullPath(Path.Combine(at.FullName, "..", "shared", "data", "companies"));
                Skip.IfNot(Directory.Exists(folder), $"the listings are not at {folder}");
                return folder;
            }

        throw new SkipException("the repository root was not found above the test");
    }

    private static List<(string Id, CompanyRecord Record)> Read(string folder, string file)
    {
        var rows = new List<(string, CompanyRecord)>();
        var s = new CsvScanner(File.ReadAllBytes(Path.Combine(folder, file)));
        s.Read();
        while (s.Read()) rows.Add((s.Text(0), new CompanyRecord(s.Text(1), s.Text(6), null, s.Text(2), s.Text(4), s.Text(5), s.Text(7))));
        return rows;
    }
}
