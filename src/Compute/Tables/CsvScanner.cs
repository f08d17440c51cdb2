using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Trellis.Compute.Tables;

/// <summary>
/// Reads rows of UTF-8 CSV (RFC 4180; LF, CRLF, quotes, byte order mark) from a span without copying or allocating per row.
/// A chunk that ends within a row is no error unless it is the last one: <see cref="Consumed"/> tells where the next chunk begins.
/// </summary>
/// <remarks>
/// Blank lines are skipped. A quote inside an unquoted field is text, as spreadsheets write it (<c>5" pipe</c>). Text after a closing quote
/// and a quote that is never closed are refused with a <see cref="FormatException"/> that names the row.
/// Structural bytes are found 64 at a time by vector comparison (the idea of Langdale and Lemire, 2019, doi:10.1007/s00778-019-00578-5).
/// </remarks>
public ref struct CsvScanner
{
    private const byte Quote = (byte)'"', LineFeed = (byte)'\n', CarriageReturn = (byte)'\r';

    private readonly ReadOnlySpan<byte> data;
    private readonly byte separator;
    private readonly bool isLast;

    // Field i of the current row is bounds[2i] … bounds[2i+1]; a negative end marks doubled quotes inside.
    private int[] bounds;
    private int count;
    private int block;
    private ulong mask;

    /// <summary>Begins at the start of <paramref name="data"/>, which must be the start of a row.</summary>
    /// <param name="data">Bytes of one chunk; a byte order mark at its start is skipped.</param>
    /// <param name="isLast">Whether nothing follows, so that a row without a line end is complete.</param>
    /// <param name="separator">The byte between fields.</param>
    public CsvScanner(ReadOnlySpan<byte> data, bool isLast = true, char separator = ',')
    {
        this.data = data;
        this.isLast = isLast;
        this.separator = checked((byte)separator);
        bounds = new int[64];
        Consumed = data.StartsWith("\uFEFF"u8) ? 3 : 0;
        Seek(Consumed);
    }

    /// <summary>Bytes up to the end of the last complete row; in a chunk that is not the last, give the rest again with the next chunk.</summary>
    public int Consumed { get; private set; }

    /// <summary>Rows read so far, the header among them, blank lines not.</summary>
    public int Row { get; private set; }

    /// <summary>Fields in the current row.</summary>
    public readonly int Count => count;

    /// <summary>The bytes of a field without the enclosing quotes; quotes doubled inside are still doubled (see <see cref="IsEscaped"/>). A field the row lacks is empty.</summary>
    public readonly ReadOnlySpan<byte> this[int field]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)field >= (uint)count) return default;
            int start = bounds[2 * field], end = bounds[2 * field + 1];
            return data[start..(end < 0 ? ~end : end)];
        }
    }

    /// <summary>Whether the field holds doubled quotes, so that <see cref="Unescape"/> or <see cref="Text"/> must be used.</summary>
    public readonly bool IsEscaped(int field) => (uint)field < (uint)count && bounds[2 * field + 1] < 0;

    /// <summary>The field as a string, with doubled quotes made single.</summary>
    public readonly string Text(int field)
    {
        var raw = this[field];
        if (!IsEscaped(field)) return Encoding.UTF8.GetString(raw);
        var clean = new byte[raw.Length];
        return Encoding.UTF8.GetString(clean, 0, Unescape(raw, clean));
    }

    /// <summary>Copies a field with each doubled quote made single; returns the bytes written, never more than were read.</summary>
    public static int Unescape(ReadOnlySpan<byte> field, Span<byte> destination)
    {
        var written = 0;
        for (var i = 0; i < field.Length; i++)
        {
            destination[written++] = field[i];
            if (field[i] == Quote && i + 1 < field.Length && field[i + 1] == Quote) i++;
        }

        return written;
    }

    /// <summary>Where the last complete row of a chunk ends, so that chunks can be cut for several threads; 0 when no row is complete.</summary>
    public static int LastRowEnd(ReadOnlySpan<byte> data, char separator = ',')
    {
        if (data.IndexOf(Quote) < 0) return data.LastIndexOf(LineFeed) + 1;
        var scanner = new CsvScanner(data, isLast: false, separator);
        while (scanner.Read()) { }
        return scanner.Consumed;
    }

    /// <summary>Moves to the next complete row; false when none is left in this chunk.</summary>
    /// <exception cref="FormatException">The quoting is broken.</exception>
    public bool Read()
    {
        while (ReadLine())
        {
            if (count == 1 && bounds[1] == bounds[0] && !(bounds[0] > 0 && data[bounds[0] - 1] == Quote)) continue;
            Row++;
            return true;
        }

        count = 0;
        return false;
    }

    private bool ReadLine()
    {
        count = 0;
        var start = Consumed;
        if (start >= data.Length) return false;
        while (true)
        {
            if (start < data.Length && data[start] == Quote)
            {
                var next = ReadQuoted(start, out var rowEnded);
                if (next < 0) return false;
                if (rowEnded) return EndRow(next);
                start = next;
                continue;
            }

            var at = NextStructural();
            while (at < data.Length && data[at] == Quote) at = NextStructural();
            if (at >= data.Length)
            {
                if (!isLast) return false;
                Add(start, data.Length - (data.Length > start && data[^1] == CarriageReturn ? 1 : 0));
                return EndRow(data.Length);
            }

            if (data[at] == separator)
            {
                Add(start, at);
                start = at + 1;
                continue;
            }

            Add(start, at > start && data[at - 1] == CarriageReturn ? at - 1 : at);
            return EndRow(at + 1);
        }
    }

    /// <summary>Reads the quoted field whose opening quote is at <paramref name="open"/>; returns where the next field or row begins, or -1 when the chunk ends first.</summary>
    private int ReadQuoted(int open, out bool rowEnded)
    {
        rowEnded = false;
        var escaped = false;
        var close = open + 1;
        while (true)
        {
            var step = data[close..].IndexOf(Quote);
            if (step < 0)
            {
                if (isLast) throw new FormatException($"Row {Row + 1}: a quote is opened and never closed.");
                return -1;
            }

            close += step;
            if (close + 1 < data.Length && data[close + 1] == Quote)
            {
                escaped = true;
                close += 2;
                continue;
            }

            break;
        }

        var after = close + 1;
        if (after >= data.Length && !isLast) return -1;
        if (after < data.Length && data[after] == CarriageReturn)
        {
            after++;
            if (after >= data.Length && !isLast) return -1;
        }

        Add(open + 1, escaped ? ~close : close);
        if (after >= data.Length)
        {
            rowEnded = true;
            return data.Length;
        }

        rowEnded = data[after] == LineFeed;
        if (!rowEnded && data[after] != separator) throw new FormatException($"Row {Row + 1}: field {count} has text after its closing quote.");
        Seek(after + 1);
        return after + 1;
    }

    private bool EndRow(int next)
    {
        Consumed = next;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int start, int end)
    {
        if (2 * count + 1 >= bounds.Length) Array.Resize(ref bounds, bounds.Length * 2);
        bounds[2 * count] = start;
        bounds[2 * count + 1] = end;
        count++;
    }

    private void Seek(int position)
    {
        block = position & ~63;
        mask = block < data.Length ? Structural(block) & (ulong.MaxValue << (position & 63)) : 0;
    }

    /// <summary>The position of the next separator, line feed or quote, or the length when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextStructural()
    {
        while (mask == 0)
        {
            if (block + 64 >= data.Length) return data.Length;
            block += 64;
            mask = Structural(block);
        }

        var at = block + System.Numerics.BitOperations.TrailingZeroCount(mask);
        mask &= mask - 1;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong Structural(int start)
    {
        if (start + 64 <= data.Length) return Structural(ref Unsafe.Add(ref MemoryMarshal.GetReference(data), start), separator);
        Span<byte> tail = stackalloc byte[64];
        tail.Clear();
        data[start..].CopyTo(tail);
        // Bytes beyond the end are zero and must not be taken for a separator of zero.
        return Structural(ref tail[0], separator) & ((1UL << (data.Length - start)) - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Structural(ref byte source, byte separator)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref source);
            return (Vector512.Equals(bytes, Vector512.Create(separator)) | Vector512.Equals(bytes, Vector512.Create(LineFeed))
                | Vector512.Equals(bytes, Vector512.Create(Quote))).ExtractMostSignificantBits();
        }

        return Half(ref source, separator) | (ulong)Half(ref Unsafe.Add(ref source, 32), separator) << 32;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Half(ref byte source, byte separator)
    {
        var bytes = Vector256.LoadUnsafe(ref source);
        return (Vector256.Equals(bytes, Vector256.Create(separator)) | Vector256.Equals(bytes, Vector256.Create(LineFeed))
            | Vector256.Equals(bytes, Vector256.Create(Quote))).ExtractMostSignificantBits();
    }
}
