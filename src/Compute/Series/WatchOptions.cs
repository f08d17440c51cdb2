using System.Globalization;

namespace Trellis.Compute.Series;

/// <summary>What a series counts.</summary>
public enum Measure
{
    /// <summary>Whole numbers ≥ 0: registrations, log-ins, deals.</summary>
    Count,

    /// <summary>Amounts ≥ 0; a refund that makes a period negative counts as nothing sold.</summary>
    Money,
}

/// <summary>How a series is watched.</summary>
public sealed record WatchOptions
{
    /// <summary>What the series counts.</summary>
    public Measure Measure { get; init; } = Measure.Count;

    /// <summary>Observations in one season: 7 for days, 12 for months, 1 for none.</summary>
    public int Period { get; init; } = 1;

    /// <summary>Number of kinds of holiday (or any other known special day); an observation may name one by its code 0 … Holidays − 1.</summary>
    public int Holidays { get; init; }

    /// <summary>False alarms per observation to be tolerated while nothing happens: 0.001 is one in a thousand observations.</summary>
    public double FalseAlarms { get; init; } = 0.001;

    /// <summary>Standard deviation of the level's natural change from one observation to the next, as a share of the level.</summary>
    public double LevelStep { get; init; } = 0.01;

    /// <summary>Standard deviation of the growth rate's change from one observation to the next.</summary>
    public double GrowthStep { get; init; } = 0.0005;

    /// <summary>Observations learnt from before anything is judged; 0 chooses the larger of 12 and two seasons.</summary>
    public int WarmUp { get; init; }

    internal int Learning => WarmUp > 0 ? WarmUp : Math.Max(12, 2 * Period);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Period, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Holidays);
        ArgumentOutOfRangeException.ThrowIfNegative(LevelStep);
        ArgumentOutOfRangeException.ThrowIfNegative(GrowthStep);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FalseAlarms);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FalseAlarms, 0.2);
        if (WarmUp is > 0 and < 4) throw new ArgumentOutOfRangeException(nameof(WarmUp), "At least four observations are needed to learn from.");
    }
}

/// <summary>What was found.</summary>
public enum FindingKind
{
    /// <summary>One observation far below what was expected.</summary>
    Drop,

    /// <summary>One observation far above what was expected.</summary>
    Jump,

    /// <summary>The level has fallen and stays low.</summary>
    Fell,

    /// <summary>The level has risen and stays high.</summary>
    Rose,
}

/// <summary>Something that chance does not explain.</summary>
/// <param name="At">Position of the observation that gave the alarm.</param>
/// <param name="Kind">What was found.</param>
/// <param name="Since">Position from which it seems to hold; the same as <paramref name="At"/> for a single observation.</param>
/// <param name="Value">The observation.</param>
/// <param name="Expected">What was expected of it.</param>
/// <param name="Low">Below this it would be an alarm by itself.</param>
/// <param name="High">Above this it would be an alarm by itself.</param>
/// <param name="OneIn">A finding like this comes by chance once in so many observations (a lower bound for lasting changes).</param>
public sealed record Finding(int At, FindingKind Kind, int Since, double Value, double Expected, double Low, double High, double OneIn)
{
    /// <summary>A sentence for people.</summary>
    public string Reason
    {
        get
        {
            var c = CultureInfo.InvariantCulture;
            var change = Expected > 0 ? string.Create(c, $" ({(Value / Expected - 1):+0%;−0%})") : "";
            var chance = string.Create(c, $"by chance this happens at most once in {OneIn:#,0} observations");
            var count = At - Since + 1;
            return Kind switch
            {
                FindingKind.Drop or FindingKind.Jump => string.Create(c, $"{Value:#,0.##} where {Expected:#,0.##} was expected{change}, outside {Low:#,0.##} to {High:#,0.##}; {chance}."),
                _ => string.Create(c, $"The level has {(Kind == FindingKind.Fell ? "fallen" : "risen")} for {count} observation{(count == 1 ? "" : "s")}; the latest is {Value:#,0.##} where {Expected:#,0.##} was expected{change}; {chance}."),
            };
        }
    }
}
