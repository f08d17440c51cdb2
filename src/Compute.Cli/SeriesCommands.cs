using System.CommandLine;
using System.Text.Json;
using Trellis.Compute.Series;
using static Trellis.Compute.Cli.LearningCommands;

namespace Trellis.Compute.Cli;

/// <summary><c>trellis compute series …</c>: watch, take apart, look back, forecast, survival, diversity, peers.</summary>
internal static class SeriesCommands
{
    private static readonly Option<string> In = new("--in") { Description = "CSV file with a header, oldest rows first.", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "File to write; standard output when absent." };
    private static readonly Option<string> Value = new("--value") { Description = "Column with the numbers.", Required = true };
    private static readonly Option<string> By = new("--by") { Description = "Column that names the series, for example the partner; one series when absent." };
    private static readonly Option<string> At = new("--at") { Description = "Column that labels each observation, for example its date." };
    private static readonly Option<string> Holiday = new("--holiday") { Description = "Column that names the holiday an observation falls on; empty for none." };
    private static readonly Option<Measure> MeasureOption = new("--measure") { Description = "Count or Money.", DefaultValueFactory = _ => Measure.Count };
    private static readonly Option<int> Period = new("--period") { Description = "Observations in a season: 7 for days, 12 for months, 1 for none.", DefaultValueFactory = _ => 1 };
    private static readonly Option<double> FalseAlarms = new("--false-alarms") { Description = "False alarms to tolerate, per observation (watch) or per series (changes).", DefaultValueFactory = _ => 0.001 };
    private static readonly Option<int> Steps = new("--steps") { Description = "How far to forecast.", DefaultValueFactory = _ => 3 };
    private static readonly Option<double> Level = new("--level") { Description = "Coverage of intervals.", DefaultValueFactory = _ => 0.9 };
    private static readonly Option<string> Time = new("--time") { Description = "Column with the time to the event or to the end of observation.", Required = true };
    private static readonly Option<string> Event = new("--event") { Description = "Column with 1 where the event was seen, 0 where not.", Required = true };
    private static readonly Option<string> Kind = new("--kind") { Description = "Column with the kind of each row.", Required = true };
    private static readonly Option<string> Own = new("--own") { Description = "Name of the one to compare.", Required = true };
    private static readonly Option<string> Name = new("--name") { Description = "Column with the names.", Required = true };
    private static readonly Option<int> Floor = new("--floor") { Description = "Fewest peers for anything to be shown.", DefaultValueFactory = _ => 5 };
    private static readonly Option<bool> Multiplicative = new("--multiplicative") { Description = "Parts multiply instead of adding." };

    public static Command Create()
    {
        var command = new Command("series", "Watch, take apart, forecast and compare series.");
        command.Subcommands.Add(Make("watch", "Find drops, jumps and lasting changes as they would have been seen at the time.", Watch, In, Value, By, At, Holiday, MeasureOption, Period, FalseAlarms, Out));
        command.Subcommands.Add(Make("changes", "Look back for changes of level.", Changes, In, Value, By, At, MeasureOption, FalseAlarms, Out));
        command.Subcommands.Add(Make("decompose", "Take a series apart into trend, season, holidays and remainder.", TakeApart, In, Value, Holiday, Period, Multiplicative, Out));
        command.Subcommands.Add(Make("forecast", "Forecast with intervals, by the method that did best on the past (JSON).", Ahead, In, Value, By, Period, Steps, Level, Out));
        command.Subcommands.Add(Make("survival", "Kaplan–Meier curve with bands.", Survival, In, Time, Event, By, Level, Out));
        command.Subcommands.Add(Make("diversity", "Normalised Shannon index of the kinds of rows (JSON).", Diverse, In, Kind, By, Out));
        command.Subcommands.Add(Make("peers", "Percentile among peers, with a floor for privacy (JSON).", Peers, In, Value, Name, Own, Floor, Out));
        return command;
    }

