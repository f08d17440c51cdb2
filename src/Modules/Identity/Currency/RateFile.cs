using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Trellis.Kernel;

namespace Trellis.Identity.Currency;

/// <summary>A rate as a file or a form says it.</summary>
internal sealed record NewRate(string From, string To, DateOnly Day, long Scaled);

/// <summary>Pure: rates out of a CSV file, in our own layout (<c>from,to,date,rate</c>) or in that of the European Central Bank, whose columns are currencies per euro.</summary>
internal static class RateFile
{
    public const int MostBytes = 8_000_000;
    private const int MostFaults = 20;
    private static readonly string[] Days = ["yyyy-MM-dd", "dd MMMM yyyy", "d MMMM yyyy", "dd MMM yyyy"];

    /// <summary>The rates, or what is wrong with the file, line by line.</summary>
    public static Result<IReadOnlyList<NewRate>> Read(string text)
    {
        using var csv = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, DetectDelimiter = true, DetectDelimiterValues = [",", ";", "\t"], TrimOptions = TrimOptions.Trim });
        if (!csv.Read() || csv.Record is not { Length: >= 2 } header) return Wrong("The file is empty, or has no columns.");
        var names = header.Select(h => h.Trim().TrimStart('\uFEFF').ToUpperInvariant()).ToArray();
        var (rates, faults) = (new Dictionary<(string, string, DateOnly), NewRate>(), new List<string>());
        var (from, to, day, rate) = (Array.IndexOf(names, "FROM"), Array.IndexOf(names, "TO"), Array.IndexOf(names, "DATE"), Array.IndexOf(names, "RATE"));
        if (day < 0) return Wrong("The file has no column “date”.");
        var own = from >= 0 && to >= 0 && rate >= 0;
        if (!own && !names.Where((_, i) => i != day).Any(Currencies.IsKnown)) return Wrong("Name the columns from, to, date and rate, or use the layout of the European Central Bank: a date and one column for each currency.");

        while (csv.Read() && faults.Count < MostFaults)
        {
            var cells = csv.Record!;
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            if (Cell(cells, day) is not { } typed || !DateOnly.TryParseExact(typed, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var on))
            {
                faults.Add($"Line {csv.Row}: “{Short(Cell(cells, day))}” is no date. Write 2026-11-20.");
                continue;
            }

            // A comma inside a number makes one cell too many, and would make another rate of it.
            if (cells.Skip(names.Length).Any(c => c.Length > 0)) faults.Add($"Line {csv.Row}: there are more cells than columns.");
            else if (own) Keep(Cell(cells, from)?.ToUpperInvariant(), Cell(cells, to)?.ToUpperInvariant(), on, Cell(cells, rate));
            else
                for (var i = 0; i < names.Length; i++)
                    if (i != day && Currencies.IsKnown(names[i]) && Cell(cells, i) is { Length: > 0 } value && value != "N/A" && names[i] != "EUR") Keep("EUR", names[i], on, value);
        }

        if (faults.Count > 0) return Problem.Invalid("file", string.Join(" ", faults.Take(MostFaults)));
        return rates.Count == 0 ? Wrong("The file contains no rate.") : rates.Values.ToList();

        void Keep(string? one, string? other, DateOnly on, string? value)
        {
            if (Check(one, other, on, value) is { Ok: var ok } read && ok) rates[(one!, other!, on)] = read.Value;
            else faults.Add($"Line {csv.Row}: {read.Problem!.Message}");
        }
    }

    /// <summary>One rate, or why it is none.</summary>
    public static Result<NewRate> Check(string? from, string? to, DateOnly? day, string? typed)
    {
        var value = Number(typed);
        var check = new Check()
            .That(Currencies.IsKnown(from), "from", $"“{Short(from)}” is no currency.")
            .That(Currencies.IsKnown(to), "to", $"“{Short(to)}” is no currency.")
            .That(from != to, "to", "A currency has no rate against itself.")
            .That(day is { Year: >= 1970 and <= 2200 }, "day", "Write the day like 2026-11-20.")
            .That(!IsAmbiguous(typed), "rate", $"“{Short(typed)}” may be a thousand or a fraction. Write it with a point, or without signs between the digits.")
            .That(value is not null, "rate", $"“{Short(typed)}” is no rate: a number above zero, such as 1.0834.");
        return check.Problem is { } problem ? problem : new NewRate(from!, to!, day!.Value, value!.Value);
    }

    // 1,084 is a thousand in one country and a little more than one in the next; 0,845 and 1,0834 can be read in one way only.
    private static bool IsAmbiguous(string? typed) => (typed ?? "").Trim().Split(',') is [{ Length: 1 or 2 or 3 } whole, { Length: 3 } rest] && whole[0] is not '0' && whole.All(char.IsAsciiDigit) && rest.All(char.IsAsciiDigit);

    // 1.0834 or 1,0834; never with groups, which would make a thousand of a rate.
    private static long? Number(string? typed)
    {
        var text = (typed ?? "").Trim();
        if (text.Count(c => c is ',' or '.') > 1) return null;
        return decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) ? RateRow.Read(rate) : null;
    }

    private static string? Cell(string[] cells, int index) => index < cells.Length ? cells[index].Trim() : null;

    private static string Short(string? text) => text is null ? "" : Text.Storable(text, 40);

    private static Problem Wrong(string message) => Problem.Invalid("file", message);
}
