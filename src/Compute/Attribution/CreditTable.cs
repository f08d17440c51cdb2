using System.Globalization;
using System.Text;

namespace Trellis.Compute.Attribution;

/// <summary>What one channel gets from one model: conversions and money (minor units, unrounded).</summary>
public readonly record struct ChannelCredit(double Conversions, double Value);

/// <summary>
/// The credit that one model gives to each (journey, channel): journey <c>j</c> has the rows <c>Offsets[j] … Offsets[j+1]-1</c>, each channel at
/// most once, every share at least 0 and the shares of a journey adding to 1 or less. What is missing to 1 belongs to nobody (the vendor).
/// </summary>
public sealed class CreditTable
{
    internal CreditTable(string model, string explanation, int channelCount, int[] offsets, int[] channels, double[] shares) =>
        (Model, Explanation, ChannelCount, Offsets, Channels, Shares) = (model, explanation, channelCount, offsets, channels, shares);

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>The rule in words, with its parameters.</summary>
    public string Explanation { get; }

    /// <summary>Number of channels that exist, credited or not.</summary>
    public int ChannelCount { get; }

    /// <summary>Where each journey's rows begin; one more entry than journeys.</summary>
    public int[] Offsets { get; }

    /// <summary>The channel of each row.</summary>
    public int[] Channels { get; }

    /// <summary>The share of each row, from 0 to 1.</summary>
    public double[] Shares { get; }

    /// <summary>Number of journeys.</summary>
    public int Count => Offsets.Length - 1;

    /// <summary>The share of one channel in one journey, 0 when it has none.</summary>
    public double Share(int journey, int channel)
    {
        for (var r = Offsets[journey]; r < Offsets[journey + 1]; r++)
            if (Channels[r] == channel) return Shares[r];
        return 0;
    }

    /// <summary>The share of a journey that nobody gets.</summary>
    public double Unassigned(int journey)
    {
        var left = 1.0;
        for (var r = Offsets[journey]; r < Offsets[journey + 1]; r++) left -= Shares[r];
        return Math.Max(0, left);
    }

    /// <summary>Adds the shares up per channel, weighted by each journey's conversions and value (which counts only where there is a conversion); left out, they mean one conversion and no money.</summary>
    public ChannelCredit[] Totals(ReadOnlySpan<int> conversions = default, ReadOnlySpan<long> values = default)
    {
        var totals = new ChannelCredit[ChannelCount];
        for (var j = 0; j < Count; j++)
        {
            double weight = conversions.IsEmpty ? 1 : conversions[j], value = values.IsEmpty || weight <= 0 ? 0 : values[j];
            for (var r = Offsets[j]; r < Offsets[j + 1]; r++)
            {
                ref var total = ref totals[Channels[r]];
                total = new ChannelCredit(total.Conversions + Shares[r] * weight, total.Value + Shares[r] * value);
            }
        }

        return totals;
    }

    /// <summary>Splits each journey's money over its rows in whole minor units (<see cref="MoneySplit.Split"/>); the result is aligned with the rows.</summary>
    /// <param name="values">Minor units of each journey.</param>
    public long[] Split(ReadOnlySpan<long> values)
    {
        if (values.Length != Count) throw new ArgumentException($"One value per journey is needed: {Count}, not {values.Length}.", nameof(values));
        var parts = new long[Shares.Length];
        for (var j = 0; j < Count; j++)
            MoneySplit.Split(values[j], Shares.AsSpan(Offsets[j]..Offsets[j + 1]), parts.AsSpan(Offsets[j]..Offsets[j + 1]));
        return parts;
    }

    /// <summary>One journey's credit in words, largest share first.</summary>
    public string Explain(int journey, Func<int, string> name)
    {
        var c = CultureInfo.InvariantCulture;
        var text = new StringBuilder(Model).Append(": ");
        var rows = Enumerable.Range(Offsets[journey], Offsets[journey + 1] - Offsets[journey]).OrderByDescending(r => Shares[r]).ThenBy(r => r);
        text.AppendJoin(", ", rows.Select(r => string.Create(c, $"{name(Channels[r])} {Shares[r]:P1}")));
        var left = Unassigned(journey);
        if (left > 1e-9) text.Append(Offsets[journey] == Offsets[journey + 1] ? "" : ", ").Append(c, $"nobody {left:P1}");
        return text.Append(". ").Append(Explanation).ToString();
    }
}

/// <summary>Collects a table journey by journey and keeps its promises: one row per channel, shares that add to 1 or less.</summary>
internal sealed class CreditTableBuilder(int channels, int journeys)
{
    private readonly int[] offsets = new int[journeys + 1];
    private readonly List<int> codes = new(journeys * 2);
    private readonly List<double> shares = new(journeys * 2);
    private readonly int[] rowOf = NoRows(channels);
    private int journey;

    public void Add(int channel, double share)
    {
        if (double.IsNaN(share)) throw new ArgumentException($"A share of journey {journey} is not a number.");
        if (share <= 0) return;
        var row = rowOf[channel];
        if (row >= offsets[journey])
        {
            shares[row] += share;
            return;
        }

        rowOf[channel] = codes.Count;
        codes.Add(channel);
        shares.Add(share);
    }

    public void EndJourney()
    {
        var start = offsets[journey];
        TrimRounding(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(shares)[start..]);
        offsets[++journey] = codes.Count;
    }

    public CreditTable Build(string model, string explanation) =>
        new(model, explanation, channels, offsets, [.. codes], [.. shares]);

    // Ten tenths may add to a hair above 1; the largest share gives the hair back.
    private void TrimRounding(Span<double> row)
    {
        while (true)
        {
            double sum = 0;
            var largest = 0;
            for (var i = 0; i < row.Length; i++)
            {
                sum += row[i];
                if (row[i] > row[largest]) largest = i;
            }

            if (sum <= 1) return;
            if (sum > 1 + 1e-9) throw new ArgumentException($"The shares of journey {journey} add to {sum.ToString("R", CultureInfo.InvariantCulture)}, more than 1.");
            row[largest] = Math.Min(row[largest] - (sum - 1), Math.BitDecrement(row[largest]));
        }
    }

    private static int[] NoRows(int channels)
    {
        var rows = new int[channels];
        Array.Fill(rows, -1);
        return rows;
    }
}