    private static void Watch(ParseResult parsed, CancellationToken cancel)
    {
        var csv = LearningCsv.Read(parsed.GetRequiredValue(In));
        var values = csv.Numbers(parsed.GetRequiredValue(Value), allowEmpty: true);
        var (codes, kinds) = HolidayCodes(csv, parsed.GetValue(Holiday));
        var options = new WatchOptions { Measure = parsed.GetValue(MeasureOption), Period = parsed.GetValue(Period), FalseAlarms = parsed.GetValue(FalseAlarms), Holidays = kinds };
        var labels = Labels(csv, parsed.GetValue(At));
        Write(parsed.GetValue(Out), writer =>
        {
            writer.WriteLine("series,at,since,kind,value,expected,low,high,one_in,reason");
            foreach (var (name, rows) in Groups(csv, parsed.GetValue(By)))
            {
                var findings = Detector.Scan(rows.Select(r => values[r]).ToArray(), options, rows.Select(r => codes[r]).ToArray(), cancel);
                foreach (var f in findings)
                    writer.WriteLine($"{Field(name)},{Field(labels(rows[f.At]))},{Field(labels(rows[f.Since]))},{f.Kind},{Number(f.Value)},{Number(f.Expected)},{Number(f.Low)},{Number(f.High)},{Number(Math.Floor(f.OneIn))},{Field(f.Reason)}");
            }
        });
    }

    private static void Changes(ParseResult parsed, CancellationToken cancel)
    {
        var csv = LearningCsv.Read(parsed.GetRequiredValue(In));
        var values = csv.Numbers(parsed.GetRequiredValue(Value));
        var labels = Labels(csv, parsed.GetValue(At));
        Write(parsed.GetValue(Out), writer =>
        {
            writer.WriteLine("series,at,before,after,chance,reason");
            foreach (var (name, rows) in Groups(csv, parsed.GetValue(By)))
            {
                cancel.ThrowIfCancellationRequested();
                foreach (var c in ChangePoints.Find(rows.Select(r => values[r]).ToArray(), parsed.GetValue(MeasureOption), parsed.GetValue(FalseAlarms)))
                    writer.WriteLine($"{Field(name)},{Field(labels(rows[c.At]))},{Number(c.Before)},{Number(c.After)},{Number(c.Chance)},{Field(c.Reason)}");
            }
        });
    }

    private static void TakeApart(ParseResult parsed, CancellationToken cancel)
    {
        var csv = LearningCsv.Read(parsed.GetRequiredValue(In));
        var values = csv.Numbers(parsed.GetRequiredValue(Value), allowEmpty: true);
        var (codes, _) = HolidayCodes(csv, parsed.GetValue(Holiday));
        var period = parsed.GetValue(Period);
        var parts = Decompose.Run(values, period, codes, parsed.GetValue(Multiplicative));
        cancel.ThrowIfCancellationRequested();
        Console.Error.WriteLine(parts.Reason);
        Write(parsed.GetValue(Out), writer =>
        {
            writer.WriteLine("row,value,trend,season,holiday,remainder");
            for (var i = 0; i < values.Length; i++)
            {
                var holiday = codes[i] >= 0 ? parts.Holiday[codes[i]] : parts.Multiplicative ? 1 : 0;
                writer.WriteLine($"{i + 1},{Number(values[i])},{Number(parts.Trend[i])},{Number(parts.Season[i % period])},{Number(holiday)},{Number(parts.Remainder[i])}");
            }
        });
    }

    private static void Ahead(ParseResult parsed, CancellationToken cancel)
    {
        var csv = LearningCsv.Read(parsed.GetRequiredValue(In));
        var values = csv.Numbers(parsed.GetRequiredValue(Value));
        var result = Groups(csv, parsed.GetValue(By)).Select(g => new
        {
            Series = g.Name,
            Forecast = Forecasting.Run(g.Rows.Select(r => values[r]).ToArray(), parsed.GetValue(Steps), parsed.GetValue(Period), parsed.GetValue(Level), cancel: cancel),
        }).ToArray();
        Write(parsed.GetValue(Out), writer => writer.WriteLine(JsonSerializer.Serialize(result, Shape)));
    }

