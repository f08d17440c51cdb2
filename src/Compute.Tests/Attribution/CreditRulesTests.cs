using Trellis.Compute.Attribution;

namespace Trellis.Compute.Tests.Attribution;

public sealed class CreditRulesTests
{
    private static double[] SharesOf(CreditTable table, int journey = 0) => [.. Enumerable.Range(0, table.ChannelCount).Select(c => Math.Round(table.Share(journey, c), 9))];

    [Fact]
    public void First_last_and_linear_credit_the_touches_their_names_say()
    {
        var journeys = Make.Of("abac");
        SharesOf(CreditRules.First(journeys)).ShouldBe([1, 0, 0, 0, 0]);
        SharesOf(CreditRules.Last(journeys)).ShouldBe([0, 0, 1, 0, 0]);
        SharesOf(CreditRules.Linear(journeys)).ShouldBe([0.5, 0.25, 0.25, 0, 0]);
        SharesOf(CreditRules.LinearByChannel(Make.Of("aabb", "abac")), 1).ShouldBe([0.333333333, 0.333333333, 0.333333333, 0, 0]);
        SharesOf(CreditRules.LinearByChannel(Make.Of("aabb", "abac"))).ShouldBe([0.5, 0.5, 0, 0, 0]);
    }

    [Theory]
    [InlineData("abcd", new[] { 0.4, 0.1, 0.1, 0.4 })]
    [InlineData("abca", new[] { 0.8, 0.1, 0.1 })]
    [InlineData("ab", new[] { 0.5, 0.5, 0 })]
    [InlineData("a", new[] { 1.0, 0 })]
    public void The_U_shape_gives_forty_twenty_forty(string word, double[] expected) =>
        SharesOf(CreditRules.Position(Make.Of(word), PositionWeights.U))[..expected.Length].ShouldBe(expected);

    [Theory]
    [InlineData("abcde", 2, new[] { 0.3, 0.05, 0.3, 0.05, 0.3 })]
    [InlineData("abcde", 0, new[] { 0.6, 0.033333333, 0.033333333, 0.033333333, 0.3 })]
    [InlineData("abcde", 4, new[] { 0.3, 0.033333333, 0.033333333, 0.033333333, 0.6 })]
    [InlineData("abc", 1, new[] { 0.333333333, 0.333333333, 0.333333333 })]
    [InlineData("abcd", -1, new[] { 0.428571429, 0.071428571, 0.071428571, 0.428571429 })]
    [InlineData("a", 0, new[] { 1.0 })]
    public void The_W_shape_credits_the_touch_that_created_the_opportunity(string word, int milestone, double[] expected) =>
        SharesOf(CreditRules.Position(Make.Of(word), PositionWeights.W, [milestone]))[..expected.Length].ShouldBe(expected);

    [Fact]
    public void Time_decay_halves_per_half_life_before_the_close()
    {
        var journeys = new Journeys(3, [0, 3], [0, 1, 2]) { Times = [0, 7, 14], Closed = [14] };
        SharesOf(CreditRules.TimeDecay(journeys, 7)).ShouldBe([0.142857143, 0.285714286, 0.571428571]);
        var old = new Journeys(2, [0, 2], [0, 1]) { Times = [0, 10], Closed = [long.MaxValue / 2] };
        SharesOf(CreditRules.TimeDecay(old, 0.001)).Sum().ShouldBe(1, "journeys long ago still share everything");
    }

    [Fact]
    public void A_registration_takes_its_share_and_the_rest_follows_the_other_model()
    {
        var linear = CreditRules.Linear(Make.Of("ab", "ab"));
        var table = CreditRules.DealRegistration(4, [2, -1], 0.6, linear);
        SharesOf(table).ShouldBe([0.2, 0.2, 0.6, 0]);
        SharesOf(table, 1).ShouldBe([0.5, 0.5, 0, 0]);
        CreditRules.DealRegistration(4, [-1]).Unassigned(0).ShouldBe(1);
        table.Explain(0, c => "Partner " + c).ShouldStartWith("Deal registration: Partner 2 60.0 %, Partner 0 20.0 %");
    }

    [Fact]
    public void Role_points_are_shared_by_partners_in_the_same_role_and_unclaimed_points_stay_with_nobody()
    {
        var teams = new DealTeams(3, [0, 4], [0, 1, 2, 0]) { Roles = [PartnerRole.Sourced, PartnerRole.Influenced, PartnerRole.Influenced, PartnerRole.Sold] };
        var table = CreditRules.RolePoints(teams, new RolePoints(50, 20, 10, 15, 5));
        SharesOf(table).ShouldBe([0.6, 0.1, 0.1]);
        table.Unassigned(0).ShouldBe(0.2, 1e-12);
    }

