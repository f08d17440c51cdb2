namespace Trellis.Insights.Tests;

public sealed class WindowTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory]
    [InlineData(null, "2025-11-22", "2026-11-21", "2024-11-22", "2025-11-21")]
    [InlineData("nonsense", "2025-11-22", "2026-11-21", "2024-11-22", "2025-11-21")]
    [InlineData("this-quarter", "2026-10-01", "2026-11-21", "2026-07-01", "2026-08-21")]
    [InlineData("last-quarter", "2026-07-01", "2026-09-30", "2026-04-01", "2026-06-30")]
    [InlineData("this-year", "2026-01-01", "2026-11-21", "2025-01-01", "2025-11-21")]
    [InlineData("last-year", "2025-01-01", "2025-12-31", "2024-01-01", "2024-12-31")]
    public void A_window_and_the_one_it_is_compared_with(string? name, string from, string to, string earlierFrom, string earlierTo)
    {
        var window = Window.Parse(name, null, null, Today);
        ($"{window.From:yyyy-MM-dd}", $"{window.To:yyyy-MM-dd}").ShouldBe((from, to));
        ($"{window.Before!.From:yyyy-MM-dd}", $"{window.Before.To:yyyy-MM-dd}").ShouldBe((earlierFrom, earlierTo));
    }

    [Fact]
    public void All_time_has_nothing_before_it() => Window.Parse("all", null, null, Today).Before.ShouldBeNull();

    [Fact]
    public void The_last_twelve_months_hold_a_year_on_any_day()
    {
        for (var day = new DateOnly(2023, 1, 1); day < new DateOnly(2029, 1, 1); day = day.AddDays(1))
        {
            foreach (var (name, _) in Window.Choices)
            {
                var window = Window.Parse(name, null, null, day);
                (window.From <= window.To).ShouldBeTrue();
                if (window.Before is { } before) (before.To < window.From).ShouldBeTrue($"{name} {day}");
            }

            var year = Window.Parse(null, null, null, day);
            (year.To.DayNumber - year.From.DayNumber + 1).ShouldBeInRange(365, 366);
            year.Before!.To.ShouldBe(year.From.AddDays(-1));
        }
    }

    [Theory]
    [InlineData("0001-01-01", "9999-12-31")]
    [InlineData("1999-12-31", "2026-01-01")]
    [InlineData("2026-01-01", "9999-12-31")]
    [InlineData("2026-02-01", "2026-01-01")]
    [InlineData("2026-02-30", "2026-03-01")]
    [InlineData("x", "2026-03-01")]
    [InlineData("2026-01-01", null)]
    public void Days_that_make_no_window_give_the_last_twelve_months(string? from, string? to) => Window.Parse(null, from, to, Today).ShouldBe(Window.Parse(null, null, null, Today));

    [Fact]
    public void A_custom_window_steps_back_by_its_length()
    {
        var days = Window.Parse(null, "2026-03-10", "2026-03-19", Today);
        (days.Before!.From, days.Before.To).ShouldBe((new DateOnly(2026, 2, 28), new DateOnly(2026, 3, 9)));
        var months = Window.Parse(null, "2026-02-01", "2026-03-31", Today);
        (months.Before!.From, months.Before.To).ShouldBe((new DateOnly(2025, 12, 1), new DateOnly(2026, 1, 31)));
        Window.Parse(null, "2026-03-10", "2026-03-10", Today).Query.ShouldBe("from=2026-03-10&to=2026-03-10");
    }
}
