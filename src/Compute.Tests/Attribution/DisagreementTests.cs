using Trellis.Compute.Attribution;

namespace Trellis.Compute.Tests.Attribution;

public sealed class DisagreementTests
{
    [Fact]
    public void Each_partner_shows_its_range_its_ranks_and_the_models_behind_them()
    {
        var map = Disagreement.Compare([new("first", [5, 3, 2]), new("last", [1, 6, 3]), new("linear", [3, 4, 3])]);
        map.Channels[0].Min.ShouldBe((1, "last"));
        map.Channels[0].Max.ShouldBe((5, "first"));
        map.Channels[0].Mean.ShouldBe(3);
        map.Channels[0].Ranks.ShouldBe([1, 3, 2]);
        map.Channels[0].RankChange.ShouldBe(2);
        map.Channels[2].Ranks.ShouldBe([3, 2, 2], "equal credits share the better rank");
        map.Channels[0].Spread!.Value.ShouldBe(4 / 3.0, 1e-12);
        map.Channels[0].Explain(c => "P" + c).ShouldBe("P0: from 1 (last) to 5 (first), rank 1 to 3.");
        map.Explanation.ShouldStartWith("3 models, 3 partners: the rank of 3 depends");
    }

    [Fact]
    public void Rank_correlation_is_one_for_the_same_order_and_minus_one_for_the_reverse()
    {
        var map = Disagreement.Compare([new("a", [1, 2, 3, 4]), new("b", [10, 20, 30, 40]), new("c", [4, 3, 2, 1]), new("d", [1, 2, 2, 3])]);
        map.RankCorrelation[0, 1].ShouldBe(1, 1e-12);
        map.RankCorrelation[0, 2].ShouldBe(-1, 1e-12);
        // scipy.stats.kendalltau([1,2,3,4],[1,2,2,3]) = 0.912870929…
        map.RankCorrelation[0, 3].ShouldBe(0.9128709291752769, 1e-12);
    }

    [Fact]
    public void Models_over_different_channels_are_refused() =>
        Should.Throw<ArgumentException>(() => Disagreement.Compare([new("a", [1]), new("b", [1, 2])])).Message.ShouldContain("b has 2 channels");
}
