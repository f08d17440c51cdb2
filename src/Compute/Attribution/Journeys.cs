namespace Trellis.Compute.Attribution;

/// <summary>
/// Customer journeys as integers: journey <c>j</c> has the touches <c>Offsets[j] … Offsets[j+1]-1</c>, each the index of a channel
/// (partner, campaign …) from 0 to <see cref="Channels"/> − 1, oldest first.
/// </summary>
/// <remarks>The arrays are taken over, not copied, and must not be changed afterwards. Optional columns must have the stated length.</remarks>
public sealed class Journeys
{
    /// <summary>Checks and takes over the two main arrays.</summary>
    /// <param name="channels">Number of channels.</param>
    /// <param name="offsets">Journeys + 1 positions, from 0, never falling, ending at the number of touches.</param>
    /// <param name="touches">Channel of each touch.</param>
    /// <exception cref="ArgumentException">An offset falls or a channel is out of range; the message names the journey or touch.</exception>
    public Journeys(int channels, int[] offsets, int[] touches)
    {
        Rows.Check(offsets, touches.Length, "journey");
        Rows.CheckCodes(touches, channels, "touch");
        Channels = channels;
        Offsets = offsets;
        Touches = touches;
    }

    /// <summary>Number of channels.</summary>
    public int Channels { get; }

    /// <summary>Where each journey's touches begin; one more entry than journeys.</summary>
    public int[] Offsets { get; }

    /// <summary>The channel of each touch.</summary>
    public int[] Touches { get; }

    /// <summary>Time of each touch in any one unit (ticks, seconds, days), or null when unknown.</summary>
    public long[]? Times { get; init => field = Rows.Sized(value, Touches.Length, nameof(Times)); }

    /// <summary>Time at which each journey closed, in the unit of <see cref="Times"/>, or null: then the time of its last touch.</summary>
    public long[]? Closed { get; init => field = Rows.Sized(value, Count, nameof(Closed)); }

    /// <summary>Conversions of each journey (0 or 1 for a deal, more for a path that many took), or null: one each.</summary>
    public int[]? Conversions { get; init => field = Rows.Counted(value, Count, nameof(Conversions)); }

    /// <summary>How often each journey ended without conversion, or null: never.</summary>
    public int[]? Nulls { get; init => field = Rows.Counted(value, Count, nameof(Nulls)); }

    /// <summary>Money of each journey's conversions in minor units, or null: none.</summary>
    public long[]? Values { get; init => field = Rows.Sized(value, Count, nameof(Values)); }

    /// <summary>Number of journeys.</summary>
    public int Count => Offsets.Length - 1;

    /// <summary>The channels of one journey, oldest first.</summary>
    public ReadOnlySpan<int> Touched(int journey) => Touches.AsSpan(Offsets[journey]..Offsets[journey + 1]);

    /// <summary>The same journeys with only the touches that qualify; a journey may become empty and then gives no credit.</summary>
    public Journeys Where(ReadOnlySpan<bool> qualifies)
    {
        if (qualifies.Length != Touches.Length) throw new ArgumentException($"One flag per touch is needed: {Touches.Length}, not {qualifies.Length}.", nameof(qualifies));
        var offsets = new int[Offsets.Length];
        var kept = new List<int>(Touches.Length);
        for (var j = 0; j < Count; j++)
        {
            for (var t = Offsets[j]; t < Offsets[j + 1]; t++)
                if (qualifies[t]) kept.Add(t);
            offsets[j + 1] = kept.Count;
        }

        return new Journeys(Channels, offsets, [.. kept.Select(t => Touches[t])])
        {
            Times = Times is { } times ? [.. kept.Select(t => times[t])] : null,
            // Without closing times a journey closes at its last touch, qualified or not.
            Closed = Closed ?? (Times is null ? null : [.. Enumerable.Range(0, Count).Select(ClosedAt)]),
            Conversions = Conversions,
            Nulls = Nulls,
            Values = Values,
        };
    }

    internal long ClosedAt(int journey) =>
        Closed is { } closed ? closed[journey] : Offsets[journey] == Offsets[journey + 1] ? 0 : Times![Offsets[journey + 1] - 1];
}

/// <summary>Checks shared by everything stored as rows with offsets.</summary>
internal static class Rows
{
    public static void Check(int[] offsets, int total, string row)
    {
        if (offsets.Length == 0 || offsets[0] != 0) throw new ArgumentException("Offsets begin with 0 and have one more entry than rows.", nameof(offsets));
        for (var i = 1; i < offsets.Length; i++)
            if (offsets[i] < offsets[i - 1]) throw new ArgumentException($"The offset of {row} {i - 1} falls from {offsets[i - 1]} to {offsets[i]}.", nameof(offsets));
        if (offsets[^1] != total) throw new ArgumentException($"Offsets end at {offsets[^1]}, but there are {total} entries.", nameof(offsets));
    }

    public static void CheckCodes(ReadOnlySpan<int> codes, int channels, string row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channels);
        for (var i = 0; i < codes.Length; i++)
            if ((uint)codes[i] >= (uint)channels) throw new ArgumentException($"The channel of {row} {i} is {codes[i]}, outside 0 … {channels - 1}.", nameof(codes));
    }

    public static int[]? Counted(int[]? column, int length, string name) =>
        Sized(column, length, name) is { } counts && counts.AsSpan().IndexOfAnyInRange(int.MinValue, -1) is >= 0 and var at
            ? throw new ArgumentException($"{name} of journey {at} is {counts[at]}, below 0.", name) : column;

    public static T[]? Sized<T>(T[]? column, int length, string name) =>
        column is null || column.Length == length ? column : throw new ArgumentException($"{name} needs {length} entries, not {column.Length}.", name);
}
