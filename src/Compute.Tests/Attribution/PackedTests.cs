using System.Text;
using Trellis.Compute.Attribution;

namespace Trellis.Compute.Tests.Attribution;

public sealed class PackedTests
{
    [Fact]
    public void Totals_in_one_pass_equal_those_of_the_tables()
    {
        foreach (var (channels, longest) in new[] { (5, 12), (300, 9), (4, 400), (3000, 7) })
        {
            var journeys = Make.Random(channels, channels, 300, longest);
            var totals = RuleTotals.Of(PackedJourneys.From(journeys), PositionWeights.U, 0.5);
            Same(totals.First, CreditRules.First(journeys));
            Same(totals.Last, CreditRules.Last(journeys));
            Same(totals.Linear, CreditRules.Linear(journeys));
            Same(totals.Position, CreditRules.Position(journeys, PositionWeights.U));
            // One unit of time per touch and a half-life of one unit is a decay of one half per step.
            var timed = new Journeys(journeys.Channels, journeys.Offsets, journeys.Touches) { Times = [.. journeys.Touches.Select((_, t) => (long)t)], Conversions = journeys.Conversions, Values = journeys.Values };
            Same(totals.Decay, CreditRules.TimeDecay(timed, 1));

            void Same(ChannelCredit[] fast, CreditTable table)
            {
                var slow = table.Totals(journeys.Conversions, journeys.Values);
                for (var c = 0; c < channels; c++)
                {
                    fast[c].Conversions.ShouldBe(slow[c].Conversions, 1e-9, table.Model);
                    fast[c].Value.ShouldBe(slow[c].Value, 1e-4, table.Model);
                }
            }
        }
    }

    [Fact]
    public void Paths_are_read_from_text_with_any_names_and_missing_columns()
    {
        const string text = "path,conversions,value,nulls\na > b>a,1,12.5,0\n\"x, y > \"\"q\"\"\",2,3,1\n,1,0,0\n a very long name indeed >a very long name in deed,0,,4\n>b>\n";
        var (journeys, names) = Parse(text, 1);
        Enumerable.Range(0, names.Count).Select(names.Name).ShouldBe(["a", "b", "x, y", "\"q\"", "a very long name indeed", "a very long name in deed"]);
        var block = journeys.Blocks[0];
        ((byte[])block.Touches).ShouldBe([0, 1, 0, 2, 3, 4, 5, 1]);
        block.Ends.ShouldBe([3, 5, 5, 7, 8]);
        block.Conversions.ShouldBe([1, 2, 1, 0, 0]);
        block.Values.ShouldBe([1250, 300, 0, 0, 0]);
        block.Nulls.ShouldBe([0, 1, 0, 4, 0]);
        Parse("total,path\n1,a>b\n", 1).Journeys.Blocks[0].Conversions.ShouldBeNull("one conversion each when no column says otherwise");
    }

    [Theory]
    [InlineData("path,conversions\na,x\n", "Row 1: conversions")]
    [InlineData("path,value\na,1\nb,1.234\n", "Row 2: value (it has more than 2 decimals)")]
    [InlineData("path,conversions\na,99999999999\n", "Row 1: conversions")]
    [InlineData("name\na\n", "The first row needs a column named path; it has name.")]
    public void What_cannot_be_read_is_named(string text, string message) =>
        Should.Throw<FormatException>(() => Parse(text, 1)).Message.ShouldStartWith(message);

    [Fact]
    public void The_numbering_of_channels_follows_the_text_however_it_is_cut()
    {
        var random = new Random(3);
        var text = new StringBuilder("path,conversions,value,nulls\n");
        for (var j = 0; j < 2_000; j++)
        {
            var length = random.Next(1, 8);
            text.AppendJoin(" > ", Enumerable.Range(0, length).Select(_ => "partner " + (int)(Math.Pow(random.NextDouble(), 2) * j / 3))).Append(',').Append(random.Next(3)).Append(",7.25,").Append(random.Next(2)).Append('\n');
        }

        var (whole, names) = Parse(text.ToString(), 1);
        names.Count.ShouldBeGreaterThan(256, "both widths must occur");
        var reference = Markov.Fit(whole, new MarkovOptions(2));
        foreach (var cuts in new[] { 2, 7, 40 })
        {
            var (cut, cutNames) = Parse(text.ToString(), cuts);
            Enumerable.Range(0, cutNames.Count).Select(cutNames.Name).ShouldBe(Enumerable.Range(0, names.Count).Select(names.Name));
            Markov.Fit(cut, new MarkovOptions(2)).RemovalEffects.ShouldBe(reference.RemovalEffects);
            RuleTotals.Of(cut, PositionWeights.U).First.ShouldBe(RuleTotals.Of(whole, PositionWeights.U).First);
        }
    }

    private static (PackedJourneys Journeys, ChannelTable Names) Parse(string text, int cuts)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var header = Array.IndexOf(bytes, (byte)'\n') + 1;
        var columns = JourneyColumns.FromHeader(bytes.AsSpan(0, header));
        var common = new ChannelTable();
        var collector = new JourneyCollector(common);
        var from = header;
        var parts = new List<(int From, int To)>();
        for (var p = 0; p < cuts; p++)
        {
            var to = p == cuts - 1 ? bytes.Length : Math.Max(from, Array.LastIndexOf(bytes, (byte)'\n', header + ((bytes.Length - header) * (p + 1) / cuts)) + 1);
            parts.Add((from, to));
            from = to;
        }

        // In reverse, as a slow thread might.
        for (var p = cuts - 1; p >= 0; p--)
        {
            var names = new ChannelTable(common);
            collector.Add(p, new JourneyParser(columns).Parse(bytes.AsSpan(parts[p].From..parts[p].To), names), names);
        }

        return collector.Finish();
    }
}
