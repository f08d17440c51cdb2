using System.Globalization;

namespace Trellis.Kernel.Tests;

public sealed class FieldTests
{
    private static CustomField Field(FieldKind kind, params string[] choices) => new() { Record = "x", Key = "k", Label = "K", Kind = kind, Choices = string.Join('\n', choices) };

    [Fact]
    public void Numbers_are_ordered_as_numbers_by_their_keys()
    {
        var chance = new Random(3);
        var numbers = Enumerable.Range(0, 3000).Select(_ => decimal.Round((decimal)(chance.NextDouble() - 0.5) * (decimal)Math.Pow(10, chance.Next(0, 15)), chance.Next(0, 7))).Concat([0m, -1m, 1m, 0.000001m, -0.000001m, 999_999_999_999_999m, -999_999_999_999_999m]).ToList();
        var byKey = numbers.OrderBy(FieldRules.NumberKey, StringComparer.Ordinal).ToList();
        byKey.ShouldBe(numbers.Order().ToList());
        numbers.Select(n => FieldRules.NumberKey(n).Length).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(FieldKind.Number, "12,5", "12.5")]
    [InlineData(FieldKind.Number, "1,234.5", "1234.5")]
    [InlineData(FieldKind.Number, "-0.5", "-0.5")]
    [InlineData(FieldKind.Number, "1e5", null)]
    [InlineData(FieldKind.Number, "1000000000000000", null)]
    [InlineData(FieldKind.Date, "2026-02-28", "2026-02-28")]
    [InlineData(FieldKind.Date, "2026-02-30", null)]
    [InlineData(FieldKind.Date, "28.02.2026", null)]
    [InlineData(FieldKind.YesNo, "TRUE", "yes")]
    [InlineData(FieldKind.YesNo, "maybe", null)]
    [InlineData(FieldKind.Link, "https://example.com/a b", "https://example.com/a%20b")]
    [InlineData(FieldKind.Link, "javascript:alert(1)", null)]
    [InlineData(FieldKind.Link, "https://me:secret@example.com/", null)]
    [InlineData(FieldKind.Choice, "ROT", "Rot")]
    [InlineData(FieldKind.Choice, "Blau", null)]
    [InlineData(FieldKind.Multi, "Grün; rot; ROT", "Grün; Rot")]
    [InlineData(FieldKind.Text, "  a text ", "a text")]
    [InlineData(FieldKind.Text, "nul\u0000", null)]
    public void A_value_is_kept_in_one_form_or_refused(FieldKind kind, string typed, string? kept)
    {
        var read = FieldRules.Read(Field(kind, "Rot", "Grün"), typed);
        if (kept is null) read.Problem.ShouldNotBeNull().Errors.Keys.ShouldBe(["k"]);
        else FieldRules.Join(read.Value.Select(v => v.Text)).ShouldBe(kept);
    }

    [Fact]
    public void What_was_kept_is_read_again_as_the_same()
    {
        var chance = new Random(9);
        for (var i = 0; i < 2000; i++)
        {
            var field = Field((FieldKind)chance.Next(3), "a");
            var typed = field.Kind switch { FieldKind.Number => (chance.NextDouble() * 1e6 - 5e5).ToString("0.####", CultureInfo.InvariantCulture), FieldKind.Date => new DateOnly(1990, 1, 1).AddDays(chance.Next(30_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), _ => new string([.. Enumerable.Range(0, chance.Next(1, 300)).Select(_ => (char)chance.Next(33, 0x2ff))]) };
            if (FieldRules.Read(field, typed) is not { Ok: true } first || first.Value.Count == 0) continue;
            var again = FieldRules.Read(field, first.Value[0].Text).Value[0];
            again.ShouldBe(first.Value[0]);
            again.Key.Length.ShouldBeLessThanOrEqualTo(100);
        }
    }
}
