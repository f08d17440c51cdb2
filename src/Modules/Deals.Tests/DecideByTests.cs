namespace Trellis.Deals.Tests;

public sealed class DecideByTests
{
    [Theory]
    [InlineData(2, null, 48)]
    [InlineData(2, 12, 12)]
    [InlineData(2, 400, 48)]
    public void A_decision_is_promised_by_the_shorter_of_company_and_segment(int days, int? hours, int expected)
    {
        // A Monday morning: nothing is off before Wednesday.
        var monday = new DateTime(2026, 6, 8, 9, 0, 0, DateTimeKind.Utc);
        DecideBy.Of(WorkCalendar.Standard, monday, days, hours).ShouldBe(monday.AddHours(expected));
    }
}
