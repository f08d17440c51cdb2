using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Trellis.Compute.Attribution;

namespace Trellis.Compute.Cli;

/// <summary><c>compute attribution touches</c>: credit per deal and partner by a declared rule, with money split to the cent.</summary>
internal static class TouchCommand
{
    private const double Day = 86_400;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "CSV, one touch a row: deal, partner and, as the model needs: time, closed, value, created (1: made the opportunity), stage, role, share, registered (1), keeps (1)." };
        var model = new Option<string>("--model") { Description = "first, last, linear, partners, u, w, decay, registration, roles, agreed, stages, retention or markov.", DefaultValueFactory = _ => "linear" };
        var halfLife = new Option<double>("--half-life") { Description = "Days in which a touch loses half its weight (decay).", DefaultValueFactory = _ => 30 };
        var weights = new Option<string>("--weights") { Description = "Points of 100, such as sourced=50,sold=30 (roles) or lead=40,demo=60 (stages).", DefaultValueFactory = _ => "" };
        var share = new Option<double>("--share") { Description = "Part of the deal for the holder of the registration, or for those who kept the customer.", DefaultValueFactory = _ => 1 };
        var window = new Option<double>("--window") { Description = "Days before the close in which a touch counts (retention).", DefaultValueFactory = _ => 365 };
        var decimals = new Option<int>("--decimals") { Description = "Decimals of the currency.", DefaultValueFactory = _ => 2 };
        var json = new Option<bool>("--json") { Description = "Write JSON with an explanation of each deal instead of CSV." };
        var command = new Command("touches", "Credit per deal and partner by one declared rule, money split to the cent.") { file, model, halfLife, weights, share, window, decimals, json };
        command.SetAction((result, cancel) => Task.FromResult(CommandEdge.Run(result, () =>
        {
            var touches = new TouchFile(new NamedRows(result.GetValue(file)!), result.GetValue(decimals));
            var journeys = touches.Journeys;
            var others = CreditRules.Linear(journeys);
            var table = result.GetValue(model) switch
            {
                "first" => CreditRules.First(journeys),
                "last" => CreditRules.Last(journeys),
                "linear" => others,
                "partners" => CreditRules.LinearByChannel(journeys),
                "u" => CreditRules.Position(journeys, PositionWeights.U),
                "w" => CreditRules.Position(journeys, PositionWeights.W, touches.FirstFlagged("created")),
                "decay" => CreditRules.TimeDecay(journeys, result.GetValue(halfLife) * Day),
                "registration" => CreditRules.DealRegistration(journeys.Channels, Holders(touches), result.GetValue(share), result.GetValue(share) < 1 ? others : null),
                "roles" => CreditRules.RolePoints(Roles(touches), Points(result.GetValue(weights)!)),
                "agreed" => CreditRules.AgreedSplit(new DealTeams(journeys.Channels, journeys.Offsets, journeys.Touches) { AgreedShares = touches.Numbers("share") }),
                "stages" => Stages(touches, result.GetValue(weights)!),
                "retention" => CreditRules.Retention(journeys, touches.Flags("keeps"), new RetentionTerms(result.GetValue(share), (long)(result.GetValue(window) * Day)), others),
                "markov" => Markov.Fit(journeys, new MarkovOptions(), cancel).PerJourney(journeys),
                var unknown => throw new FormatException($"There is no model {unknown}."),
            };
            Console.Error.WriteLine(table.Explanation);
            Write(result.InvocationConfiguration.Output, touches, table, result.GetValue(decimals), result.GetValue(json));
            return 0;
        })));
        return command;
    }

    private static int[] Holders(TouchFile touches)
    {
        var journeys = touches.Journeys;
        return [.. touches.FirstFlagged("registered").Select((place, d) => place < 0 ? -1 : journeys.Touches[journeys.Offsets[d] + place])];
    }

    private static DealTeams Roles(TouchFile touches) => new(touches.Journeys.Channels, touches.Journeys.Offsets, touches.Journeys.Touches)
    {
        Roles = [.. touches.Texts("role").Select(text => Enum.TryParse<PartnerRole>(text, ignoreCase: true, out var role) && Enum.IsDefined(role) ? role
            : throw new FormatException($"There is no role {text}; there are {string.Join(", ", Enum.GetNames<PartnerRole>())}."))],
    };

    private static RolePoints Points(string text)
    {
        var points = Weights(text);
        if (points.Keys.FirstOrDefault(k => !Enum.TryParse<PartnerRole>(k, ignoreCase: true, out _)) is { } unknown) throw new FormatException($"There is no role {unknown}.");
        double Of(PartnerRole role) => points.GetValueOrDefault(role.ToString());
        return new RolePoints(Of(PartnerRole.Sourced), Of(PartnerRole.Influenced), Of(PartnerRole.Sold), Of(PartnerRole.Delivered), Of(PartnerRole.Retained));
    }

    private static CreditTable Stages(TouchFile touches, string text)
    {
        var weights = Weights(text);
        string[] names = [.. weights.Keys];
        int[] stageOf = [.. touches.Texts("stage").Select(s => Array.FindIndex(names, n => n.Equals(s, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at ? at
            : throw new FormatException($"--weights does not name the stage {s}."))];
        return CreditRules.StageBased(touches.Journeys, stageOf, [.. names.Select(n => new StageRule(weights[n] / 100))]);
    }

    private static Dictionary<string, double> Weights(string text)
    {
        var weights = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=') is not [var name, var points] || !double.TryParse(points, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                throw new FormatException($"--weights is written name=points,name=points; '{part}' is not.");
            weights[name.Trim()] = number;
        }

        return weights.Count > 0 ? weights : throw new FormatException("This model needs --weights name=points,name=points.");
    }

    private static void Write(TextWriter output, TouchFile touches, CreditTable table, int decimals, bool json)
    {
        var amounts = table.Split(touches.Values);
        var unit = (decimal)Math.Pow(10, decimals);
        if (json)
        {
            var deals = touches.Deals.Select((name, d) => new
            {
                deal = name,
                explanation = table.Explain(d, c => touches.Partners[c]),
                credits = Enumerable.Range(table.Offsets[d], table.Offsets[d + 1] - table.Offsets[d]).Select(r => new { partner = touches.Partners[table.Channels[r]], share = table.Shares[r], amount = amounts[r] / unit }),
            });
            output.WriteLine(JsonSerializer.Serialize(new { model = table.Model, explanation = table.Explanation, deals }));
            return;
        }

        output.WriteLine("deal,partner,share,amount");
        for (var d = 0; d < table.Count; d++)
            for (var r = table.Offsets[d]; r < table.Offsets[d + 1]; r++)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{CommandEdge.Field(touches.Deals[d])},{CommandEdge.Field(touches.Partners[table.Channels[r]])},{table.Shares[r]:0.######},{(amounts[r] / unit).ToString("F" + decimals, CultureInfo.InvariantCulture)}"));
    }
}
