using System.Globalization;

namespace Trellis.Kernel;

/// <summary>An amount in minor units (cents) of one currency. Arithmetic that overflows throws; it never wraps.</summary>
/// <param name="Minor">The amount in the currency's smallest unit.</param>
/// <param name="Currency">The ISO 4217 code.</param>
public readonly record struct Money(long Minor, string Currency)
{
    /// <summary>How many digits stand after the decimal point (ISO 4217, table A.1).</summary>
    public static int Digits(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>Minor units in one major unit.</summary>
    public static long Scale(string currency) => Digits(currency) switch { 0 => 1, 3 => 1000, _ => 100 };

    /// <summary>A rate in basis points applied to this amount, half away from zero.</summary>
    public Money Percent(int basisPoints) =>
        this with { Minor = checked((long)Math.Round((decimal)Minor * basisPoints / 10_000m, MidpointRounding.AwayFromZero)) };

    /// <summary>The share applied to this amount, half away from zero.</summary>
    public Money Times(decimal share) => this with { Minor = checked((long)Math.Round(Minor * share, MidpointRounding.AwayFromZero)) };

    /// <summary>The amount in another currency, of which one unit of this costs <paramref name="rate"/>; half away from zero.</summary>
    public Money At(decimal rate, string currency) =>
        new(checked((long)Math.Round((decimal)Minor / Scale(Currency) * rate * Scale(currency), MidpointRounding.AwayFromZero)), currency);

    /// <summary>
    /// Splits the amount by weights so that the parts sum to it exactly (largest remainder); no part is off by more than one minor unit.
    /// </summary>
    public Money[] Split(ReadOnlySpan<decimal> weights)
    {
        var total = 0m;
        foreach (var weight in weights) total += weight >= 0 ? weight : throw new ArgumentOutOfRangeException(nameof(weights), "A weight is negative.");
        if (total == 0) throw new ArgumentOutOfRangeException(nameof(weights), "All weights are zero.");

        var parts = new Money[weights.Length];
        var remainders = new (decimal Remainder, int Index)[weights.Length];
        var rest = Minor;
        for (var i = 0; i < weights.Length; i++)
        {
            // The share first: amount times weight could overflow where the part itself does not.
            var exact = Minor * (weights[i] / total);
            var floor = (long)Math.Floor(exact);
            parts[i] = this with { Minor = floor };
            remainders[i] = (exact - floor, i);
            rest -= floor;
        }

        foreach (var (_, index) in remainders.OrderByDescending(r => r.Remainder).ThenBy(r => r.Index).Take((int)rest))
            parts[index] = parts[index] with { Minor = parts[index].Minor + 1 };
        return parts;
    }

    /// <summary>
    /// Reads what a person types: <c>12,500.50</c>, <c>12.500,50</c>, <c>12 500</c>; null when it is no amount. Groups must be groups, so that a
    /// date or a slip is refused and never read as a large amount.
    /// </summary>
    public static Money? Parse(string? text, string currency)
    {
        var plain = (text ?? "").Trim();
        var negative = plain is ['-' or '\u2212', ..];
        if (negative || plain is ['+', ..]) plain = plain[1..];
        if (plain.Length is 0 or > 40 || !plain.All(c => char.IsAsciiDigit(c) || Separators.Contains(c))) return null;
        var mark = DecimalMark(plain, Digits(currency));
        var whole = mark < 0 ? plain : plain[..mark];
        var fraction = mark < 0 ? "" : plain[(mark + 1)..];
        if (!IsWhole(whole) || !fraction.All(char.IsAsciiDigit) || (whole.Length == 0 && fraction.Length == 0)) return null;
        var digits = string.Concat(whole.Where(char.IsAsciiDigit));
        if (!decimal.TryParse($"{digits}.{fraction}0", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major)) return null;
        if (major > 90_000_000_000_000m || decimal.Round(major, Digits(currency)) != major) return null;
        return new Money((long)(major * Scale(currency)) * (negative ? -1 : 1), currency);
    }

    private const string Separators = ",.' \u2019\u00a0\u202f";

    // The last comma or point is the decimal mark when it stands alone; but before exactly three digits it separates thousands, unless the currency
    // has three digits and it is the point that we write ourselves, or nothing but a zero stands before it.
    private static int DecimalMark(string text, int digits)
    {
        var last = text.LastIndexOfAny([',', '.']);
        if (last < 0 || text.Count(c => c == text[last]) > 1) return -1;
        var alone = text.IndexOfAny([',', '.']) == last && text[..last].All(char.IsAsciiDigit);
        var thousands = alone && text.Length - last - 1 == 3 && text[..last] is not ("" or "0") && !(digits == 3 && text[last] == '.');
        return thousands ? -1 : last;
    }

    // Digits alone, or groups: one to three digits, then threes by one and the same separator (the last three, the others perhaps two, as in India).
    private static bool IsWhole(string text)
    {
        if (text.All(char.IsAsciiDigit)) return true;
        var separator = text.First(c => !char.IsAsciiDigit(c));
        var groups = text.Split(separator);
        return groups.All(g => g.Length is > 0 and <= 3 && g.All(char.IsAsciiDigit)) && groups[^1].Length == 3
            && (groups[1..].All(g => g.Length == 3) || (separator == ',' && groups[0].Length <= 2 && groups[1..^1].All(g => g.Length == 2)));
    }

    /// <summary>The amount in major units.</summary>
    public decimal Major => (decimal)Minor / Scale(Currency);

    /// <summary>For a person: <c>USD 12,500.50</c>.</summary>
    public override string ToString() =>
        $"{Currency}\u00a0{Major.ToString("N" + Digits(Currency), CultureInfo.InvariantCulture)}";
}
