using System.Globalization;
using System.Text.RegularExpressions;

namespace Trellis.Partners.Imports;

/// <summary>Pure: a whole number as spreadsheets write it. Signs stand only between groups of three; a fraction is zero or there is none.</summary>
internal static partial class Headcount
{
    public static int? Read(string written)
    {
        var found = Grouped().Match(written);
        if (!found.Success) found = Plain().Match(written);
        return found.Success && int.TryParse(string.Concat(found.Groups["d"].Captures.Select(c => c.Value)), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }

    [GeneratedRegex(@"^(?<d>[0-9]{1,3})(?<s>[., '’\u00A0\u202F])(?<d>[0-9]{3})(\k<s>(?<d>[0-9]{3}))*((?!\k<s>)[.,]0{1,2})?$")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^(?<d>[0-9]+)([.,]0{1,2})?$")]
    private static partial Regex Plain();
}
