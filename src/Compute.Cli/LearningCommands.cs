using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Trellis.Compute.Learning;

namespace Trellis.Compute.Cli;

/// <summary><c>trellis compute learning …</c>: fit, score, explain, judge and compare tables in CSV files.</summary>
internal static class LearningCommands
{
    private static readonly Option<string> In = new("--in") { Description = "CSV file with a header.", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "File to write; standard output when absent." };
    private static readonly Option<string> Target = new("--target") { Description = "Column with the outcome.", Required = true };
    private static readonly Option<string> Positive = new("--positive") { Description = "Value of the target that counts as 1.", DefaultValueFactory = _ => "1" };
    private static readonly Option<string> Drop = new("--drop") { Description = "Columns that are not features, separated by commas.", DefaultValueFactory = _ => "" };
    private static readonly Option<string> Model = new("--model") { Description = "Model file.", Required = true };
    private static readonly Option<Goal> GoalOption = new("--goal") { Description = "Probability, Mean or Count.", DefaultValueFactory = _ => Goal.Probability };
    private static readonly Option<int> Trees = new("--trees") { Description = "Number of trees.", DefaultValueFactory = _ => new BoostingOptions().Trees };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads; the result does not depend on it.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Reasons = new("--reasons") { Description = "Add this many reasons to each row (exact Shapley values).", DefaultValueFactory = _ => 0 };
    private static readonly Option<string> Asked = new("--asked") { Description = "Column with the time at which a prediction would be made.", Required = true };
    private static readonly Option<string> Known = new("--known") { Description = "Column with the time at which the outcome became known." };
    private static readonly Option<string> Rule = new("--rule") { Description = "Category whose past rate is the naive rule." };
    private static readonly Option<string> Before = new("--before") { Description = "CSV file of earlier rows.", Required = true };
    private static readonly Option<string> After = new("--after") { Description = "CSV file of later rows.", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Write JSON instead of text." };

    internal static readonly JsonSerializerOptions Shape = new()
    {
        WriteIndented = true, Converters = { new JsonStringEnumConverter() }, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var command = new Command("learning", "Fit, score, explain and judge predictions.");
        command.Subcommands.Add(Make("fit", "Fit boosted trees and write the model.", Fit, In, Target, Positive, Drop, Model, GoalOption, Trees, Threads));
        command.Subcommands.Add(Make("score", "Predict each row of a file.", Score, In, Model, Out, Reasons, Threads));
        command.Subcommands.Add(Make("judge", "Try models on later rows and say whether there is a usable signal; writes a model card.", Judge, In, Target, Positive, Drop, Asked, Known, Rule, Out, Json));
        command.Subcommands.Add(Make("drift", "Compare two files column by column.", DriftBetween, Before, After, Drop, Out));
        return command;
    }

    /// <summary>A command whose refusals are a sentence on standard error and exit code 2.</summary>
    internal static Command Make(string name, string description, Action<ParseResult, CancellationToken> run, params Option[] options)
    {
        var command = new Command(name, description);
        foreach (var option in options) command.Options.Add(option);
        command.SetAction((parsed, cancel) => Task.FromResult(Guard(() => run(parsed, cancel))));
        return command;
    }

    internal static void Write(string? path, Action<TextWriter> write)
    {
        if (path is null)
        {
            write(Console.Out);
            Console.Out.Flush();
            return;
        }

        using var writer = new StreamWriter(path);
        write(writer);
    }

    internal static string Field(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";

    internal static string Number(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    internal static IProgress<double> Progress(string what) => new Told(what);

    private static int Guard(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception e) when (e is BadFile or ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped.");
            return 130;
        }
    }

    private static void Fit(ParseResult parsed, CancellationToken cancel)
    {
        var csv = LearningCsv.Read(parsed.GetRequiredValue(In));
        var (name, goal) = (parsed.GetRequiredValue(Target), parsed.GetValue(GoalOption));
        var table = csv.Features(FeatureNames(csv, name, parsed.GetValue(Drop)!));
        var target = goal == Goal.Probability ? csv.Outcomes(name, parsed.GetValue(Positive)!) : csv.Numbers(name).Select(v => (float)v).ToArray();
        var options = new BoostingOptions { Goal = goal, Trees = parsed.GetValue(Trees), Threads = parsed.GetValue(Threads) };
        var model = Boosting.Fit(table, target, options, null, Progress("fitting"), cancel);
        File.WriteAllBytes(parsed.GetRequiredValue(Model), ModelFile.Write(model));
        Console.Error.WriteLine($"{table.Rows} rows, {table.Columns.Count} features; gain by feature: {string.Join(", ", model.Features.Zip(model.GainShares()).OrderByDescending(g => g.Second).Take(8).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.First} {g.Second:0%}")))}");
    }

    private static void Score(ParseResult parsed, CancellationToken cancel)
    {
        var csv = LearningCsv.Read(parsed.GetRequiredValue(In));
        var path = parsed.GetRequiredValue(Model);
        if (!File.Exists(path)) throw new BadFile($"{path}: there is no such file.");
        var model = ModelFile.Read(File.ReadAllBytes(path));
        var table = csv.Features(csv.Names, model.Features.Zip(model.Categories).Where(f => f.Second).Select(f => f.First).ToHashSet());
        var predictions = model.Predict(table, parsed.GetValue(Threads), cancel);
        var reasons = parsed.GetValue(Reasons);
        Write(parsed.GetValue(Out), writer =>
        {
            writer.WriteLine(reasons > 0 ? "row,prediction,reason" : "row,prediction");
            for (var i = 0; i < predictions.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                writer.Write($"{i + 1},{Number(predictions[i])}");
                if (reasons > 0) writer.Write($",{Field(model.Explain(table, i).ToText(reasons))}");
                writer.WriteLine();
            }
        });
    }

    private static void Judge(ParseResult parsed, CancellationToken cancel)
    {
        var csv = LearningCsv.Read(parsed.GetRequiredValue(In));
        var (name, asked, known) = (parsed.GetRequiredValue(Target), parsed.GetRequiredValue(Asked), parsed.GetValue(Known));
        var table = csv.Features(FeatureNames(csv, name, $"{parsed.GetValue(Drop)},{asked},{known}"));
        var question = new Question(
            Path.GetFileNameWithoutExtension(csv.Path), $"the chance that {name} is {parsed.GetValue(Positive)}", table, csv.Outcomes(name, parsed.GetValue(Positive)!),
            csv.Times(asked), known is null ? null : csv.Times(known), parsed.GetValue(Rule));
        var model = CarefulModel.Fit(question, null, Progress("trying models on later rows"), cancel);
        Console.Error.WriteLine(model.Card.Evidence.Reason);
        // Predictions of every row would swamp the card; they are not part of what a reader needs.
        var card = model.Card with { Backtest = model.Card.Backtest.Select(r => r with { Predictions = [] }).ToArray() };
        Write(parsed.GetValue(Out), writer => writer.WriteLine(parsed.GetValue(Json) ? JsonSerializer.Serialize(card, Shape) : card.ToMarkdown()));
    }

    private static void DriftBetween(ParseResult parsed, CancellationToken cancel)
    {
        var (before, after) = (LearningCsv.Read(parsed.GetRequiredValue(Before)), LearningCsv.Read(parsed.GetRequiredValue(After)));
        var names = FeatureNames(before, "", parsed.GetValue(Drop)!).Where(after.Has).ToArray();
        if (names.Length == 0) throw new BadFile("The two files have no column in common.");
        var first = before.Features(names);
        var categories = first.Columns.OfType<CategoryColumn>().Select(c => c.Name).ToHashSet();
        var second = after.Features(names, categories);
        // A column that holds text only in the later file is text in both.
        first = before.Features(names, second.Columns.OfType<CategoryColumn>().Select(c => c.Name).ToHashSet());
        cancel.ThrowIfCancellationRequested();
        Write(parsed.GetValue(Out), writer =>
        {
            writer.WriteLine("feature,stability,expected,distance,chance,moved,reason");
            foreach (var d in Learning.Drift.Compare(first, second))
                writer.WriteLine($"{Field(d.Feature)},{Number(d.Stability)},{Number(d.Expected)},{Number(d.Distance)},{Number(d.Chance)},{(d.HasMoved ? "yes" : "no")},{Field(d.Reason)}");
        });
    }

    private static string[] FeatureNames(LearningCsv csv, string target, string drop)
    {
        var dropped = drop.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in dropped) csv.Texts(name);
        var names = csv.Names.Where(n => n != target && !dropped.Contains(n, StringComparer.OrdinalIgnoreCase)).ToArray();
        return names.Length > 0 ? names : throw new BadFile($"{csv.Path}: no column is left as a feature.");
    }

    private sealed class Told(string what) : IProgress<double>
    {
        private int _last = -1;

        public void Report(double value)
        {
            var tenth = (int)(value * 10);
            if (Interlocked.Exchange(ref _last, tenth) != tenth) Console.Error.WriteLine($"{what}: {tenth * 10} %");
        }
    }
}
