using Trellis.Accounts.Published;
using Trellis.Deals.Published;

namespace Trellis.Deals.Tests;

public sealed class PureTests
{
    [Theory]
    [InlineData("2026-03-02T09:30", 2, "2026-03-04T09:30")]
    [InlineData("2026-03-05T09:30", 2, "2026-03-09T09:30")]
    [InlineData("2026-03-06T17:00", 1, "2026-03-09T17:00")]
    [InlineData("2026-03-07T12:00", 2, "2026-03-11T00:00")]
    [InlineData("2026-03-08T23:59", 1, "2026-03-10T00:00")]
    public void A_promise_counts_business_days(string from, int days, string by) =>
        WorkCalendar.Standard.Add(DateTime.Parse(from), days).ShouldBe(DateTime.Parse(by));

    [Theory]
    [InlineData("Müller & Söhne GmbH", "muller sohne")]
    [InlineData("ACME  Corp.", "acme")]
    [InlineData("Acme, Inc.", "acme")]
    [InlineData("Contoso B.V.", "contoso")]
    [InlineData("AG", "ag")]
    [InlineData("...", "...")]
    public void A_customer_has_one_key_however_it_is_written(string name, string key) => Customer.Key(name).ShouldBe(key);

    [Theory]
    [InlineData("https://www.Example.com/about?x=1", "example.com")]
    [InlineData("ana@example.co.uk", "example.co.uk")]
    [InlineData("ana@gmail.com", null)]
    [InlineData("not a domain", null)]
    [InlineData("localhost", null)]
    [InlineData("  ", null)]
    [InlineData("http://exa mple.com", null)]
    public void A_domain_is_read_from_whatever_was_typed(string typed, string? domain) => Customer.Domain(typed).ShouldBe(domain);

    [Fact]
    public void Equal_names_with_different_web_addresses_are_perhaps_the_same()
    {
        var (a, b) = (AccountId.From(Guid.CreateVersion7()), AccountId.From(Guid.CreateVersion7()));
        Claims.Compare(null, null, "acme", null, null, "acme").ShouldBe(SameCustomer.Yes);
        Claims.Compare(null, "acme.com", "acme", null, null, "acme").ShouldBe(SameCustomer.Yes);
        Claims.Compare(null, "acme.com", "acme", null, "acme.de", "acme").ShouldBe(SameCustomer.Perhaps);
        Claims.Compare(a, null, "acme", b, null, "acme").ShouldBe(SameCustomer.Perhaps);
        Claims.Compare(a, null, "acme", a, null, "acme europe").ShouldBe(SameCustomer.Yes);
        Claims.Compare(null, "acme.com", "acme", null, "acme.com", "acme labs").ShouldBe(SameCustomer.Yes);
        Claims.Compare(null, null, "acme", null, null, "apex").ShouldBe(SameCustomer.No);
    }

    [Fact]
    public void Only_the_best_and_sure_match_becomes_the_account()
    {
        var (a, b) = (AccountId.From(Guid.CreateVersion7()), AccountId.From(Guid.CreateVersion7()));
        Matching.Choose([]).ShouldBe((AccountState.New, null));
        Matching.Choose([new(a, "A", 0.97, []), new(b, "B", 0.8, [])]).ShouldBe((AccountState.Matched, a));
        Matching.Choose([new(a, "A", 0.97, []), new(b, "B", 0.97, [])]).ShouldBe((AccountState.Pending, null));
        Matching.Choose([new(a, "A", 0.8, [])]).ShouldBe((AccountState.Pending, null));
    }

    [Fact]
    public void A_protection_holds_through_its_last_day_and_not_longer()
    {
        var today = new DateOnly(2026, 3, 2);
        Claim At(DealState state, DateOnly? until) => new() { Deal = default, Partner = default, State = state, CustomerName = "", CustomerKey = "", ExpiresOn = until };
        At(DealState.Approved, today).IsProtected(today).ShouldBeTrue();
        At(DealState.Approved, today.AddDays(-1)).IsProtected(today).ShouldBeFalse();
        At(DealState.Converted, today.AddDays(-100)).IsProtected(today).ShouldBeTrue();
        At(DealState.InReview, null).IsProtected(today).ShouldBeFalse();
    }

    [Fact]
    public void Every_state_is_reached_and_every_living_state_has_a_way_out()
    {
        HashSet<DealState> reached = [DealState.Draft];
        while (DealLifecycle.Machine.Rows.Any(r => reached.Contains(r.From) && reached.Add(r.To)))
        {
        }

        reached.Count.ShouldBe(Enum.GetValues<DealState>().Length);
        DealLifecycle.Machine.Rows.Where(r => r.To == DealState.Approved && r.From != r.To).ShouldAllBe(r => r.On == DealTrigger.Approve);
    }
}
