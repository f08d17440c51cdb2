namespace Trellis.Kernel.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("12,500.50", "USD", 1_250_050)]
    [InlineData("12.500,50", "EUR", 1_250_050)]
    [InlineData("12 500", "EUR", 1_250_000)]
    [InlineData("12\u00a0500,5", "EUR", 1_250_050)]
    [InlineData("12\u202f500", "EUR", 1_250_000)]
    [InlineData("12'500.50", "CHF", 1_250_050)]
    [InlineData("12’500", "CHF", 1_250_000)]
    [InlineData("1.234", "USD", 123_400)]
    [InlineData("1,234", "USD", 123_400)]
    [InlineData("1,234,567", "USD", 123_456_700)]
    [InlineData("1.234.567,8", "EUR", 123_456_780)]
    [InlineData("12,34,567", "INR", 123_456_700)]
    [InlineData("0", "USD", 0)]
    [InlineData("0.5", "USD", 50)]
    [InlineData("0.500", "USD", 50)]
    [InlineData(".5", "USD", 50)]
    [InlineData("5.", "USD", 500)]
    [InlineData("-12,500.50", "USD", -1_250_050)]
    [InlineData("−5", "USD", -500)]
    [InlineData("+5", "USD", 500)]
    [InlineData(" 5 ", "USD", 500)]
    [InlineData("1500", "JPY", 1_500)]
    [InlineData("1,500", "JPY", 1_500)]
    [InlineData("1.500", "JPY", 1_500)]
    [InlineData("1.234", "KWD", 1_234)]
    [InlineData("1,234", "KWD", 1_234_000)]
    [InlineData("1,234.567", "KWD", 1_234_567)]
    public void What_people_type_is_read(string text, string currency, long minor) => Money.Parse(text, currency).ShouldBe(new Money(minor, currency));

    [Theory]
    [InlineData(null, "USD")]
    [InlineData("", "USD")]
    [InlineData("  ", "USD")]
    [InlineData("abc", "USD")]
    [InlineData("12.03.2026", "USD")]
    [InlineData("1.2.3", "USD")]
    [InlineData("12,5.00", "USD")]
    [InlineData("1.234,567.89", "USD")]
    [InlineData("1,234.567,89", "USD")]
    [InlineData("0.125", "USD")]
    [InlineData("1.5", "JPY")]
    [InlineData("1.2345", "KWD")]
    [InlineData("1 2", "USD")]
    [InlineData("12\n500", "USD")]
    [InlineData("--5", "USD")]
    [InlineData("5-", "USD")]
    [InlineData("1e5", "USD")]
    [InlineData("٥", "USD")]
    [InlineData(".", "USD")]
    [InlineData("-", "USD")]
    [InlineData(",", "USD")]
    [InlineData("99999999999999999999999999999999", "USD")]
    [InlineData("100000000000000", "USD")]
    public void What_is_no_amount_is_refused(string? text, string currency) => Money.Parse(text, currency).ShouldBeNull();

    [Theory, InlineData("USD"), InlineData("JPY"), InlineData("KWD")]
    public void What_is_shown_can_be_typed_back(string currency)
    {
        var chance = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var money = new Money(chance.NextInt64(-1L << chance.Next(1, 46), 1L << chance.Next(1, 46)), currency);
            Money.Parse(money.ToString()[4..], currency).ShouldBe(money, money.ToString());
        }
    }

    [Fact]
    public void A_split_sums_exactly_and_no_part_is_off_by_more_than_one()
    {
        var chance = new Random(11);
        for (var i = 0; i < 5000; i++)
        {
            var minor = chance.NextInt64(-1L << chance.Next(1, 60), 1L << chance.Next(1, 60));
            var weights = Enumerable.Range(0, chance.Next(1, 12)).Select(_ => chance.Next(4) == 0 ? 0m : new decimal(chance.Next(), chance.Next(), chance.Next(8), false, (byte)chance.Next(20))).ToArray();
            if (weights.Sum() == 0) continue;

            var parts = new Money(minor, "USD").Split(weights);

            parts.Select(p => (Int128)p.Minor).Aggregate((a, b) => a + b).ShouldBe(minor);
            foreach (var (part, weight) in parts.Zip(weights)) Math.Abs(part.Minor - (minor * (weight / weights.Sum()))).ShouldBeLessThanOrEqualTo(1.01m);
            parts.ShouldAllBe(p => p.Currency == "USD");
        }
    }

    [Fact]
    public void A_split_gives_nothing_to_a_weight_of_zero_and_keeps_the_sign()
    {
        new Money(-100, "USD").Split([1, 1, 1]).Select(p => p.Minor).ShouldBe([-33, -33, -34], ignoreOrder: true);
        new Money(100, "USD").Split([1, 0, 2]).Select(p => p.Minor).ShouldBe([33, 0, 67]);
        new Money(-100, "USD").Split([1, 0, 2]).Select(p => p.Minor).ShouldBe([-33, 0, -67]);
        new Money(0, "USD").Split([1, 2]).ShouldAllBe(p => p.Minor == 0);
        new Money(long.MinValue, "USD").Split([1, 1]).Sum(p => (decimal)p.Minor).ShouldBe(long.MinValue);
        new Money(long.MaxValue, "USD").Split([1, 1, 1]).Sum(p => (decimal)p.Minor).ShouldBe(long.MaxValue);
    }

    [Fact]
    public void A_split_without_a_weight_or_with_a_negative_one_is_a_bug()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Money(1, "USD").Split([0, 0]));
        Should.Throw<ArgumentOutOfRangeException>(() => new Money(1, "USD").Split([2, -1]));
        Should.Throw<ArgumentOutOfRangeException>(() => new Money(1, "USD").Split([]));
    }

    [Fact]
    public void Rates_round_half_away_from_zero_and_overflow_is_refused()
    {
        new Money(150, "USD").Percent(1_000).Minor.ShouldBe(15);
        new Money(5, "USD").Percent(1_000).Minor.ShouldBe(1);
        new Money(-5, "USD").Percent(1_000).Minor.ShouldBe(-1);
        new Money(10, "USD").Times(0.25m).Minor.ShouldBe(3);
        Should.Throw<OverflowException>(() => new Money(long.MaxValue, "USD").Percent(20_000));
        Should.Throw<OverflowException>(() => new Money(long.MaxValue, "USD").Times(1.5m));
    }

    [Theory]
    [InlineData("USD", 1_250_050, "USD\u00a012,500.50")]
    [InlineData("JPY", 12_500, "JPY\u00a012,500")]
    [InlineData("BHD", 12_500, "BHD\u00a012.500")]
    public void Money_is_shown_with_the_digits_of_its_currency(string currency, long minor, string shown) => new Money(minor, currency).ToString().ShouldBe(shown);
}
