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
            var exact = Minor * weights[i] / total;
            var floor = (long)Math.Floor(exact);
            parts[i] = this with { Minor = floor };
            remainders[i] = (exact - floor, i);
            rest -= floor;
        }

        foreach (var (_, index) in remainders.OrderByDescending(r => r.Remainder).ThenBy(r => r.Index).Take((int)rest))
            parts[index] = parts[index] with { Minor = parts[index].Minor + 1 };
        return parts;
    }

    /// <summary>Reads what a person types: <c>12,500.50</c>, <c>12.500,50</c>, <c>12 500</c>; null when it is no amount.</summary>
    public static Money? Parse(string? text, string currency)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var plain = new string(text.Where(c => !char.IsWhiteSpace(c) && c is not '\'' and not '\u00a0' and not '\u202f').ToArray());
        var comma = plain.LastIndexOf(',');
        var point = plain.LastIndexOf('.');
        var digits = Digits(currency);
        // The last separator is the decimal one when it stands alone and is not followed by exactly three digits, or when both kinds occur.
        var last = Math.Max(comma, point);
        if (last >= 0)
        {
            var both = comma >= 0 && point >= 0;
            var once = plain.Count(c => c == plain[last]) == 1;
            var tail = plain.Length - last - 1;
            var isDecimal = once && (both || tail != 3);
            plain = isDecimal
                ? plain[..last].Replace(",", "").Replace(".", "") + "." + plain[(last + 1)..]
                : plain.Replace(",", "").Replace(".", "");
        }

        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var major)) return null;
        if (Math.Abs(major) > 90_000_000_000_000m || decimal.Round(major, digits) != major) return null;
        return new Money((long)(major * Scale(currency)), currency);
    }

    /// <summary>The amount in major units.</summary>
    public decimal Major => (decimal)Minor / Scale(Currency);

    /// <summary>For a person: <c>USD 12,500.50</c>.</summary>
    public override string ToString() =>
        $"{Currency}\u00a0{Major.ToString("N" + Digits(Currency), CultureInfo.InvariantCulture)}";
}
