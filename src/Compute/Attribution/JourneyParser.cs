using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trellis.Compute.Tables;

namespace Trellis.Compute.Attribution;

/// <summary>Where the columns of a file of journeys are.</summary>
/// <param name="Path">Column of the touches, written <c>a &gt; b &gt; c</c>.</param>
/// <param name="Conversions">Column of the number of conversions, or −1: one each.</param>
/// <param name="Value">Column of the money, or −1: none.</param>
/// <param name="Nulls">Column of the number of ends without conversion, or −1: none.</param>
/// <param name="Decimals">Digits of a minor unit: 2 for cents.</param>
/// <param name="Separator">Between the columns.</param>
public sealed record JourneyColumns(int Path, int Conversions, int Value, int Nulls, int Decimals = 2, char Separator = ',')
{
    /// <summary>Finds the columns by name: path, conversions (or total_conversions), value (or total_conversion_value), nulls (or total_null).</summary>
    /// <exception cref="FormatException">There is no path column.</exception>
    public static JourneyColumns FromHeader(ReadOnlySpan<byte> text, int decimals = 2, char separator = ',')
    {
        var scanner = new CsvScanner(text, isLast: true, separator);
        scanner.Read();
        var names = new List<string>();
        for (var i = 0; i < scanner.Count; i++) names.Add(scanner.Text(i).Trim().ToLowerInvariant());
        int Find(params string[] wanted) => names.FindIndex(wanted.Contains);
        var path = Find("path", "journey", "touches");
        if (path < 0) throw new FormatException($"The first row needs a column named path; it has {string.Join(", ", names)}.");
        return new JourneyColumns(path, Find("conversions", "total_conversions", "conv"), Find("value", "total_conversion_value", "conv_value"), Find("nulls", "total_null", "null"), decimals, separator);
    }
}

/// <summary>Turns rows of text into blocks of journeys; one instance per thread, its buffers are used again.</summary>
public sealed class JourneyParser(JourneyColumns columns)
{
    private byte[] narrow = new byte[1 << 16];
    private int[]? wide;
    private int[] ends = new int[1 << 12];
    private int[] conversions = new int[1 << 12];
    private int[] nulls = new int[1 << 12];
    private long[] values = new long[1 << 12];
    private byte[] clean = [];

    /// <summary>Reads complete rows (without the header).</summary>
    /// <param name="rows">UTF-8 text that begins with a row and ends with one.</param>
    /// <param name="names">Grows by the names that are new.</param>
    /// <exception cref="FormatException">A number cannot be read or the quoting is broken; the message begins with "Row" and the row's number in this text, from 1.</exception>
    public JourneyBlock Parse(ReadOnlySpan<byte> rows, ChannelTable names)
    {
        wide = names.Count > 256 ? new int[1 << 16] : null;
        int journeys = 0, touches = 0;
        var scanner = new CsvScanner(rows, isLast: true, columns.Separator);
        while (scanner.Read())
        {
            if (journeys == ends.Length) GrowRows();
            var path = scanner[columns.Path];
            if (scanner.IsEscaped(columns.Path)) path = Unescaped(path);
            touches = Touches(path, SafeEnd(rows, path), names, touches);
            ends[journeys] = touches;
            conversions[journeys] = columns.Conversions < 0 ? 1 : Count(scanner[columns.Conversions], scanner.Row, "conversions");
            nulls[journeys] = columns.Nulls < 0 ? 0 : Count(scanner[columns.Nulls], scanner.Row, "nulls");
            if (columns.Value >= 0) values[journeys] = Money(scanner[columns.Value], scanner.Row);
            journeys++;
        }

        return Block(journeys, touches);
    }

    private JourneyBlock Block(int journeys, int touches)
    {
        // Columns that say nothing are not kept.
        var (e, c) = (Exact(ends, journeys), conversions.AsSpan(0, journeys).ContainsAnyExcept(1) ? Exact(conversions, journeys) : null);
        var n = nulls.AsSpan(0, journeys).ContainsAnyExcept(0) ? Exact(nulls, journeys) : null;
        var v = columns.Value >= 0 && values.AsSpan(0, journeys).ContainsAnyExcept(0) ? Exact(values, journeys) : null;
        return wide is null ? new JourneyBlock(Exact(narrow, touches), e, c, n, v) : new JourneyBlock(Exact(wide, touches), e, c, n, v);
    }

    private static T[] Exact<T>(T[] buffer, int length)
    {
        var exact = GC.AllocateUninitializedArray<T>(length);
        buffer.AsSpan(0, length).CopyTo(exact);
        return exact;
    }

