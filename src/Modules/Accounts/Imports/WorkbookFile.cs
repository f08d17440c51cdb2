using System.Buffers;
using System.Text;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>
/// Turns one sheet of a workbook into the table of text that every later step reads: the sheet is unpacked once, and a run that goes on in the midst of it need not search for its place.
/// Blank rows become blank lines, so that rows are counted as the spreadsheet shows them.
/// </summary>
internal static class WorkbookFile
{
    private const long MostBytes = 600_000_000;
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static bool IsOne(Stream content)
    {
        Span<byte> head = stackalloc byte[4];
        return content.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4 && head.SequenceEqual("PK\u0003\u0004"u8);
    }

    /// <summary>Writes the sheet as a file of its own; the workbook stays for another sheet to be read.</summary>
    public static async Task<Result<XlsxSheet>> ExtractAsync(FileStore files, TenantId tenant, FileId workbook, FileId table, string? sheet, CancellationToken ct)
    {
        await using var content = await SeekableAsync(files.Open(tenant, workbook)!, ct);
        await using var text = Temporary();
        var writer = new StreamWriter(text, new UTF8Encoding(false), 1 << 16);
        var (line, width) = (1, 0);
        var read = XlsxReader.Read(content, Text.OrNull(sheet), (number, cells) =>
        {
            for (; line < number; line++) writer.Write('\n');
            // A workbook leaves blank cells at the end of a row out; the header says how many there are.
            if (width == 0) width = cells.Length;
            Write(writer, cells, width);
            line++;
        }, ct: ct);
        if (!read.Ok) return read.Problem;
        await writer.FlushAsync(ct);
        text.Position = 0;
        var saved = await files.SaveAsync(tenant, table, text, MostBytes, ct);
        return saved.Ok ? read : saved.Problem;
    }

    // As our own export writes cells, so that reading takes off what was put on and nothing else.
    private static void Write(StreamWriter to, ReadOnlySpan<string> cells, int width)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) to.Write(',');
            var cell = Csv.Inert(cells[i])!;
            if (cell.AsSpan().IndexOfAny(Quoted) < 0)
            {
                to.Write(cell);
                continue;
            }

            to.Write('"');
            to.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
            to.Write('"');
        }

        for (var i = cells.Length; i < width; i++) to.Write(',');
        to.Write('\n');
    }

    private static async Task<Stream> SeekableAsync(Stream content, CancellationToken ct)
    {
        if (content.CanSeek) return content;
        await using (content)
        {
            var copy = Temporary();
            await content.CopyToAsync(copy, ct);
            copy.Position = 0;
            return copy;
        }
    }

    private static FileStream Temporary() =>
        new(Path.Combine(Path.GetTempPath(), $"trellis-{Guid.CreateVersion7():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
}
