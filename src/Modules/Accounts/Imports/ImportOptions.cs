using System.Globalization;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>The order of day, month and year in the dates of a file.</summary>
internal enum DateOrder
{
    YearMonthDay,
    MonthDayYear,
    DayMonthYear,
}

/// <summary>What 1 means in a column of revenues.</summary>
internal enum AmountUnit
{
    Units,
    Thousands,
    Millions,
}

/// <summary>How the values of a file are to be read.</summary>
internal sealed record ImportOptions(DateOrder Dates, bool DecimalComma, AmountUnit RevenueIn);

/// <summary>Reads dates and numbers as files write them.</summary>
internal static class CellValues
{
    private const decimal Most = 90_000_000_000_000m;

    /// <summary>Days of the years 1900 to 2199; a time of day behind the date is left out.</summary>
    public static DateOnly? Date(string text, DateOrder order)
    {
        Span<int> parts = stackalloc int[3];
        var (count, digits, first) = (0, 0, 0);
        foreach (var c in text.AsSpan())
        {
            if (char.IsAsciiDigit(c) && digits < 4)
            {
                if (digits == 0 && ++count > 3) return null;
                parts[count - 1] = (parts[count - 1] * 10) + (c - '0');
                digits++;
                if (count == 1) first = digits;
            }
            else if (count == 3 && digits > 0 && c is ' ' or 'T')
            {
                break;
            }
            else if (c is '/' or '-' or '.' && digits > 0)
            {
                digits = 0;
            }
            else
            {
                return null;
            }
        }

        if (count != 3) return null;
        var (year, month, day) = first == 4 || order == DateOrder.YearMonthDay ? (parts[0], parts[1], parts[2])
            : order == DateOrder.MonthDayYear ? (parts[2], parts[0], parts[1]) : (parts[2], parts[1], parts[0]);
        if (year < 100) year += year < 70 ? 2000 : 1900;
        return year is >= 1900 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    /// <summary>A number with or without groups of thousands and a currency sign.</summary>
    public static decimal? Number(string text, bool decimalComma)
    {
        Span<char> plain = stackalloc char[40];
        var (length, grouped, seen) = (0, 0, false);
        foreach (var c in text)
        {
            if (length == plain.Length) return null;
            if (c == (decimalComma ? ',' : '.'))
            {
                if (seen) return null;
                seen = true;
                plain[length++] = '.';
                continue;
            }

            if (c is ' ' or '\u00a0' or '\u202f' or '\'' or '$' or '€' or '£' or '¥') continue;
            if (c is ',' or '.')
            {
                if (seen) return null;
                grouped = length;
                continue;
            }

            if (!char.IsAsciiDigit(c) && !(c == '-' && length == 0)) return null;
            plain[length++] = c;
        }

        // A group of thousands has three digits: “12,5” is not 125.
        var whole = plain[..length].IndexOf('.') is >= 0 and var point ? point : length;
        if (grouped > 0 && whole - grouped != 3) return null;
        return decimal.TryParse(plain[..length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && Math.Abs(value) <= Most ? value : null;
    }

    /// <summary>Minor units, or null where the amount is too large; tells whether digits had to be rounded.</summary>
    public static long? Minor(decimal major, AmountUnit unit, string currency, out bool rounded)
    {
        var factor = unit switch { AmountUnit.Millions => 1_000_000m, AmountUnit.Thousands => 1000m, _ => 1m };
        var exact = major * factor * Money.Scale(currency);
        var minor = Math.Round(exact, MidpointRounding.AwayFromZero);
        rounded = minor != exact;
        return Math.Abs(minor) > Most * 100 ? null : (long)minor;
    }
}
