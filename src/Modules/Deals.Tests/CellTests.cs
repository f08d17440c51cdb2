using Trellis.Deals.Rules;

namespace Trellis.Deals.Tests;

public sealed class CellTests
{
    [Theory]
    [InlineData("-", "5", true)]
    [InlineData("", "null", true)]
    [InlineData(" - ", "\"x\"", true)]
    [InlineData("> 50000", "50000.01", true)]
    [InlineData("> 50000", "50000", false)]
    [InlineData(">=50000", "50000", true)]
    [InlineData("< -1.5", "-2", true)]
    [InlineData("<= 0.5", "0.51", false)]
    [InlineData("-5", "-5", true)]
    [InlineData("[30..90)", "30", true)]
    [InlineData("[30..90)", "90", false)]
    [InlineData("(30..90]", "30", false)]
    [InlineData("]30..90]", "90", true)]
    [InlineData("[30..90[", "90", false)]
    [InlineData("[1..1]", "1", true)]
    [InlineData("1, [5..6], > 100", "101", true)]
    [InlineData("1, [5..6], > 100", "7", false)]
    [InlineData("\"gold\", \"platinum\"", "\"platinum\"", true)]
    [InlineData("\"gold\",\"platinum\"", "\"silver\"", false)]
    [InlineData("not(\"EMEA\")", "\"APAC\"", true)]
    [InlineData("not(\"EMEA\")", "\"EMEA\"", false)]
    [InlineData("not ( < 5, > 10 )", "7", true)]
    [InlineData("not(< 5, > 10)", "11", false)]
    [InlineData("true", "true", true)]
    [InlineData("false", "true", false)]
    [InlineData("date(\"2026-01-31\")", "date(\"2026-01-31\")", true)]
    [InlineData("> date(\"2026-01-31\")", "date(\"2026-02-01\")", true)]
    [InlineData("[date(\"2026-01-01\")..date(\"2026-12-31\")]", "date(\"2026-06-01\")", true)]
    [InlineData("\"a \\\"b\\\" \\\\c\"", "\"a \\\"b\\\" \\\\c\"", true)]
    [InlineData("\"not(1)\"", "\"not(1)\"", true)]
    [InlineData("null", "null", true)]
    [InlineData("null", "3", false)]
    [InlineData("not(null)", "3", true)]
    public void A_cell_holds_as_DMN_says(string cell, string given, bool holds) => Read(cell).Holds(Value(given)).ShouldBe(holds);

    [Theory]
    [InlineData("> 5")]
    [InlineData("not(> 5)")]
    [InlineData("[1..2]")]
    [InlineData("not([1..2])")]
    [InlineData("5")]
    public void An_unknown_fact_satisfies_no_order_and_no_equality(string cell) => Read(cell).Holds(FactValue.Unknown).ShouldBeFalse();

    [Fact]
    public void An_unknown_fact_is_not_among_named_values() => Read("not(\"EMEA\")").Holds(FactValue.Unknown).ShouldBeTrue();

    [Theory]
    [InlineData("> ", 2, "missing")]
    [InlineData("5000,", 5, "missing")]
    [InlineData("50 000", 3, "does not belong")]
    [InlineData("gold", 0, "Expected")]
    [InlineData("\"gold", 0, "closing quote")]
    [InlineData("[30..90", 7, "ends with")]
    [InlineData("[90..30]", 8, "Nothing lies")]
    [InlineData("[5..5)", 6, "Nothing lies")]
    [InlineData("[\"a\"..\"b\"]", 10, "number to number")]
    [InlineData("[1,2]", 2, "Two dots")]
    [InlineData("not(1", 5, "expected")]
    [InlineData("not(-)", 4, "no number")]
    [InlineData("--5", 0, "no number")]
    [InlineData("date(\"2026-02-30\")", 5, "no such day")]
    [InlineData("date(2026)", 5, "written")]
    [InlineData("1e5", 1, "does not belong")]
    [InlineData("truex", 0, "Expected")]
    [InlineData("- -", 0, "no number")]
    [InlineData("99999999999999999999999999999999", 0, "no number")]
    public void A_faulty_cell_says_where_and_why(string text, int position, string words)
    {
        var (cell, error) = CellReader.Read(text);
        cell.ShouldBeNull();
        error.ShouldNotBeNull().Message.ShouldContain(words);
        error.Position.ShouldBe(position, text);
    }

    [Fact]
    public void Reading_what_was_written_gives_the_same_cell()
    {
        var chance = new Random(1);
        for (var i = 0; i < 5000; i++)
        {
            var cell = RandomCell(chance);
            var (read, error) = CellReader.Read(cell.ToString());
            error.ShouldBeNull(cell.ToString());
            read.ShouldBe(cell, cell.ToString());
        }
    }

    [Fact]
    public void No_text_makes_the_reader_fail_otherwise_than_with_an_error()
    {
        var chance = new Random(2);
        const string alphabet = "0123456789.-[]()<>=,\"\\ notruefalsdg..'";
        for (var i = 0; i < 50_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, chance.Next(24)).Select(_ => alphabet[chance.Next(alphabet.Length)])]);
            var (cell, error) = CellReader.Read(text);
            (cell is null).ShouldBe(error is not null, text);
            // What reads also evaluates, whatever it is given.
            cell?.Holds(RandomNumber(chance));
            cell?.Holds(FactValue.Of("x"));
            cell?.Holds(FactValue.Unknown);
        }
    }

    [Fact]
    public void For_known_numbers_a_negated_cell_holds_exactly_where_the_cell_does_not()
    {
        var chance = new Random(3);
        for (var i = 0; i < 5000; i++)
        {
            var cell = RandomCell(chance) with { Negated = false };
            var given = RandomNumber(chance);
            (cell with { Negated = true }).Holds(given).ShouldBe(!cell.Holds(given), $"{cell} with {given}");
        }
    }

    [Fact]
    public void A_list_holds_exactly_where_one_of_its_parts_does()
    {
        var chance = new Random(4);
        for (var i = 0; i < 5000; i++)
        {
            var cell = RandomCell(chance) with { Negated = false };
            var given = RandomNumber(chance);
            cell.Holds(given).ShouldBe(cell.AnyOf.Any(t => new Cell([t], false).Holds(given)));
        }
    }

    private static Cell Read(string text)
    {
        var (cell, error) = CellReader.Read(text);
        error.ShouldBeNull(text);
        return cell!;
    }

    private static FactValue Value(string literal) => Read(literal).AnyOf[0].Literals.Single();

    private static FactValue RandomNumber(Random chance) => FactValue.Of((decimal)chance.Next(-20, 20) / 2);

    private static Cell RandomCell(Random chance) => new([.. Enumerable.Range(0, chance.Next(1, 4)).Select(_ => RandomTest(chance))], chance.Next(2) == 0);

    private static UnaryTest RandomTest(Random chance)
    {
        if (chance.Next(3) > 0) return new Compared((Order)chance.Next(5), RandomNumber(chance));
        var low = chance.Next(-20, 20);
        return new Between(FactValue.Of((decimal)low), chance.Next(2) == 0, FactValue.Of((decimal)low + chance.Next(1, 9)), chance.Next(2) == 0);
    }
}
