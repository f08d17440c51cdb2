using Trellis.Deals.Published;
using Trellis.Insights.Published;

namespace Trellis.Insights.Tests;

public sealed class CreditingTests
{
    private static readonly TenantId Tenant = Ids.New<TenantId>(DateTime.UtcNow);
    private static readonly DateTime Began = new(2026, 3, 1, 9, 0, 0, DateTimeKind.Utc);
    private static readonly PartnerId A = P(1), B = P(2), C = P(3);

    [Fact]
    public void On_any_deal_the_parts_of_each_model_sum_to_its_amount_and_none_is_negative()
    {
        var chance = new Random(17);
        for (var i = 0; i < 3000; i++)
        {
            var deal = Any(chance);
            foreach (var model in Crediting.Of(Tenant, deal, Began).GroupBy(c => c.Model))
            {
                model.Sum(c => c.CreditedAmount).ShouldBe(deal.Amount);
                model.ShouldAllBe(c => c.CreditedAmount >= 0 && c.DealAmount == deal.Amount);
                model.Select(c => c.PartnerId).ShouldBeUnique();
                model.Count(c => c.Role == DealRole.Source).ShouldBe(model.Any(c => c.PartnerId == deal.Holder) ? 1 : 0);
                model.Where(c => c.Role == DealRole.Source).ShouldAllBe(c => c.PartnerId == deal.Holder);
            }

            Crediting.Of(Tenant, deal, Began).Select(c => c.Model).Distinct().Count().ShouldBe(4);
        }
    }

