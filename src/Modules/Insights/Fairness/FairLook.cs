using System.Globalization;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Insights.Fairness;

/// <summary>Figures of the report as pages write them.</summary>
internal static class FairLook
{
    public static string Value(FairFigure figure) => figure.Share is { } share ? share.ToString("0.0 %", CultureInfo.InvariantCulture) : figure.Of == 0 ? "None" : "Too few to say";

    public static string Sample(FairFigure figure) => $"{figure.Counted.ToString("N0", CultureInfo.InvariantCulture)} of {figure.Of.ToString("N0", CultureInfo.InvariantCulture)}";

    public static string Time(long? minutes) => minutes is { } m ? FairRules.Span(TimeSpan.FromMinutes(m)) : "";

    /// <summary>The page of the record behind a row.</summary>
    public static string? Href(string subject) => subject.Split('_')[0] switch
    {
        "deal" => $"/app/deals/{subject}",
        "earn" => $"/app/incentives/earnings/{subject}",
        "par" => $"/app/partners/{subject}",
        _ => null,
    };

    public static IReadOnlyList<Option> Measures => [.. FairFigures.Texts.Select(t => new Option(Words.Of(t.Key), t.Value.Name))];
}
