using System.Globalization;
using Trellis.Kernel;
using Trellis.Partners.Hygiene;
using Trellis.Ui;

namespace Trellis.Partners.Web;

/// <summary>How checks of partners' records look on pages.</summary>
internal static class CheckLook
{
    // Rounded down: nothing that is open is shown as 100 %.
    public static string Percent(double score) => score is < 1 and > 0.999 ? "> 99.9 %" : $"{(Math.Floor(score * 1000) / 10).ToString("0.#", CultureInfo.CurrentCulture)} %";

    public static Tone Tone(double score) => score >= 0.98 ? Ui.Tone.Good : score >= 0.9 ? Ui.Tone.Warning : Ui.Tone.Bad;

    public static string Definition(CheckKind kind) => kind switch
    {
        CheckKind.Completeness => "What should be there is there: the average over the checks of the share of partners that pass.",
        CheckKind.Uniqueness => "Each partner stands here once: open pairs against all partners.",
        CheckKind.Validity => "All who say something about a partner say the same: the share of partners without a conflict.",
        _ => "Somebody has said so lately: the average over the checks.",
    };

    public static string Change(int? change) => change switch
    {
        null => "–",
        0 => T("the same"),
        < 0 => T($"{-change.Value:N0} fewer"),
        _ => T($"{change.Value:N0} more"),
    };

    /// <summary>One point for each of the tenant's weeks, the last day of it that was counted.</summary>
    public static IReadOnlyList<ChartRow> Trend(TenantSettings settings, IReadOnlyList<PartnerQualityDay> days, IReadOnlyList<CheckKind> kinds) =>
        [.. days.GroupBy(d => settings.WeekOf(d.Day)).OrderBy(g => g.Key).Select(week => new ChartRow(week.Max(d => d.Day).ToString("d MMM", CultureInfo.CurrentCulture),
            [.. kinds.Select(k => week.Where(d => d.Kind == k).MaxBy(d => d.Day) is { } last ? new ChartCell((decimal)Math.Round(last.Score * 100, 2), Percent(last.Score)) : new ChartCell(null, "–"))]))];
}
