namespace Trellis.Kernel;

/// <summary>The rate of a day: one unit of a currency in another, as entered or imported.</summary>
public sealed class RateRow : ITenantOwned
{
    /// <summary>Rates are whole numbers of this fraction: ten digits behind the point, as many as published rates have, the same on every engine.</summary>
    public const long Scale = 10_000_000_000;

    public TenantId TenantId { get; init; }

    /// <summary>The currency of which one unit is priced, ISO 4217.</summary>
    public required string From { get; init; }

    /// <summary>The currency in which it is priced.</summary>
    public required string To { get; init; }

    /// <summary>The day of the rate; it holds until the next one.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The rate times <see cref="Scale"/>.</summary>
    public long Scaled { get; set; }

    /// <summary>Where it comes from: entered by hand, a file, the demo.</summary>
    public string Source { get; set; } = "";

    public DateTime At { get; set; }

    /// <summary>The rate as a number.</summary>
    public decimal Rate => (decimal)Scaled / Scale;

    /// <summary>The stored form of a rate; null where it is none: not above zero, or too large or too small to be kept exactly enough.</summary>
    public static long? Read(decimal rate) => rate is >= 0.0000001m and <= 900_000_000m ? (long)decimal.Round(rate * Scale, MidpointRounding.AwayFromZero) : null;
}

/// <summary>Raised whenever a rate of the tenant changes, so that every node knows that its copy is old.</summary>
public sealed class RateState : ITenantOwned, IVersioned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DateTime At { get; set; }
    public long Version { get; set; }
}
