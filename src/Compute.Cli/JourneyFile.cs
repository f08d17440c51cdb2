using Trellis.Compute.Attribution;
using Trellis.Compute.Tables;

namespace Trellis.Compute.Cli;

/// <summary>Reads a file of journeys with all cores, one bounded buffer per thread.</summary>
internal static class JourneyFile
{
    private const int ChunkSize = 2 << 20;

    /// <summary>Loads <c>path,conversions,value,nulls</c>.</summary>
    /// <exception cref="FormatException">The file cannot be understood; the message names the row of the file.</exception>
    public static (PackedJourneys Journeys, ChannelTable Names) Load(Stream stream, int decimals, char separator, IProgress<double>? progress, CancellationToken cancel)
    {
        var text = new Chunks(stream, separator, progress);
        var columns = JourneyColumns.FromHeader(text.Header, decimals, separator);
        // The first chunk names nearly all channels, so that the threads seldom have new ones.
        var common = new ChannelTable();
        byte[] buffer = [];
        var rows = new List<int>();
        var parser = new JourneyParser(columns);
        var firstBlock = text.Next(ref buffer, out var index, out var length) ? Parse(parser, buffer.AsSpan(0, length), common, rows, index) : null;
        var collector = new JourneyCollector(common);
        if (firstBlock is not null) collector.Add(0, firstBlock, common);
        try
        {
            Parallel.For(0, Environment.ProcessorCount, new ParallelOptions { CancellationToken = cancel }, _ =>
            {
                byte[] own = [];
                var ownParser = new JourneyParser(columns);
                while (text.Next(ref own, out var chunk, out var size))
                {
                    cancel.ThrowIfCancellationRequested();
                    var names = new ChannelTable(common);
                    collector.Add(chunk, Parse(ownParser, own.AsSpan(0, size), names, rows, chunk), names);
                }
            });
        }
        catch (AggregateException all) when (all.InnerExceptions.OfType<RowException>().FirstOrDefault() is not null)
        {
            // Of several wrong rows the first in the file is named.
            throw all.InnerExceptions.OfType<RowException>().MinBy(e => e.Chunk)!.InFile(rows);
        }

        return collector.Finish();
    }

    private static JourneyBlock Parse(JourneyParser parser, ReadOnlySpan<byte> text, ChannelTable names, List<int> rows, int chunk)
    {
        try
        {
            var block = parser.Parse(text, names);
            lock (rows)
            {
                while (rows.Count <= chunk) rows.Add(0);
                rows[chunk] = block.Count;
            }

            return block;
        }
        catch (FormatException wrong) when (chunk == 0)
        {
            throw new RowException(chunk, wrong).InFile(rows);
        }
        catch (FormatException wrong)
        {
            throw new RowException(chunk, wrong);
        }
    }

    private sealed class RowException(int chunk, FormatException inner) : Exception(inner.Message, inner)
    {
        public int Chunk => chunk;

        /// <summary>The same error with the row counted from the top of the file, the header being row 1.</summary>
        public FormatException InFile(List<int> rows)
        {
            var words = Message.Split([' ', ':'], 3);
            return words is ["Row", var number, ..] && int.TryParse(number, out var row)
                ? new FormatException($"Row {rows.Take(chunk).Sum() + row + 1}:{Message[("Row ".Length + number.Length + 1)..]}", this)
                : new FormatException(Message, this);
        }
    }

    /// <summary>Cuts a stream into chunks of whole rows, numbered in its order.</summary>
    private sealed class Chunks
    {
        private readonly Stream stream;
        private readonly char separator;
        private readonly IProgress<double>? progress;
        private byte[] rest = [];
        private bool ended;
        private int count;
        private long read;

        public Chunks(Stream stream, char separator, IProgress<double>? progress)
        {
            (this.stream, this.separator, this.progress) = (stream, separator, progress);
            var start = new byte[64 << 10];
            var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            ended = length < start.Length;
            var scanner = new CsvScanner(start.AsSpan(0, length), isLast: ended, separator);
            if (!scanner.Read()) throw new FormatException("The file has no first row with the names of its columns.");
            Header = start[..scanner.Consumed];
            rest = start[scanner.Consumed..length];
        }

        public byte[] Header { get; }

        /// <summary>Fills the buffer with the next whole rows.</summary>
        public bool Next(ref byte[] buffer, out int index, out int length)
        {
            lock (this)
            {
                if (buffer.Length < ChunkSize) buffer = new byte[ChunkSize];
                rest.CopyTo(buffer, 0);
                length = rest.Length;
                index = count;
                while (!ended)
                {
                    if (length > buffer.Length / 2 && CsvScanner.LastRowEnd(buffer.AsSpan(0, length), separator) == 0) Array.Resize(ref buffer, buffer.Length * 2);
                    var got = stream.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
                    ended = got < buffer.Length - length;
                    length += got;
                    read += got;
                    if (stream.CanSeek) progress?.Report((double)read / Math.Max(1, stream.Length));
                    var end = ended ? length : CsvScanner.LastRowEnd(buffer.AsSpan(0, length), separator);
                    if (end == 0) continue;
                    rest = buffer[end..length];
                    length = end;
                    count++;
                    return length > 0;
                }

                rest = [];
                count++;
                return length > 0;
            }
        }
    }
}
