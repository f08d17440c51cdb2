namespace Trellis.Kernel.Tests;

public sealed class RateTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    private static RateRow Row(string from, string to, DateOnly day, decimal rate) => new() { TenantId = default, From = from, To = to, Day = day, Scaled = RateRow.Read(rate)!.Value };

    [Fact]
    public void The_last_rate_on_or_before_the_day_counts_and_none_before_the_first()
    {
        var book = new RateBook("USD", [Row("EUR", "USD", Day, 1.10m), Row("EUR", "USD", Day.AddDays(3), 1.20m)]);
        book.At("EUR", "USD", Day.AddDays(-1)).ShouldBeNull();
        book.At("EUR", "USD", Day)!.Rate.ShouldBe(1.10m);
        book.At("EUR", "USD", Day.AddDays(2)).ShouldBe(new RateQuote(1.10m, Day, null));
        book.At("EUR", "USD", Day.AddDays(300))!.Rate.ShouldBe(1.20m);
        book.At("USD", "USD", Day.AddDays(-999))!.Rate.ShouldBe(1);
    }

    [Fact]
    public void A_pair_is_turned_round_and_the_newer_side_wins()
    {
        var book = new RateBook("USD", [Row("EUR", "USD", Day, 1.25m), Row("USD", "EUR", Day.AddDays(1), 0.5m)]);
        book.At("USD", "EUR", Day)!.Rate.ShouldBe(0.8m);
        book.At("EUR", "USD", Day.AddDays(1))!.Rate.ShouldBe(2m);
    }

    [Fact]
    public void Two_currencies_meet_through_the_main_one_first_and_through_another_where_there_is_none()
    {
        var book = new RateBook("USD", [Row("EUR", "GBP", Day, 0.85m), Row("EUR", "USD", Day.AddDays(-5), 1.10m), Row("CHF", "USD", Day, 1.2m)]);
        var quote = book.At("GBP", "USD", Day)!;
        (quote.Via, quote.Day).ShouldBe(("EUR", Day.AddDays(-5)));
        quote.Rate.ShouldBe(1.10m / 0.85m, 0.0000001m);
        book.At("CHF", "EUR", Day)!.Via.ShouldBe("USD");
        book.At("CHF", "GBP", Day).ShouldBeNull("two steps would be a guess");
        book.Convert(new Money(100, "SEK"), "USD", Day).ShouldBeNull();
    }

    [Theory]
    [InlineData(100_00, "USD", 150.5, "JPY", 15_050)]
    [InlineData(15_050, "JPY", 0.0066445, "USD", 100_00)]
    [InlineData(1, "USD", 0.307, "KWD", 3)]
    [InlineData(-1_005, "EUR", 1.1, "USD", -1_106)]
    public void An_amount_keeps_the_digits_of_its_currency_and_rounds_half_away_from_zero(long minor, string from, double rate, string to, long expected) =>
        new Money(minor, from).At((decimal)rate, to).ShouldBe(new Money(expected, to));

    [Fact]
    public void There_and_back_loses_at_most_a_minor_unit_where_both_have_the_same_digits()
    {
        var chance = new Random(11);
        for (var i = 0; i < 2000; i++)
        {
            var book = new RateBook("USD", [Row("EUR", "USD", Day, decimal.Round(1 + (decimal)chance.NextDouble(), 4))]);
            var amount = new Money(chance.NextInt64(1, 1_000_000_000_00), "EUR");
            var back = book.Convert(book.Convert(amount, "USD", Day)!.Value, "EUR", Day)!.Value;
            Math.Abs(back.Minor - amount.Minor).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void Promises_run_on_working_days_of_the_calendar_in_its_own_zone()
    {
        var berlin = new WorkCalendar(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), WorkCalendar.Weekdays, Holiday.Read("12-25 Christmas Day\n12-26 Boxing Day\n2026-12-24 Early end").Holidays);
        // Wednesday at noon in Berlin; Thursday to Sunday are off.
        berlin.Add(new DateTime(2026, 12, 23, 11, 0, 0, DateTimeKind.Utc), 2).ShouldBe(new DateTime(2026, 12, 29, 11, 0, 0, DateTimeKind.Utc));
        // Friday 23:30 in UTC is Saturday there: the promise begins on Monday at midnight of Berlin.
        berlin.Add(new DateTime(2026, 7, 3, 23, 30, 0, DateTimeKind.Utc), 1).ShouldBe(new DateTime(2026, 7, 6, 22, 0, 0, DateTimeKind.Utc));
        // Through the night in which the clock goes forward: three working days of 24 hours, the same hour of the day.
        berlin.Add(new DateTime(2027, 3, 26, 8, 0, 0, DateTimeKind.Utc), 1).ShouldBe(new DateTime(2027, 3, 29, 7, 0, 0, DateTimeKind.Utc));
        var chance = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var from = berlin.Add(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(chance.Next(500_000)), 0);
            var time = TimeSpan.FromMinutes(chance.Next(20_000));
            berlin.Between(from, berlin.Plus(from, time)).ShouldBe(time, $"{from:O} + {time}");
        }
    }

    [Theory]
    [InlineData("12-25 Christmas Day", 1, 0)]
    [InlineData("2026-02-30 No such day", 0, 1)]
    [InlineData("02-29", 1, 0)]
    [InlineData("\n  \n2026-04-03 Good Friday\ntomorrow", 1, 1)]
    public void Holidays_are_lines(string text, int read, int wrong) => (Holiday.Read(text).Holidays.Count, Holiday.Read(text).Wrong.Count).ShouldBe((read, wrong));
}
