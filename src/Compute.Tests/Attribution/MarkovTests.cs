using Trellis.Compute.Attribution;

namespace Trellis.Compute.Tests.Attribution;

public sealed class MarkovTests
{
    [Fact]
    public void The_textbook_example_comes_out()
    {
        // C1 > C2 > C3 converts; C1 alone and C2 > C3 do not.
        var journeys = new Journeys(3, [0, 3, 4, 6], [0, 1, 2, 0, 1, 2]) { Conversions = [1, 0, 0], Nulls = [0, 1, 1], Values = [500, 0, 0] };
        var result = Markov.Fit(journeys, new MarkovOptions(1));
        result.ConversionProbability.ShouldBe(1 / 3.0, 1e-15);
        result.RemovalEffects.ShouldBe([0.5, 1, 1], 1e-12);
        result.Shares.ShouldBe([0.2, 0.4, 0.4], 1e-12);
        result.Credits[1].Value.ShouldBe(200, 1e-9);
        result.Explanation.ShouldContain("3 journeys of which 1 converted");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Removal_effects_equal_dense_elimination_over_named_states(int order, bool collapse)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var journeys = Make.Random(seed, 2 + seed, 60 * (1 + seed % 3));
            var fast = Markov.Fit(journeys, new MarkovOptions(order, collapse));
            var slow = new NamedChain(journeys, order, collapse).RemovalEffects();
            for (var c = 0; c < journeys.Channels; c++) fast.RemovalEffects[c].ShouldBe(slow[c], Math.Max(1e-15, 1e-9 * slow[c]));
            fast.ErrorBound.ShouldBeLessThan(1e-11);
        }
    }

    [Fact]
    public void Removal_effects_agree_with_a_simulation_of_the_chain()
    {
        var journeys = Make.Random(5, 6, 200);
        var chain = new NamedChain(journeys, 2, false);
        var exact = Markov.Fit(journeys, new MarkovOptions(2)).RemovalEffects;
        const int walks = 40_000;
        var simulated = chain.Simulate(walks, seed: 11, journeys.Channels);
        for (var c = 0; c < journeys.Channels; c++)
            Math.Abs(simulated[c] - exact[c]).ShouldBeLessThan(5 * Math.Sqrt(0.25 / (walks * 0.4)));
    }

    [Fact]
    public void A_chain_that_hardly_ever_ends_and_a_rare_channel_are_still_exact()
    {
        // One journey goes around two channels for very long; the third channel appears once.
        int[] longOne = [.. Enumerable.Range(0, 20_000).Select(i => i % 2)];
        var journeys = new Journeys(3, [0, 20_000, 20_001, 20_002], [.. longOne, 2, 0]) { Conversions = [1_000_000, 1, 3], Nulls = [1, 2, 3] };
        const double won = 1_000_004, through = 1_000_001;
        // On paper: without channel 1 only the journeys of a single touch convert.
        var direct = (through + 6) * 3 / ((10_000 * through) + 6);
        Markov.Fit(journeys, new MarkovOptions(1)).RemovalEffects[1].ShouldBe(1 - ((direct + 1) / won), 1e-12);
        foreach (var order in new[] { 1, 2, 3 })
        {
            var effects = Markov.Fit(journeys, new MarkovOptions(order)).RemovalEffects;
            effects[0].ShouldBe(1 - (1 / won), 1e-12);
            effects[2].ShouldBe(1 / won, 1e-9 / won);
            if (order > 1) effects[1].ShouldBe(1 - (4 / won), 1e-12);
        }
    }

    [Fact]
    public void Hashed_and_plain_counts_give_the_same()
    {
        // 300 channels at order 3 do not fit the plain table; the same touches with codes squeezed into 12 channels do.
        var few = Make.Random(4, 12, 150);
        var many = new Journeys(300, few.Offsets, [.. few.Touches.Select(t => t * 25)]) { Conversions = few.Conversions, Nulls = few.Nulls };
        var wide = Markov.Fit(many, new MarkovOptions(3));
        var narrow = Markov.Fit(few, new MarkovOptions(3));
        for (var c = 0; c < 300; c++) wide.RemovalEffects[c].ShouldBe(c % 25 == 0 ? narrow.RemovalEffects[c / 25] : 0, 1e-12);
    }

    [Fact]
    public void Credits_add_up_and_degenerate_journeys_are_answered()
    {
        var journeys = Make.Random(8, 10, 400);
        var result = Markov.Fit(journeys, new MarkovOptions(3));
        result.Shares.Sum().ShouldBe(1, 1e-12);
        result.RemovalEffects.ShouldAllBe(e => e >= 0 && e <= 1);
        var table = result.PerJourney(journeys);
        for (var j = 0; j < journeys.Count; j++) table.Unassigned(j).ShouldBe(journeys.Touched(j).ToArray().Any(c => result.RemovalEffects[c] > 0) ? 0 : 1, 1e-12);

        Markov.Fit(new Journeys(2, [0], []), new MarkovOptions()).Shares.ShouldBe([0, 0]);
        Markov.Fit(new Journeys(2, [0, 0, 1], [1]) { Conversions = [5, 0] }, new MarkovOptions(2)).Shares.ShouldBe([0, 0]);
        Markov.Fit(new Journeys(2, [0, 1], [1]), new MarkovOptions(4)).RemovalEffects.ShouldBe([0, 1]);
    }
}
