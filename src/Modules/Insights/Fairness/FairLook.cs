using System.Globalization;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Insights.Fairness;

/// <summary>Figures of the report as pages write them.</summary>
internal static class FairLook
{
    public static string Value(FairFigure figure) => figure.Share is { } share ? share.ToString("0.0 %", CultureInfo.CurrentCulture) : figure.Of == 0 ? T("None") : T("Too few to say");

    public static string Sample(FairFigure figure) => figure.Of is null ? "" : T($"{figure.Counted:N0} of {figure.Of:N0}");

    public static string Time(long? minutes) => minutes is { } m ? Retell(FairRules.Span(TimeSpan.FromMinutes(m))) : "";

    /// <summary>The page of the record behind a row.</summary>
    public static string? Href(string subject) => subject.Split('_')[0] switch
    {
        "deal" => $"/app/deals/{subject}",
        "led" => $"/app/leads/{subject}",
        "earn" => $"/app/incentives/earnings/{subject}",
        "par" => $"/app/partners/{subject}",
        _ => null,
    };

    public static IReadOnlyList<Option> Measures => [.. FairFigures.Texts.Select(t => new Option(Words.Of(t.Key), t.Value.Name))];
}
