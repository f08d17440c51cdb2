using System.Buffers.Binary;

namespace Trellis.Kernel;

/// <summary>How much of a workbook is read at most. What goes beyond is no table that somebody keeps, but an archive made to explode.</summary>
public sealed record XlsxLimits
{
    /// <summary>Parts of the archive.</summary>
    public int Parts { get; init; } = 5000;

    /// <summary>Bytes of one part when it is unpacked.</summary>
    public long PartBytes { get; init; } = 1_500_000_000;

    /// <summary>How many times larger than packed a part may become, once it is beyond <see cref="FreeBytes"/>.</summary>
    public int Ratio { get; init; } = 250;

    /// <summary>Below this size nobody asks how well a part was packed.</summary>
    public long FreeBytes { get; init; } = 32_000_000;

    /// <summary>Bytes of all different texts together: they have to be at hand while rows are read.</summary>
    public int TextBytes { get; init; } = 200_000_000;

    /// <summary>Characters of one cell.</summary>
    public int CellLength { get; init; } = 20_000;

    /// <summary>Columns that hold something.</summary>
    public int Columns { get; init; } = 1000;

    private const int EndRecord = 22;
    private const int LongestComment = 65_535;
    private const long DirectoryBytes = 4_000_000;

    /// <summary>Looks at the end of the archive before anything is unpacked: its directory is read as a whole, so it must not be one of millions of parts.</summary>
    internal Problem? Refuse(Stream content)
    {
        if (content.Length < EndRecord) return Broken();
        var tail = new byte[(int)Math.Min(content.Length, EndRecord + LongestComment)];
        content.Seek(-tail.Length, SeekOrigin.End);
        content.ReadExactly(tail);
        content.Seek(0, SeekOrigin.Begin);
        var end = tail.AsSpan(0, tail.Length - EndRecord + 4).LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0) return Broken();
        var parts = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        var directory = content.Length - tail.Length + end - start;
        return parts > Parts || directory is < 0 or > DirectoryBytes ? TooManyParts(Parts) : null;
    }

    internal static Problem Broken() => Problem("workbook.broken", "The workbook is damaged, cut off or protected by a password. Open it in the spreadsheet, save it again and upload that.");

    internal static Problem NoWorkbook() => Problem("workbook.none", "This is a ZIP archive without a workbook in it. Save the table as XLSX or CSV and upload that.");

    internal static Problem TooManyParts(int most) => Problem("workbook.too_many_parts", $"The workbook has more than {most:N0} parts; no table needs that many. Save the sheet as CSV and upload that.");

    internal static Problem TooLarge() => Problem("workbook.too_large", "The workbook unpacks to far more than a table of this size holds, so it is not read. Save the sheet as CSV and upload that.");

    internal static Problem TooMuchText() => Problem("workbook.too_much_text", "The workbook holds more different texts than can be read at once. Save the sheet as CSV and upload that.");

    internal static Problem TooWide(int row, int most) => Problem("workbook.too_wide", $"Row {row} has a value beyond column {most:N0}. Remove what stands far to the right of the table.");

    internal static Problem CellTooLong(int row, int column, int most) => Problem("workbook.cell_too_long", $"The cell in row {row}, column {column + 1} holds more than {most:N0} characters; that is no value of a table.");

    internal static Problem NoSuchSheet(string wanted, IReadOnlyList<string> sheets) =>
        Problem("workbook.no_such_sheet", $"The workbook has no sheet “{Text.Storable(wanted, 60)}”. It has: {string.Join(", ", sheets.Take(20).Select(s => $"“{Text.Storable(s, 40)}”"))}.", "sheet");

    internal static Problem Foreign() => Problem("workbook.foreign", "The workbook declares or refers to things outside of it, so it is not read. Save the sheet as CSV and upload that.");

    private static Problem Problem(string code, string message, string field = "file") => new(ProblemKind.Invalid, code, message) { Errors = new Dictionary<string, string[]> { [field] = [message] } };
}

/// <summary>Carries a refusal out of the depth of a parser; never leaves <see cref="XlsxReader"/>.</summary>
internal sealed class XlsxRefusal(Problem problem) : Exception(problem.Message)
{
    public Problem Problem => problem;
}

/// <summary>Counts what is unpacked, and stops where it becomes too much, or where one tag or text goes on without end.</summary>
internal sealed class XlsxGuard(Stream inner, long packed, XlsxLimits limits) : Stream
{
    // Longer than any tag, and than any text that a cell may hold.
    private const int LongestRun = 1_000_000;

    private long _read;
    private long _run;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _read += read;
        if (_read > limits.PartBytes || (_read > limits.FreeBytes && _read / limits.Ratio > packed)) throw new XlsxRefusal(XlsxLimits.TooLarge());
        var bytes = buffer[..read];
        var last = bytes.LastIndexOf((byte)'<');
        _run = last < 0 ? _run + read : read - last;
        if (_run > LongestRun) throw new XlsxRefusal(XlsxLimits.TooLarge());
        return read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
