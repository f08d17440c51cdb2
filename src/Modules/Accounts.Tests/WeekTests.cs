using Trellis.Accounts.Quality;

namespace Trellis.Accounts.Tests;

public sealed class WeekTests
{
    [Theory]
    [InlineData(DayOfWeek.Monday, "2026-11-15", "2026-11-09")]
    [InlineData(DayOfWeek.Monday, "2026-11-16", "2026-11-16")]
    [InlineData(DayOfWeek.Sunday, "2026-11-15", "2026-11-15")]
    [InlineData(DayOfWeek.Sunday, "2026-11-21", "2026-11-15")]
    [InlineData(DayOfWeek.Saturday, "2026-11-20", "2026-11-14")]
    public void A_day_lies_in_the_week_that_the_tenant_has(DayOfWeek start, string day, string first) => Settings(start).WeekOf(DateOnly.Parse(day)).ShouldBe(DateOnly.Parse(first));

    [Fact]
    public void A_trend_has_one_point_for_each_of_the_tenants_weeks()
    {
        var sunday = new DateOnly(2026, 11, 15);
        QualityDay[] days = [new(sunday.AddDays(-1), QualityKind.Validity, 0.5), new(sunday, QualityKind.Validity, 0.6), new(sunday.AddDays(1), QualityKind.Validity, 0.7)];
        double[] Points(DayOfWeek start) => [.. QualityPages.ByWeek(Settings(start), days).Select(week => week.MaxBy(d => d.Day)!.Score)];
        Points(DayOfWeek.Monday).ShouldBe([0.6, 0.7], "Saturday and Sunday end a week that begins on a Monday");
        Points(DayOfWeek.Sunday).ShouldBe([0.5, 0.7], "Sunday begins the next one");
    }

    private static TenantSettings Settings(DayOfWeek start) => new() { Tenant = default, Name = "Vendor", Currency = "USD", WeekStart = start };
}