    /// <summary>Splits a path at '&gt;', trims spaces and numbers the names; returns where the touches end.</summary>
    private int Touches(ReadOnlySpan<byte> path, bool roomBehind, ChannelTable names, int at)
    {
        if (at + path.Length >= (wide?.Length ?? narrow.Length)) GrowTouches(at + path.Length + 1);
        ref var start = ref MemoryMarshal.GetReference(path);
        var from = 0;
        for (var block = 0; block < path.Length; block += 64)
        {
            var mask = Arrows(path, block, roomBehind);
            for (; mask != 0; mask &= mask - 1)
            {
                var to = block + BitOperations.TrailingZeroCount(mask);
                at = Add(ref start, from, to, roomBehind, names, at);
                from = to + 1;
            }
        }

        return from == 0 && path.Length == 0 ? at : Add(ref start, from, path.Length, roomBehind, names, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Add(ref byte start, int from, int to, bool roomBehind, ChannelTable names, int at)
    {
        while (from < to && Unsafe.Add(ref start, from) == ' ') from++;
        while (from < to && Unsafe.Add(ref start, to - 1) == ' ') to--;
        if (from == to) return at;
        ref var name = ref Unsafe.Add(ref start, from);
        var code = roomBehind ? names.Code(ref name, to - from) : names.Code(MemoryMarshal.CreateReadOnlySpan(ref name, to - from));
        if (wide is null && code < 256)
        {
            narrow[at] = (byte)code;
            return at + 1;
        }

        return AddWide(code, at);
    }

    private int AddWide(int code, int at)
    {
        if (wide is null)
        {
            wide = new int[narrow.Length];
            for (var i = 0; i < at; i++) wide[i] = narrow[i];
        }

        wide[at] = code;
        return at + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Arrows(ReadOnlySpan<byte> path, int block, bool roomBehind)
    {
        var left = path.Length - block;
        if (!roomBehind)
        {
            var slow = 0UL;
            for (var i = 0; i < Math.Min(64, left); i++)
                if (path[block + i] == '>') slow |= 1UL << i;
            return slow;
        }

        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetReference(path), block);
        ulong mask;
        if (Vector512.IsHardwareAccelerated) mask = Vector512.Equals(Vector512.LoadUnsafe(ref start), Vector512.Create((byte)'>')).ExtractMostSignificantBits();
        else
        {
            var arrow = Vector256.Create((byte)'>');
            mask = Vector256.Equals(Vector256.LoadUnsafe(ref start), arrow).ExtractMostSignificantBits()
                | (ulong)Vector256.Equals(Vector256.LoadUnsafe(ref Unsafe.Add(ref start, 32)), arrow).ExtractMostSignificantBits() << 32;
        }

        return left >= 64 ? mask : mask & ((1UL << left) - 1);
    }

    // Vectors may read up to 64 bytes behind the path, and not beyond the text.
    private static bool SafeEnd(ReadOnlySpan<byte> rows, ReadOnlySpan<byte> path) =>
        rows.Overlaps(path, out var offset) && offset + path.Length + 80 <= rows.Length;

    private static int Count(ReadOnlySpan<byte> text, int row, string column)
    {
        var count = 0;
        foreach (var b in text)
        {
            var digit = b - '0';
            if ((uint)digit > 9 || count > (int.MaxValue - digit) / 10) throw Wrong(row, column, text);
            count = (count * 10) + digit;
        }

        return count;
    }

    private long Money(ReadOnlySpan<byte> text, int row)
    {
        var negative = text.Length > 0 && text[0] == '-';
        long amount = 0;
        var fraction = -1;
        foreach (var b in negative ? text[1..] : text)
        {
            if (b == '.' && fraction < 0)
            {
                fraction = 0;
                continue;
            }

            var digit = b - '0';
            if ((uint)digit > 9 || amount > (long.MaxValue - digit) / 10) throw Wrong(row, "value", text);
            if (fraction >= columns.Decimals)
            {
                if (digit != 0) throw Wrong(row, $"value (it has more than {columns.Decimals} decimals)", text);
                continue;
            }

            amount = (amount * 10) + digit;
            if (fraction >= 0) fraction++;
        }

        for (fraction = Math.Max(0, fraction); fraction < columns.Decimals; fraction++)
        {
            if (amount > long.MaxValue / 10) throw Wrong(row, "value", text);
            amount *= 10;
        }

        return negative ? -amount : amount;
    }

    private static FormatException Wrong(int row, string column, ReadOnlySpan<byte> text) =>
        new($"Row {row}: {column} is not a number that can be read: '{System.Text.Encoding.UTF8.GetString(text)}'.");

    private ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> path)
    {
        if (clean.Length < path.Length) clean = new byte[path.Length * 2];
        return clean.AsSpan(0, CsvScanner.Unescape(path, clean));
    }

    private void GrowRows()
    {
        var size = ends.Length * 2;
        Array.Resize(ref ends, size);
        Array.Resize(ref conversions, size);
        Array.Resize(ref nulls, size);
        Array.Resize(ref values, size);
    }

    private void GrowTouches(int needed)
    {
        var size = Math.Max(needed, narrow.Length * 2);
        if (wide is null) Array.Resize(ref narrow, size);
        else Array.Resize(ref wide, Math.Max(needed, wide.Length * 2));
    }
}
