using System.Numerics;
using Trellis.Compute.Attribution;

namespace Trellis.Compute.Tests.Attribution;

public sealed class ShapleyTests
{
    [Fact]
    public void The_glove_game_and_the_airport_game_come_out_as_in_the_textbook()
    {
        // One left glove, two right ones: a pair is worth 1.
        Shapley.Exact(3, Worth(3, s => (s & 1) != 0 && (s & 6) != 0 ? 1 : 0)).Values.ShouldBe([2 / 3.0, 1 / 6.0, 1 / 6.0], 1e-12);
        // Runway costs 8, 11, 13, 18 (Littlechild and Owen's rule: each section is shared by those who need it).
        double[] cost = [8, 11, 13, 18];
        Shapley.Exact(4, Worth(4, s => Enumerable.Range(0, 4).Where(i => (s >> i & 1) != 0).Select(i => cost[i]).DefaultIfEmpty(0).Max()))
            .Values.ShouldBe([2, 3, 4, 9], 1e-12);
    }

    [Fact]
    public void Exact_values_equal_the_mean_over_all_orders_and_keep_the_axioms()
    {
        var random = new Random(2);
        for (var n = 1; n <= 6; n++)
        {
            var worth = Worth(n, _ => random.NextDouble());
            var values = Shapley.Exact(n, worth).Values;
            var slow = OverAllOrders(n, worth);
            for (var i = 0; i < n; i++) values[i].ShouldBe(slow[i], 1e-12);
            values.Sum().ShouldBe(worth[^1] - worth[0], 1e-12, "efficiency");

            var sizes = Enumerable.Range(0, n + 1).Select(_ => random.NextDouble()).ToArray();
            // Symmetry: when only the size counts, all get the same.
            Shapley.Exact(n, Worth(n, s => sizes[BitOperations.PopCount((uint)s)])).Values.ShouldAllBe(v => Math.Abs(v - ((sizes[n] - sizes[0]) / n)) < 1e-12);
            Shapley.Exact(n, Worth(n, s => worth[s | 1])).Values[0].ShouldBe(0, 1e-12, "a dummy gets nothing");
        }
    }

    [Fact]
    public void The_closed_form_equals_the_exact_value_of_its_game()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var journeys = Make.Random(seed, 9, 300, maxLength: 14);
            var closed = Shapley.ByConversions(PackedJourneys.From(journeys));
            var exact = Shapley.Exact(9, Shapley.ConversionsWithin(journeys)).Values;
            for (var c = 0; c < 9; c++) closed[c].Conversions.ShouldBe(exact[c], 1e-9);
            var byRule = CreditRules.LinearByChannel(journeys).Totals(journeys.Conversions, journeys.Values);
            for (var c = 0; c < 9; c++) closed[c].Value.ShouldBe(byRule[c].Value, 1e-6);
        }
    }

    [Fact]
    public void Sampled_intervals_cover_the_exact_value_about_as_often_as_they_say()
    {
        var random = new Random(9);
        int covered = 0, all = 0;
        for (var round = 0; round < 40; round++)
        {
            var worth = Worth(8, s => BitOperations.PopCount((uint)s) + random.NextDouble());
            var exact = Shapley.Exact(8, worth).Values;
            var sampled = Shapley.Sampled(8, members => worth[Mask(members)], 200, (ulong)round);
            sampled.Values.Sum().ShouldBe(worth[^1] - worth[0], 1e-9, "every order is efficient");
            for (var i = 0; i < 8; i++, all++)
                if (Math.Abs(sampled.Values[i] - exact[i]) <= sampled.Margins[i]) covered++;
        }

        ((double)covered / all).ShouldBeInRange(0.90, 0.99);
    }

    [Fact]
    public void Sampling_depends_on_the_seed_alone_and_takes_many_players()
    {
        double Game(ReadOnlySpan<bool> members) => Math.Sqrt(members.Count(true));
        var first = Shapley.Sampled(100, Game, 50, 5);
        Shapley.Sampled(100, Game, 50, 5).Values.ShouldBe(first.Values);
        Shapley.Sampled(100, Game, 50, 6).Values.ShouldNotBe(first.Values);
        first.Values.Sum().ShouldBe(10, 1e-9);
        Should.Throw<ArgumentOutOfRangeException>(() => Shapley.Exact(21, new double[1 << 21]));
    }

    [Fact]
    public void The_rate_game_divides_by_all_journeys_within()
    {
        var journeys = new Journeys(2, [0, 1, 3], [0, 0, 1]) { Conversions = [1, 3], Nulls = [3, 1] };
        Shapley.ConversionRateWithin(journeys).ShouldBe([0, 0.25, 0, 0.5]);
    }

    private static double[] Worth(int players, Func<int, double> worth) => [.. Enumerable.Range(0, 1 << players).Select(worth)];

    private static int Mask(ReadOnlySpan<bool> members)
    {
        var mask = 0;
        for (var i = 0; i < members.Length; i++) mask |= members[i] ? 1 << i : 0;
        return mask;
    }

    private static double[] OverAllOrders(int n, double[] worth)
    {
        var sums = new double[n];
        var orders = 0;
        Visit([], 0);
        return [.. sums.Select(s => s / orders)];

        void Visit(List<int> order, int set)
        {
            if (order.Count == n)
            {
                orders++;
                var coalition = 0;
                foreach (var i in order)
                {
                    sums[i] += worth[coalition | (1 << i)] - worth[coalition];
                    coalition |= 1 << i;
                }

                return;
            }

            for (var i = 0; i < n; i++)
                if ((set >> i & 1) == 0) Visit([.. order, i], set | (1 << i));
        }
    }
}
