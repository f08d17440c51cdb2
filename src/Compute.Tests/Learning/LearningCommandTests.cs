using Trellis.Compute.Cli;

namespace Trellis.Compute.Tests.Learning;

[Collection("learning and series console")]
public sealed class LearningCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_model_is_fitted_saved_and_scores_another_file_with_reasons()
    {
        var rows = Enumerable.Range(0, 300).Select(i => $"{i % 17},{(i % 3 == 0 ? "gold" : "silver")},{(i % 17 > 8 ? "yes" : "no")}");
        var data = _run.File("deals.csv", "size,tier,won\n" + string.Join('\n', rows));
        var model = _run.Path("model.json");
        _run.Do($"learning fit --in {data} --target won --positive yes --model {model}").ShouldBe(0);
        _run.Error.ShouldContain("300 rows, 2 features");
        var fresh = _run.File("fresh.csv", "tier,size\ngold,2\nsilver,16\n,\n");
        _run.Do($"learning score --in {fresh} --model {model} --reasons 2").ShouldBe(0);
        var lines = _run.Output.Split('\n');
        lines[0].ShouldBe("row,prediction,reason");
        double.Parse(lines[1].Split(',')[1], System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThan(0.05);
        double.Parse(lines[2].Split(',')[1], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0.95);
        lines[2].ShouldContain("raised by size = 16");
    }

    [Fact]
    public void A_judgement_on_noise_is_a_card_that_says_so()
    {
        var dice = new Trellis.Compute.Statistics.Dice(3);
        var rows = Enumerable.Range(0, 600).Select(i => $"2025-{1 + i / 50:00}-{1 + i % 28:00},{dice.Below(9)},{dice.Below(2)}").ToArray();
        var data = _run.File("noise.csv", "opened,size,won\n" + string.Join('\n', rows));
        _run.Do($"learning judge --in {data} --target won --asked opened").ShouldBe(0);
        _run.Output.ShouldContain("**NoUsableSignal.**");
        _run.Output.ShouldContain("| size |");
        _run.Do($"learning judge --in {data} --target won --asked opened --json").ShouldBe(0);
        System.Text.Json.JsonDocument.Parse(_run.Output).RootElement.GetProperty("Evidence").GetProperty("Verdict").GetString().ShouldBe("NoUsableSignal");
    }

    [Fact]
    public void Drift_is_told_column_by_column()
    {
        var before = _run.File("before.csv", "x,kind\n" + string.Join('\n', Enumerable.Range(0, 400).Select(i => $"{i % 40},{(i % 2 == 0 ? "a" : "b")}")));
        var after = _run.File("after.csv", "x,kind\n" + string.Join('\n', Enumerable.Range(0, 400).Select(i => $"{i % 40 + 15},{(i % 2 == 0 ? "a" : "b")}")));
        _run.Do($"learning drift --before {before} --after {after}").ShouldBe(0);
        var lines = _run.Output.Split('\n');
        lines[1].ShouldStartWith("x,");
        lines[1].ShouldContain(",yes,");
        lines[2].ShouldContain(",no,");
    }

    [Theory]
    [InlineData("learning fit --in missing.csv --target y --model m.json", "there is no such file")]
    [InlineData("learning fit --in {ragged} --target y --model m.json", "line 3: 1 fields, but the header has 2")]
    [InlineData("learning fit --in {good} --target nothing --model m.json", "there is no column 'nothing'")]
    [InlineData("learning fit --in {good} --target y --goal Mean --model m.json", "'no' in column 'y' is not a number")]
    [InlineData("learning score --in {good} --model {good}", "This is not a model")]
    public void Bad_input_is_refused_with_the_place_and_exit_code_two(string line, string reason)
    {
        var ragged = _run.File("ragged.csv", "x,y\n1,yes\n2\n");
        var good = _run.File("good.csv", "x,y\n1,no\n2,1\n");
        _run.Do(line.Replace("{ragged}", ragged).Replace("{good}", good)).ShouldBe(2);
        _run.Error.ShouldContain(reason);
    }
}

/// <summary>Runs the command with its standard streams caught, in a folder of its own.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trellis-compute-");

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public string File(string name, string text)
    {
        System.IO.File.WriteAllText(Path(name), text);
        return Path(name);
    }

    public int Do(string line)
    {
        var (before, beforeError) = (Console.Out, Console.Error);
        using var output = new StringWriter();
        using var error = new StringWriter();
        try
        {
            Console.SetOut(output);
            Console.SetError(error);
            return ComputeCommand.Create().Parse(line).Invoke();
        }
        finally
        {
            Console.SetOut(before);
            Console.SetError(beforeError);
            (Output, Error) = (output.ToString(), error.ToString());
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

[CollectionDefinition("learning and series console", DisableParallelization = true)]
public sealed class ConsoleTests;