    [Fact]
    public void The_agreed_split_is_what_the_deal_team_agreed()
    {
        var chance = new Random(19);
        for (var i = 0; i < 500; i++)
        {
            var deal = Any(chance);
            var agreed = DealCredit.Shares(deal.Holder, deal.Team).ToDictionary(s => s.Partner, s => s.BasisPoints);
            foreach (var credit in Crediting.Of(Tenant, deal, Began).Where(c => c.Model == CreditModel.AgreedSplit))
                Math.Abs(credit.CreditedAmount - (deal.Amount * (agreed.GetValueOrDefault(credit.PartnerId) / 10_000m))).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void The_order_in_which_touches_are_read_makes_no_difference()
    {
        var chance = new Random(23);
        for (var i = 0; i < 500; i++)
        {
            var deal = Any(chance);
            var turned = deal with { Touches = [.. deal.Touches.Reverse()], Team = [.. deal.Team.Reverse()] };
            Crediting.Of(Tenant, turned, Began).Select(c => (c.Model, c.PartnerId, c.CreditedAmount, c.Role, c.Touched)).ShouldBe(Crediting.Of(Tenant, deal, Began).Select(c => (c.Model, c.PartnerId, c.CreditedAmount, c.Role, c.Touched)));
        }
    }

    [Fact]
    public void First_last_and_linear_as_on_paper()
    {
        // A registers, B advises twice, C validates last: four touches on 1,000.00.
        var deal = Deal(100_000, Began.AddDays(30), [], T(A, 0), T(B, 5), T(B, 10), T(C, 20));
        Of(deal, CreditModel.FirstTouch).ShouldBe([(A, 100_000)]);
        Of(deal, CreditModel.LastTouch).ShouldBe([(C, 100_000)]);
        Of(deal, CreditModel.Linear).ShouldBe([(A, 25_000), (B, 50_000), (C, 25_000)]);
        Of(deal, CreditModel.AgreedSplit).ShouldBe([(A, 100_000)]);
    }

    [Fact]
    public void What_does_not_divide_is_spread_to_the_cent()
    {
        Of(Deal(100, Began.AddDays(30), [], T(A, 0), T(B, 1), T(C, 2)), CreditModel.Linear).Sum(c => c.Amount).ShouldBe(100);
        Of(Deal(0, Began.AddDays(30), [], T(A, 0), T(B, 1)), CreditModel.Linear).ShouldBeEmpty();
    }

    [Fact]
    public void Touches_after_the_close_or_unconfirmed_do_not_count()
    {
        var closed = Began.AddDays(10);
        var deal = Deal(1000, closed, [], T(A, 1), T(B, 2, TouchSource.Partner), T(C, 11));
        foreach (var model in Enum.GetValues<CreditModel>()) Of(deal, model).ShouldBe([(A, 1000)]);
        Crediting.Of(Tenant, deal, Began).Select(c => c.PartnerId).Distinct().ShouldBe([A]);
    }

    [Fact]
    public void Without_a_touch_that_counts_the_registrant_has_the_credit()
    {
        var deal = Deal(1000, Began, [], T(B, 2, TouchSource.Partner));
        foreach (var model in Enum.GetValues<CreditModel>()) Of(deal, model).ShouldBe([(A, 1000)]);
    }

    [Fact]
    public void The_day_of_the_close_counts_for_what_people_enter_and_the_second_for_what_trellis_recorded()
    {
        var closed = new DateTime(2026, 3, 11, 8, 0, 0, DateTimeKind.Utc);
        Qualification.Holds(TouchSource.Vendor, closed.AddHours(4), closed).ShouldBeTrue();
        Qualification.Holds(TouchSource.Vendor, closed.AddDays(1), closed).ShouldBeFalse();
        Qualification.Holds(TouchSource.System, closed, closed).ShouldBeTrue();
        Qualification.Holds(TouchSource.System, closed.AddSeconds(1), closed).ShouldBeFalse();
        Qualification.Holds(TouchSource.Partner, closed.AddDays(-1), closed).ShouldBeFalse();
        Qualification.Holds(TouchSource.Vendor, closed.AddYears(1), null).ShouldBeTrue();
    }

    [Fact]
    public void A_place_on_the_team_is_a_role_even_without_a_share()
    {
        var deal = Deal(1000, Began.AddDays(9), [Member(B, 0, DealRole.Resell)], T(A, 0), T(B, 1));
        var b = Crediting.Of(Tenant, deal, Began).First(c => c.PartnerId == B);
        (b.Role, b.Resold, b.Touched).ShouldBe((DealRole.Resell, true, true));
        Crediting.Of(Tenant, deal, Began).Where(c => c.PartnerId == A).ShouldAllBe(c => !c.Resold);
    }

    [Fact]
    public void Invited_declined_and_left_members_have_no_share()
    {
        var team = new[] { Member(B, 3000, DealRole.Influence, MemberState.Invited), Member(C, 3000, DealRole.Influence, MemberState.Left) };
        Of(Deal(1000, Began, team, T(A, 0)), CreditModel.AgreedSplit).ShouldBe([(A, 1000)]);
    }

    private static List<(PartnerId Partner, long Amount)> Of(DealFacts deal, CreditModel model) =>
        [.. Crediting.Of(Tenant, deal, Began).Where(c => c.Model == model && c.CreditedAmount > 0).Select(c => (c.PartnerId, c.CreditedAmount))];

    private static DealFacts Deal(long amount, DateTime closed, IReadOnlyList<DealMemberRow> team, params TouchFact[] touches) =>
        new(DealId.From(Guid.CreateVersion7()), A, false, Outcome.Won, closed, amount, "USD", team, touches);

    private static TouchFact T(PartnerId partner, int day, TouchSource source = TouchSource.Vendor) => new(partner, Began.AddDays(day), source, Ids.New<TouchId>(Began));

    private static DealMemberRow Member(PartnerId partner, int share, DealRole role = DealRole.Influence, MemberState state = MemberState.Accepted) =>
        new() { TenantId = Tenant, PartnerId = partner, HolderId = A, Role = role, ShareBasisPoints = share, State = state };

    private static PartnerId P(int i) => PartnerId.From(new Guid(i, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, (byte)i));

    private static DealFacts Any(Random chance)
    {
        var partners = Enumerable.Range(1, 6).Select(P).ToArray();
        var left = 10_000;
        var team = partners.Skip(1).Where(_ => chance.Next(3) == 0).Select(p =>
        {
            var share = chance.Next(4) == 0 ? 0 : chance.Next(left + 1);
            left -= share;
            return Member(p, share, (DealRole)chance.Next(1, 5));
        }).ToList();
        var closed = chance.Next(4) == 0 ? (DateTime?)null : Began.AddDays(chance.Next(30));
        // Few days, so that many touches fall on one instant.
        var touches = Enumerable.Range(0, chance.Next(9)).Select(_ => new TouchFact(partners[chance.Next(6)], Began.AddDays(chance.Next(40) / 8 * 8), (TouchSource)chance.Next(3), TouchId.From(Guid.CreateVersion7()))).ToList();
        return new DealFacts(DealId.From(Guid.CreateVersion7()), partners[0], chance.Next(2) == 0, closed is null ? Outcome.Open : Outcome.Won, closed, chance.NextInt64(1L << chance.Next(1, 45)), "USD", team, touches);
    }
}