    private static void Survival(ParseResult parsed, CancellationToken cancel)
    {
        var csv = LearningCsv.Read(parsed.GetRequiredValue(In));
        var times = csv.Numbers(parsed.GetRequiredValue(Time));
        var marks = csv.Numbers(parsed.GetRequiredValue(Event)).Select((v, i) => v is 0 or 1 ? v == 1 : throw new BadFile($"{csv.Path}, row {i + 1}: the event must be 0 or 1.")).ToArray();
        Write(parsed.GetValue(Out), writer =>
        {
            writer.WriteLine("group,time,at_risk,events,censored,survival,low,high");
            foreach (var (name, rows) in Groups(csv, parsed.GetValue(By)))
            {
                cancel.ThrowIfCancellationRequested();
                var curve = KaplanMeier.Estimate(rows.Select(r => times[r]).ToArray(), rows.Select(r => marks[r]).ToArray(), parsed.GetValue(Level));
                Console.Error.WriteLine(name.Length > 0 ? $"{name}: {curve.Reason}" : curve.Reason);
                foreach (var s in curve.Steps)
                    writer.WriteLine($"{Field(name)},{Number(s.Time)},{s.AtRisk},{s.Events},{s.Censored},{Number(s.Survival.Value)},{Number(s.Survival.Low)},{Number(s.Survival.High)}");
            }
        });
    }

    private static void Diverse(ParseResult parsed, CancellationToken cancel)
    {
        var csv = LearningCsv.Read(parsed.GetRequiredValue(In));
        var kinds = csv.Texts(parsed.GetRequiredValue(Kind));
        var possible = kinds.Distinct().Count();
        cancel.ThrowIfCancellationRequested();
        var result = Groups(csv, parsed.GetValue(By)).Select(g => new
        {
            Group = g.Name,
            Diversity = Diversity.Shannon(g.Rows.CountBy(r => kinds[r]).Select(c => (double)c.Value).ToArray(), possible),
        }).ToArray();
        Write(parsed.GetValue(Out), writer => writer.WriteLine(JsonSerializer.Serialize(result, Shape)));
    }

    private static void Peers(ParseResult parsed, CancellationToken cancel)
    {
        var csv = LearningCsv.Read(parsed.GetRequiredValue(In));
        var values = csv.Numbers(parsed.GetRequiredValue(Value), allowEmpty: true);
        var names = csv.Texts(parsed.GetRequiredValue(Name));
        var own = Enumerable.Range(0, csv.Rows).Where(i => names[i] == parsed.GetRequiredValue(Own)).ToArray();
        if (own.Length != 1) throw new BadFile($"{csv.Path}: '{parsed.GetValue(Own)}' occurs {own.Length} times; it must occur once.");
        cancel.ThrowIfCancellationRequested();
        var standing = PeerBenchmark.Compare(values[own[0]], values.Where((_, i) => i != own[0]).ToArray(), parsed.GetValue(Floor));
        Write(parsed.GetValue(Out), writer => writer.WriteLine(JsonSerializer.Serialize(standing, Shape)));
    }

    private static (string Name, int[] Rows)[] Groups(LearningCsv csv, string? by)
    {
        if (by is null) return [("", Enumerable.Range(0, csv.Rows).ToArray())];
        var names = csv.Texts(by);
        return Enumerable.Range(0, csv.Rows).GroupBy(r => names[r]).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.ToArray())).ToArray();
    }

    private static Func<int, string> Labels(LearningCsv csv, string? column)
    {
        if (column is null) return row => (row + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var texts = csv.Texts(column);
        return row => texts[row];
    }

    private static (int[] Codes, int Kinds) HolidayCodes(LearningCsv csv, string? column)
    {
        if (column is null) return (Enumerable.Repeat(-1, csv.Rows).ToArray(), 0);
        var names = csv.Texts(column);
        var kinds = names.Where(n => n.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        return (names.Select(n => n.Length == 0 ? -1 : kinds.IndexOf(n)).ToArray(), kinds.Count);
    }
}
