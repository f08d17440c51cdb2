using Trellis.Compute.Attribution;

namespace Trellis.Compute.Tests.Attribution;

public sealed class MoneySplitTests
{
    private static (long[] Parts, long Left) Split(long amount, params double[] shares)
    {
        var parts = new long[shares.Length];
        return (parts, MoneySplit.Split(amount, shares, parts));
    }

    [Fact]
    public void Largest_remainders_get_the_odd_cents()
    {
        Split(100, 1 / 3.0, 1 / 3.0, 1 / 3.0).Parts.ShouldBe([34, 33, 33]);
        Split(-100, 1 / 3.0, 1 / 3.0, 1 / 3.0).Parts.ShouldBe([-34, -33, -33]);
        // 2.5, 2.5 and 5 for nobody: of the tied remainders the earlier claimant's wins.
        Split(10, 0.25, 0.25).Parts.ShouldBe([3, 2]);
        Split(10, 0.25, 0.25).Left.ShouldBe(5);
        Split(7).Left.ShouldBe(7);
        // The textbook apportionment of 10 seats over votes of 47, 16, 15.8, 12, 6.1, 3.1 %.
        Split(10, 0.47, 0.16, 0.158, 0.12, 0.061, 0.031).Parts.ShouldBe([5, 2, 1, 1, 1, 0]);
    }

    [Fact]
    public void Every_split_is_exact_and_within_one_unit_of_the_quota()
    {
        var random = new Random(3);
        for (var round = 0; round < 20_000; round++)
        {
            var n = random.Next(1, 9);
            var shares = Enumerable.Range(0, n + random.Next(2)).Select(_ => random.NextDouble()).ToArray();
            var sum = shares.Sum();
            shares = [.. shares.Take(n).Select(s => s / sum)];
            var amount = random.NextInt64(-1_000_000, 1_000_000) >> random.Next(0, 18);
            var (parts, rest) = Split(amount, shares);
            (parts.Sum() + rest).ShouldBe(amount);
            for (var i = 0; i < n; i++) Math.Abs(parts[i] - amount * shares[i]).ShouldBeLessThan(1.000001);
        }
    }

    [Fact]
    public void The_largest_amounts_are_split_exactly()
    {
        foreach (var amount in new[] { long.MaxValue, long.MinValue + 1, 1L << 53 | 1 })
        {
            var (parts, rest) = Split(amount, 0.1, 0.2, 0.3, 0.4);
            (parts.Sum() + rest).ShouldBe(amount);
            rest.ShouldBe(0);
        }
    }

    [Fact]
    public void Shares_above_one_together_are_refused() => Should.Throw<ArgumentException>(() => Split(10, 0.6, 0.5)).Message.ShouldContain("more than 1");
}
