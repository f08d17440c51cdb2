using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Trellis.Compute.Matching;

namespace Trellis.Compute.Cli;

/// <summary><c>compute match</c>: the same companies in two lists, in one list, or for one question.</summary>
internal static class MatchingCommands
{
    private const string Columns = "CSV whose header names id, name, website (or domain), tax number, country, city, postcode, sector; any but the name or website may be absent.";
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Create() => new("match", "Find the same companies in two lists, duplicates in one, or one typed customer in a list.") { Lists(), Domains(), Duplicates(), Ask() };

    private static Command Lists()
    {
        var (left, right, separator) = Files();
        var resolution = new Option<MatchResolution>("--resolution") { Description = "OneCompany, OneToOne or All.", DefaultValueFactory = _ => MatchResolution.OneCompany };
        var threshold = new Option<double?>("--threshold") { Description = "Least probability; by default the one with the best expected F1." };
        var reasons = new Option<bool>("--reasons") { Description = "Say for each pair why." };
        var model = new Option<string?>("--model") { Description = "Write the fitted weights to this JSON file." };
        var command = new Command("lists", "Match two lists by names, domains and places that may be dirty.") { left, right, separator, resolution, threshold, reasons, model };
        command.SetAction((result, cancel) => Task.FromResult(CommandEdge.Run(result, () =>
        {
            var matcher = new CompanyMatcher();
            var ids = Read(result.GetValue(left)!, matcher.Left, result.GetValue(separator), cancel);
            var others = Read(result.GetValue(right)!, matcher.Right, result.GetValue(separator), cancel);
            var options = new MatchOptions { Resolution = result.GetValue(resolution), Threshold = result.GetValue(threshold) };
            var found = matcher.Match(options, new ProgressLine("compared"), cancel);
            Console.Error.WriteLine(found.Explanation);
            if (result.GetValue(model) is { } file) File.WriteAllText(file, JsonSerializer.Serialize(found.Model, Json));
            var output = result.InvocationConfiguration.Output;
            output.WriteLine(result.GetValue(reasons) ? "left,right,probability,reasons" : "left,right,probability");
            foreach (var pair in found.Pairs)
            {
                output.Write($"{CommandEdge.Field(ids(pair.Left))},{CommandEdge.Field(others(pair.Right))},{Text(pair.Probability)}");
                output.WriteLine(result.GetValue(reasons) ? "," + CommandEdge.Field(Reasons(matcher.Explain(pair))) : "");
            }

            return 0;
        })));
        return command;
    }

    private static Command Domains()
    {
        var (left, right, separator) = Files();
        var command = new Command("domains", "Match two lists by exactly the same registrable domain.") { left, right, separator };
        command.SetAction((result, cancel) => Task.FromResult(CommandEdge.Run(result, () =>
        {
            byte[] a = File.ReadAllBytes(result.GetValue(left)!), b = File.ReadAllBytes(result.GetValue(right)!);
            var mine = DomainJoin.Read(a, result.GetValue(separator), cancel);
            var theirs = DomainJoin.Read(b, result.GetValue(separator), cancel);
            var output = result.InvocationConfiguration.Output;
            output.WriteLine("left,right");
            foreach (var (l, r) in DomainJoin.Pairs(mine, theirs)) output.WriteLine($"{Cell(a, mine.Ids[l])},{Cell(b, theirs.Ids[r])}");
            return 0;
        })));
        return command;
    }

    private static Command Duplicates()
    {
        var (file, _, separator) = Files();
        var threshold = new Option<double?>("--threshold") { Description = "Least probability of a pair; by default the one with the best expected F1." };
        var command = new Command("duplicates", "Group the records of one list that are one company.") { file, separator, threshold };
        command.SetAction((result, cancel) => Task.FromResult(CommandEdge.Run(result, () =>
        {
            var matcher = new CompanyMatcher();
            var ids = Read(result.GetValue(file)!, matcher.Left, result.GetValue(separator), cancel);
            var found = matcher.Deduplicate(new MatchOptions { Threshold = result.GetValue(threshold) }, new ProgressLine("compared"), cancel);
            var output = result.InvocationConfiguration.Output;
            output.WriteLine("id,company");
            for (var row = 0; row < found.Cluster.Count; row++) output.WriteLine($"{CommandEdge.Field(ids(row))},{CommandEdge.Field(ids(found.Cluster[row]))}");
            return 0;
        })));
        return command;
    }

    private static Command Ask()
    {
        var (file, _, separator) = Files();
        var name = new Option<string?>("--name") { Description = "The name as typed." };
        var domain = new Option<string?>("--domain") { Description = "Domain, URL or e-mail address." };
        var tax = new Option<string?>("--tax") { Description = "Tax number." };
        var country = new Option<string?>("--country") { Description = "Country." };
        var city = new Option<string?>("--city") { Description = "Town." };
        var limit = new Option<int>("--limit") { Description = "Candidates to show.", DefaultValueFactory = _ => 5 };
        var model = new Option<string?>("--model") { Description = "Weights written by 'match lists --model'." };
        var command = new Command("ask", "Find one typed customer in a list.") { file, separator, name, domain, tax, country, city, limit, model };
        command.SetAction((result, cancel) => Task.FromResult(CommandEdge.Run(result, () =>
        {
            var matcher = new CompanyMatcher();
            var ids = Read(result.GetValue(file)!, matcher.Left, result.GetValue(separator), cancel);
            var index = CompanyIndex.Build(matcher.Left, Model(result.GetValue(model)), cancel);
            var asked = new CompanyRecord(result.GetValue(name), result.GetValue(domain), result.GetValue(tax), result.GetValue(country), result.GetValue(city));
            var found = index.Find(asked, result.GetValue(limit)).Select(c => new { id = ids(c.Row), c.Probability, c.Bits, c.Reasons });
            result.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(found, Json));
            return 0;
        })));
        return command;
    }

    private static (Argument<string> Left, Argument<string> Right, Option<char> Separator) Files() =>
        (new Argument<string>("left") { Description = Columns }, new Argument<string>("right") { Description = "The other list, likewise." },
            new Option<char>("--separator") { Description = "Between the columns.", DefaultValueFactory = _ => ',' });

    private static Func<int, string> Read(string file, CompanyList into, char separator, CancellationToken cancel)
    {
        var bytes = File.ReadAllBytes(file);
        var cells = CompanyCsv.Read(bytes, into, separator, cancel);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cells.Length:N0} companies in {Path.GetFileName(file)}"));
        return row => cells[row].Length == 0 ? (row + 1).ToString(CultureInfo.InvariantCulture) : Cell(bytes, cells[row]);
    }

    private static MatchModel? Model(string? file)
    {
        if (file is null) return null;
        try
        {
            return JsonSerializer.Deserialize<MatchModel>(File.ReadAllText(file), Json);
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"{file} holds no weights: {wrong.Message}");
        }
    }

    private static string Cell(byte[] bytes, CsvCell cell) => Encoding.UTF8.GetString(bytes, cell.Start, cell.Length);

    private static string Reasons(IReadOnlyList<MatchReason> reasons) => string.Join("; ", reasons.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Text} ({r.Bits:+0.0;-0.0})")));

    private static string Text(double probability) => probability.ToString("0.####", CultureInfo.InvariantCulture);
}
