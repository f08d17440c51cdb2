using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Trellis.Compute.Attribution;

namespace Trellis.Compute.Cli;

/// <summary><c>compute attribution</c>: who gets how much of the conversions, under each model.</summary>
internal static class AttributionCommands
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "CSV with the columns path (a > b > c) and, if known, conversions, value and nulls; - for standard input." };
        var order = new Option<int>("--order") { Description = "Touches that make a state of the Markov model, 1 to 4.", DefaultValueFactory = _ => 1 };
        var collapse = new Option<bool>("--collapse") { Description = "A partner that touches several times in a row counts once." };
        var decay = new Option<double>("--decay") { Description = "Factor by which each step back from the last touch counts less.", DefaultValueFactory = _ => 0.5 };
        var decimals = new Option<int>("--decimals") { Description = "Decimals of the value column's currency.", DefaultValueFactory = _ => 2 };
        var separator = new Option<char>("--separator") { Description = "Between the columns.", DefaultValueFactory = _ => ',' };
        var json = new Option<bool>("--json") { Description = "Write JSON with explanations instead of CSV." };
        var command = new Command("attribution", "Share conversions and money over partners by rules, Shapley values and a Markov chain, and show where they disagree.")
        {
            file, order, collapse, decay, decimals, separator, json,
        };
        command.Subcommands.Add(TouchCommand.Create());
        command.SetAction((result, cancel) => Task.FromResult(CommandEdge.Run(result, () =>
        {
            using var stream = result.GetValue(file) == "-" ? Console.OpenStandardInput() : File.OpenRead(result.GetValue(file)!);
            var progress = new ProgressLine("read");
            var (journeys, names) = JourneyFile.Load(stream, result.GetValue(decimals), result.GetValue(separator), progress, cancel);
            Console.Error.WriteLine($"{journeys.Count:N0} journeys, {journeys.TouchCount:N0} touches, {names.Count:N0} partners");
            var rules = RuleTotals.Of(journeys, PositionWeights.U, result.GetValue(decay), new ProgressLine("rules"), cancel);
            var markov = Markov.Fit(journeys, new MarkovOptions(result.GetValue(order), result.GetValue(collapse)), new ProgressLine("Markov chain"), cancel);
            (string Name, ChannelCredit[] Credits)[] models =
            [
                ("first", rules.First), ("last", rules.Last), ("linear", rules.Linear), ("position", rules.Position), ("decay", rules.Decay),
                ("shapley", Shapley.ByConversions(journeys, new ProgressLine("Shapley"), cancel)), ("markov", markov.Credits),
            ];
            var unit = (decimal)Math.Pow(10, result.GetValue(decimals));
            if (result.GetValue(json)) WriteJson(result.InvocationConfiguration.Output, models, markov, names, unit);
            else WriteCsv(result.InvocationConfiguration.Output, models, names, unit);
            return 0;
        })));
        return command;
    }

    private static void WriteCsv(TextWriter output, (string Name, ChannelCredit[] Credits)[] models, ChannelTable names, decimal unit)
    {
        var map = Disagreement.Compare([.. models.Select(m => new ModelCredit(m.Name, [.. m.Credits.Select(c => c.Conversions)]))]);
        output.WriteLine("partner," + string.Join(',', models.Select(m => m.Name)) + "," + string.Join(',', models.Select(m => m.Name + "_value")) + ",min,max,rank_change");
        for (var c = 0; c < names.Count; c++)
        {
            var cells = models.Select(m => Text(m.Credits[c].Conversions)).Concat(models.Select(m => Text(m.Credits[c].Value / (double)unit)))
                .Append(Text(map.Channels[c].Min.Credit)).Append(Text(map.Channels[c].Max.Credit)).Append(Text(map.Channels[c].RankChange));
            output.WriteLine(CommandEdge.Field(names.Name(c)) + "," + string.Join(',', cells));
        }
    }

    private static void WriteJson(TextWriter output, (string Name, ChannelCredit[] Credits)[] models, MarkovResult markov, ChannelTable names, decimal unit)
    {
        var map = Disagreement.Compare([.. models.Select(m => new ModelCredit(m.Name, [.. m.Credits.Select(c => c.Conversions)]))]);
        var partners = Enumerable.Range(0, names.Count).Select(c => new
        {
            partner = names.Name(c),
            removalEffect = markov.RemovalEffects[c],
            credits = models.ToDictionary(m => m.Name, m => new { m.Credits[c].Conversions, value = m.Credits[c].Value / (double)unit }),
            disagreement = map.Channels[c].Explain(names.Name),
            rankChange = map.Channels[c].RankChange,
        });
        output.WriteLine(JsonSerializer.Serialize(
            new { markov = new { markov.Explanation, markov.States, markov.Transitions, markov.ConversionProbability, markov.ErrorBound }, disagreement = map.Explanation, partners }, Json));
    }

    private static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