    [Fact]
    public void An_agreed_split_may_leave_some_over_but_never_exceed_the_deal()
    {
        SharesOf(CreditRules.AgreedSplit(new DealTeams(2, [0, 2], [0, 1]) { AgreedShares = [0.7, 0.2] })).ShouldBe([0.7, 0.2]);
        Should.Throw<ArgumentException>(() => CreditRules.AgreedSplit(new DealTeams(2, [0, 0, 2], [0, 1]) { AgreedShares = [0.7, 0.4] })).Message.ShouldContain("journey 1");
        Should.Throw<ArgumentException>(() => CreditRules.AgreedSplit(new DealTeams(2, [0, 1], [0]) { AgreedShares = [double.NaN] }));
    }

    [Fact]
    public void Stages_share_their_weight_and_an_empty_stage_can_stay_unassigned()
    {
        StageRule[] stages = [new(0.5), new(0.3, StageSplit.Last), new(0.2)];
        var journeys = Make.Of("abcd");
        SharesOf(CreditRules.StageBased(journeys, [0, 0, 1, 1], stages, spread: false))[..4].ShouldBe([0.25, 0.25, 0, 0.3]);
        SharesOf(CreditRules.StageBased(journeys, [0, 0, 1, 1], stages))[..4].ShouldBe([0.3125, 0.3125, 0, 0.375]);
    }

    [Fact]
    public void The_marketplace_is_paid_first_and_those_who_kept_the_customer_share_the_renewal()
    {
        SharesOf(CreditRules.Marketplace(CreditRules.Last(Make.Of("ab")), [2], [0.03])).ShouldBe([0, 0.97, 0.03, 0]);
        var renewal = new Journeys(3, [0, 4], [0, 1, 1, 2]) { Times = [0, 90, 95, 10], Closed = [100] };
        var table = CreditRules.Retention(renewal, [true, true, true, false], new RetentionTerms(0.8, 50), CreditRules.First(renewal));
        SharesOf(table).ShouldBe([0.2, 0.8, 0]);
    }

    [Fact]
    public void Shares_of_every_journey_add_to_one_or_less_in_every_model_on_random_journeys()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var j = Make.Random(seed, 6, 80, times: true);
            var random = new Random(seed);
            int[] holders = [.. Enumerable.Range(0, j.Count).Select(_ => random.Next(-1, 6))];
            var linear = CreditRules.Linear(j);
            CreditTable[] all =
            [
                CreditRules.First(j), CreditRules.Last(j), linear, CreditRules.LinearByChannel(j), CreditRules.Position(j, PositionWeights.U),
                CreditRules.TimeDecay(j, 5), CreditRules.DealRegistration(6, holders, random.NextDouble(), linear),
                CreditRules.Marketplace(linear, holders, [.. holders.Select(_ => random.NextDouble())]),
                CreditRules.StageBased(j, [.. j.Touches.Select(_ => random.Next(3))], [new(0.2), new(0.3, StageSplit.First), new(0.5, StageSplit.Last)]),
                CreditRules.Retention(j, [.. j.Touches.Select(_ => random.Next(2) == 0)], new RetentionTerms(random.NextDouble(), 30), linear),
            ];
            foreach (var table in all)
            {
                var parts = table.Split(j.Values);
                for (var i = 0; i < j.Count; i++)
                {
                    double sum = 0;
                    long paid = 0;
                    for (var r = table.Offsets[i]; r < table.Offsets[i + 1]; r++)
                    {
                        table.Shares[r].ShouldBeGreaterThan(0);
                        sum += table.Shares[r];
                        paid += parts[r];
                    }

                    sum.ShouldBeLessThanOrEqualTo(1, table.Model);
                    if (sum > 1 - 1e-12) paid.ShouldBe(j.Values![i], table.Model);
                }

                var totals = table.Totals(j.Conversions, j.Values);
                totals.Sum(t => t.Conversions).ShouldBeLessThanOrEqualTo(j.Conversions!.Sum() + 1e-6);
            }
        }
    }

    [Fact]
    public void Touches_that_do_not_qualify_are_left_out_and_the_closing_time_stays()
    {
        var journeys = new Journeys(2, [0, 2, 3], [0, 1, 1]) { Times = [0, 10, 5] };
        var kept = journeys.Where([true, false, false]);
        kept.Touched(0).ToArray().ShouldBe([0]);
        kept.Touched(1).Length.ShouldBe(0);
        kept.Closed.ShouldBe([10L, 5L]);
        CreditRules.First(kept).Unassigned(1).ShouldBe(1);
    }

    [Fact]
    public void Wrong_input_is_refused_with_the_place()
    {
        Should.Throw<ArgumentException>(() => new Journeys(2, [0, 1], [2])).Message.ShouldContain("touch 0 is 2, outside 0 … 1");
        Should.Throw<ArgumentException>(() => new Journeys(2, [0, 2, 1], [0])).Message.ShouldContain("journey 1 falls");
        Should.Throw<ArgumentException>(() => new Journeys(2, [0, 1], [0]) { Values = [1, 2] }).Message.ShouldContain("Values needs 1 entries");
        Should.Throw<ArgumentException>(() => CreditRules.TimeDecay(Make.Of("a"), 1));
    }
}
