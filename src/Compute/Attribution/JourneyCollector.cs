namespace Trellis.Compute.Attribution;

/// <summary>
/// Puts blocks that several threads parsed together in the order of the text, and makes one numbering of the channels of them. Each
/// thread numbers new names for itself, from a common beginning; the numbers are made one in the order of the text, so that
/// they do not depend on which thread was faster.
/// </summary>
public sealed class JourneyCollector(ChannelTable common)
{
    private readonly List<(JourneyBlock Block, ChannelTable Names)?> chunks = [];

    /// <summary>Takes the chunk with the given place in the text; from any thread.</summary>
    /// <param name="index">0 for the first chunk.</param>
    /// <param name="block">Its journeys.</param>
    /// <param name="names">The table used for it, a copy of the common one grown by its own new names.</param>
    public void Add(int index, JourneyBlock block, ChannelTable names)
    {
        lock (chunks)
        {
            while (chunks.Count <= index) chunks.Add(null);
            // A table without new names need not be kept.
            chunks[index] = (block, names.Count == common.Count ? common : names);
        }
    }

    /// <summary>All journeys and the names of their channels.</summary>
    /// <exception cref="InvalidOperationException">A chunk is missing.</exception>
    public (PackedJourneys Journeys, ChannelTable Names) Finish()
    {
        var names = new ChannelTable(common);
        var blocks = new List<JourneyBlock>(chunks.Count);
        foreach (var chunk in chunks)
        {
            var (block, own) = chunk ?? throw new InvalidOperationException("A chunk was not parsed.");
            var codes = new int[own.Count];
            var same = true;
            for (var c = 0; c < codes.Length; c++)
            {
                codes[c] = names.Code(own.Bytes(c));
                same &= codes[c] == c;
            }

            blocks.Add(same ? block : Renumber(block, codes));
        }

        return (new PackedJourneys(names.Count, blocks), names);
    }

    private static JourneyBlock Renumber(JourneyBlock block, int[] codes)
    {
        if (block.Touches is byte[] narrow && codes.All(c => c < 256))
            return new JourneyBlock(Array.ConvertAll(narrow, t => (byte)codes[t]), block.Ends, block.Conversions, block.Nulls, block.Values);
        var touches = block.Touches is byte[] bytes ? Array.ConvertAll(bytes, t => codes[t]) : Array.ConvertAll((int[])block.Touches, t => codes[t]);
        return new JourneyBlock(touches, block.Ends, block.Conversions, block.Nulls, block.Values);
    }
}
