using System.Globalization;
using Trellis.Accounts.Quality;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Accounts.Web;

/// <summary>How checks of the data are shown.</summary>
internal static class QualityLook
{
    // Rounded down: nothing that is open is shown as 100 %.
    public static string Percent(double score) => score is < 1 and > 0.999 ? "> 99.9 %" : $"{(Math.Floor(score * 1000) / 10).ToString("0.#", CultureInfo.CurrentCulture)} %";

    public static Tone Tone(double score) => score >= 0.98 ? Ui.Tone.Good : score >= 0.9 ? Ui.Tone.Warning : Ui.Tone.Bad;

    public static string Definition(QualityKind kind) => kind switch
    {
        QualityKind.Completeness => "What should be there is there: the average over the checks of the share of records that pass.",
        QualityKind.Uniqueness => "Each company stands here once: the share of accounts that are in no open pair.",
        QualityKind.Validity => "What stands there can be true and is known: the average over the checks.",
        _ => "Somebody has said so lately: the average over the checks.",
    };

    public static string Change(long? change) => change switch
    {
        null => "–",
        0 => T("the same"),
        < 0 => T($"{-change.Value:N0} fewer"),
        _ => T($"{change.Value:N0} more"),
    };

    public static string Effect(QualityState s) =>
        s.Failing == 0 || s.Revenue == 0 ? "–" : T($"{s.Currency} {Reading.Number(new Money(s.Revenue, s.Currency), true)} won, in {Retell(s.Check.LeftOut)}");

    /// <summary>One point for each of the tenant's weeks, the last day of it that was counted.</summary>
    public static IReadOnlyList<ChartRow> Trend(TenantSettings settings, IReadOnlyList<QualityDay> days, IReadOnlyList<QualityKind> kinds)
    {
        var weeks = QualityPages.ByWeek(settings, days);
        return [.. weeks.Select(week => new ChartRow(week.Max(d => d.Day).ToString("d MMM", CultureInfo.CurrentCulture),
            [.. kinds.Select(k => week.Where(d => d.Kind == k).MaxBy(d => d.Day) is { } last ? new ChartCell((decimal)Math.Round(last.Score * 100, 2), Percent(last.Score)) : new ChartCell(null, "–"))]))];
    }
}
