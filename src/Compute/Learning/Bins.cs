using System.Runtime.CompilerServices;

namespace Trellis.Compute.Learning;

/// <summary>
/// How one feature becomes a byte. Bin 0 is always "missing or never seen"; numbers take bins 1 … by rising value, categories one bin a level.
/// </summary>
internal sealed class Bins
{
    private readonly float[] _padded = new float[255];

    private Bins(string name, float[]? cuts, string[]? levels)
    {
        Name = name;
        Cuts = cuts;
        Levels = levels;
        Count = 1 + (cuts is null ? levels!.Length : cuts.Length + 1);
        Array.Fill(_padded, float.PositiveInfinity);
        cuts?.CopyTo(_padded, 0);
    }

    public string Name { get; }

    /// <summary>Rising upper bounds: bin i + 1 holds the values v with cuts[i − 1] &lt; v ≤ cuts[i]. Null for a category.</summary>
    public float[]? Cuts { get; }

    /// <summary>The level of bin i + 1. Null for a number.</summary>
    public string[]? Levels { get; }

    public int Count { get; }

    public bool IsCategory => Levels is not null;

    public static Bins OfNumbers(string name, float[] cuts) => new(name, cuts, null);

    public static Bins OfLevels(string name, string[] levels) => new(name, null, levels);

    /// <summary>Learns the bins of a column: equal counts for numbers, the most frequent levels for categories (rarer ones count as missing).</summary>
    public static Bins Learn(Column column, int most, int sample)
    {
        if (column is CategoryColumn category) return LearnLevels(category, most);
        var values = ((NumberColumn)column).Values;
        // A fixed stride keeps the choice independent of any random state and close to time-stratified.
        var stride = Math.Max(1, (values.Length + sample - 1) / sample);
        var sorted = new float[(values.Length + stride - 1) / stride];
        var n = 0;
        for (var i = 0; i < values.Length; i += stride)
            if (!float.IsNaN(values[i])) sorted[n++] = values[i];
        Array.Sort(sorted, 0, n);
        return new Bins(column.Name, LearnCuts(sorted.AsSpan(0, n), most - 1), null);
    }

    private static Bins LearnLevels(CategoryColumn column, int most)
    {
        var counts = new int[column.Levels.Length];
        foreach (var code in column.Codes)
            if (code >= 0) counts[code]++;
        var kept = Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0)
            .OrderByDescending(c => counts[c]).ThenBy(c => column.Levels[c], StringComparer.Ordinal).Take(most - 1)
            .Select(c => column.Levels[c]).ToArray();
        return new Bins(column.Name, null, kept);
    }

    private static float[] LearnCuts(ReadOnlySpan<float> sorted, int bins)
    {
        var cuts = new List<float>();
        var distinct = 0;
        for (var i = 0; i < sorted.Length; i++)
            if (i == 0 || sorted[i] != sorted[i - 1]) distinct++;
        long left = sorted.Length, held = 0;
        for (var i = 0; i + 1 < sorted.Length; i++)
        {
            held++;
            if (sorted[i] == sorted[i + 1]) continue;
            if (distinct > bins && held * (bins - cuts.Count) < left) continue;
            cuts.Add(Between(sorted[i], sorted[i + 1]));
            left -= held;
            held = 0;
            if (cuts.Count == bins - 1) break;
        }

        return cuts.ToArray();
    }

    /// <summary>A cut that separates two neighbours even when no float lies between them or one is infinite.</summary>
    private static float Between(float low, float high)
    {
        var middle = low + (high - low) / 2;
        return middle >= low && middle < high ? middle : low;
    }

    /// <summary>Bins of the levels of another table's column, by level index.</summary>
    public byte[] MapLevels(string[] levels)
    {
        var known = new Dictionary<string, byte>(StringComparer.Ordinal);
        for (var i = 0; i < Levels!.Length; i++) known[Levels[i]] = (byte)(i + 1);
        return levels.Select(l => known.GetValueOrDefault(l)).ToArray();
    }

    /// <summary>Bin of one number: eight branchless halving steps over the padded cuts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe byte Of(float value, float* padded)
    {
        if (float.IsNaN(value)) return 0;
        var at = 0;
        for (var step = 128; step > 0; step >>= 1)
        {
            var below = padded[at + step - 1] < value;
            at += Unsafe.BitCast<bool, byte>(below) * step;
        }

        // 255 cuts would mean bin 256; Learn never makes more than 254.
        return (byte)(at + 1);
    }

    /// <summary>Bins a run of rows of a column into <paramref name="target"/>, one byte a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Write(Column column, byte[]? levelMap, int from, Span<byte> target)
    {
        if (column is NumberColumn number)
        {
            fixed (float* padded = _padded)
            fixed (float* values = &number.Values[from])
                for (var i = 0; i < target.Length; i++) target[i] = Of(values[i], padded);
            return;
        }

        var codes = ((CategoryColumn)column).Codes.AsSpan(from, target.Length);
        for (var i = 0; i < target.Length; i++)
            target[i] = (uint)codes[i] < (uint)levelMap!.Length ? levelMap[codes[i]] : (byte)0;
    }
}

/// <summary>A table seen through a model's bins: which columns to read and how.</summary>
internal sealed class BinView
{
    private readonly Column[] _columns;
    private readonly byte[]?[] _maps;
    private readonly Bins[] _bins;

    /// <exception cref="ArgumentException">The table lacks a feature, or holds numbers where the model knows categories.</exception>
    public BinView(Bins[] bins, Table table)
    {
        _bins = bins;
        _columns = new Column[bins.Length];
        _maps = new byte[]?[bins.Length];
        for (var f = 0; f < bins.Length; f++)
        {
            var column = table.Find(bins[f].Name) ?? throw new ArgumentException($"The table has no column '{bins[f].Name}', which the model needs.", nameof(table));
            if (column is CategoryColumn != bins[f].IsCategory)
                throw new ArgumentException($"Column '{column.Name}' is {(bins[f].IsCategory ? "a number but was a category" : "a category but was a number")} when the model was fitted.", nameof(table));
            _columns[f] = column;
            if (column is CategoryColumn c) _maps[f] = bins[f].MapLevels(c.Levels);
        }
    }

    /// <summary>Bins rows column by column: feature f of row from + i is at f · stride + i.</summary>
    public void WriteByColumn(int from, int count, Span<byte> target, int stride)
    {
        for (var f = 0; f < _bins.Length; f++) _bins[f].Write(_columns[f], _maps[f], from, target.Slice(f * stride, count));
    }

    /// <summary>Bins of one row, one byte per feature.</summary>
    public void WriteRow(int row, Span<byte> target)
    {
        for (var f = 0; f < _bins.Length; f++) _bins[f].Write(_columns[f], _maps[f], row, target.Slice(f, 1));
    }

    public string Show(int feature, int row) => _columns[feature].Show(row);
}
