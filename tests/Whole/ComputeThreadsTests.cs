using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Trellis.Whole.Tests;

/// <summary>The command <c>trellis compute</c> answers with the same bytes, however many processors the runtime is given.</summary>
public sealed class ComputeThreadsTests
{
    private static readonly string[] Processors = ["1", "2", "7"];

    [Fact]
    public void Attribution_does_not_depend_on_the_number_of_threads()
    {
        var random = new Random(5);
        var text = new StringBuilder("path,conversions,value,nulls\n");
        for (var i = 0; i < 40_000; i++)
        {
            var path = string.Join(" > ", Enumerable.Range(0, random.Next(1, 9)).Select(_ => $"p{random.Next(12)}"));
            text.Append(CultureInfo.InvariantCulture, $"{path},{random.Next(3)},{random.Next(100_000) / 100.0},{random.Next(4)}\n");
        }

        Same(["attribution", "{0}", "--order", "3", "--json"], text.ToString());
    }

    [Fact]
    public void Assignment_does_not_depend_on_the_number_of_threads()
    {
        var random = new Random(6);
        var pairs = new StringBuilder("lead,partner,score\n");
        for (var lead = 0; lead < 2_000; lead++)
            foreach (var partner in Enumerable.Range(0, 200).OrderBy(_ => random.Next()).Take(8))
                pairs.Append(CultureInfo.InvariantCulture, $"l{lead},p{partner},{random.NextDouble():0.000000}\n");
        var partners = "partner,capacity\n" + string.Concat(Enumerable.Range(0, 200).Select(p => $"p{p},9\n"));
        Same(["assign", "{0}", "{1}"], pairs.ToString(), partners);
    }

    [Fact]
    public void A_budget_does_not_depend_on_the_number_of_threads()
    {
        var random = new Random(7);
        var past = new StringBuilder("activity,spend,return\n");
        for (var i = 0; i < 120; i++)
        {
            var spend = random.Next(1, 100);
            past.Append(CultureInfo.InvariantCulture, $"a{i % 6},{spend},{(50 * (1 - Math.Exp(-spend / 30.0))) + random.Next(5)}\n");
        }

        Same(["budget", "{0}", "{1}", "--total", "200", "--draws", "100", "--json"], past.ToString(), "activity,max\n" + string.Concat(Enumerable.Range(0, 6).Select(a => $"a{a},100\n")));
    }

    private static void Same(string[] command, params string[] files)
    {
        var folder = Directory.CreateTempSubdirectory("trellis-threads");
        try
        {
            string[] paths = [.. files.Select((_, i) => Path.Combine(folder.FullName, $"{i}.csv"))];
            for (var i = 0; i < files.Length; i++) File.WriteAllText(paths[i], files[i]);
            string[] arguments = [.. command.Select(c => string.Format(CultureInfo.InvariantCulture, c, [.. paths]))];
            string[] answers = [.. Processors.Select(p => Run(p, arguments))];
            answers[0].Length.ShouldBeGreaterThan(100);
            answers.Distinct().Count().ShouldBe(1, "the answers differ with the number of processors");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Run(string processors, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "trellis.dll"), "compute", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_PROCESSOR_COUNT"] = processors },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors.Result);
        return answer;
    }
}
