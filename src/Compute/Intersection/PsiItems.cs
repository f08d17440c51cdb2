using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Trellis.Compute.Intersection;

/// <summary>Lists as the protocols take them.</summary>
public static class PsiItems
{
    /// <summary>UTF-8 bytes of each text; both parties must write an item the same way, so normalise before.</summary>
    public static byte[][] FromTexts(IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    /// <summary>For each item the position of its first occurrence.</summary>
    internal static int[] FirstOf(IReadOnlyList<byte[]> items, out List<int> distinct)
    {
        var first = new int[items.Count];
        distinct = new List<int>(items.Count);
        var seen = new Dictionary<byte[], int>(items.Count, Content.Instance);
        for (var i = 0; i < items.Count; i++)
        {
            if (seen.TryGetValue(items[i], out var at)) first[i] = at;
            else
            {
                seen[items[i]] = first[i] = i;
                distinct.Add(i);
            }
        }

        return first;
    }

    /// <summary>SHA-512 of a label and some bytes: independent keys from one secret.</summary>
    internal static void Derive(ReadOnlySpan<byte> label, ReadOnlySpan<byte> bytes, Span<byte> into64)
    {
        Span<byte> text = stackalloc byte[label.Length + bytes.Length];
        label.CopyTo(text);
        bytes.CopyTo(text[label.Length..]);
        SHA512.HashData(text, into64);
    }

    /// <summary>
    /// A key for this secret, this list and this message only: a receiver that by mistake uses one secret twice still sends two requests that cannot be laid side by side, unless they are the same.
    /// </summary>
    internal static byte[] Bind(ReadOnlySpan<byte> label, ReadOnlySpan<byte> secret, IReadOnlyList<byte[]> items, ReadOnlySpan<byte> message)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA512, secret);
        hash.AppendData(label);
        hash.AppendData(message);
        Span<byte> length = stackalloc byte[4];
        foreach (var item in items)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, item.Length);
            hash.AppendData(length);
            hash.AppendData(item);
        }

        return hash.GetHashAndReset();
    }

    internal static UInt128 Identity(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>Work on fixed blocks, so that threads do not change the outcome.</summary>
    internal static void InBlocks(int count, int block, PsiOptions options, Action<int, int> work)
    {
        var blocks = (count + block - 1) / block;
        var done = 0;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount, CancellationToken = options.Cancellation }, b =>
        {
            work(b * block, Math.Min(count, (b + 1) * block));
            options.Progress?.Report(Interlocked.Increment(ref done) / (double)blocks);
        });
    }

    private sealed class Content : IEqualityComparer<byte[]>
    {
        public static readonly Content Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] bytes)
        {
            var hash = new HashCode();
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }
    }
}
