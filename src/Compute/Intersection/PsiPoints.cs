namespace Trellis.Compute.Intersection;

/// <summary>The two heavy steps of the protocol on whole lists.</summary>
internal static class PsiPoints
{
    private const int Block = 1024;

    private static ReadOnlySpan<byte> Domain => "Trellis-PSI-V01-curve25519_XMD:SHA-512_ELL2_RO_"u8;

    /// <summary>key·H(item) for the chosen items, 32 bytes each.</summary>
    public static byte[] HashAndMultiply(IReadOnlyList<byte[]> items, IReadOnlyList<int> chosen, byte[] key, PsiOptions options)
    {
        var points = new byte[chosen.Count * 32];
        PsiItems.InBlocks(chosen.Count, Block, options, (from, to) =>
        {
            var eight = new byte[8][];
            for (var i = from; i < to; i += 8)
            {
                var n = Math.Min(8, to - i);
                for (var k = 0; k < n; k++) eight[k] = items[chosen[i + k]];
                HashToCurve.Hash(eight.AsSpan(0, n), Domain, points.AsSpan(i * 32, n * 32));
            }

            Curve25519.Multiply(points.AsSpan(from * 32, (to - from) * 32), key, points.AsSpan(from * 32, (to - from) * 32));
        });
        return points;
    }

    /// <summary>key·P for each point of a message.</summary>
    /// <exception cref="PsiException">A point is of small order: the message did not come from an honest party.</exception>
    public static byte[] Multiply(ReadOnlyMemory<byte> points, byte[] key, PsiOptions options)
    {
        var results = new byte[points.Length];
        PsiItems.InBlocks(points.Length / 32, Block, options, (from, to) => Curve25519.Multiply(points.Span[(from * 32)..(to * 32)], key, results.AsSpan(from * 32, (to - from) * 32)));
        for (var i = 0; i < results.Length; i += 32)
            if (results.AsSpan(i, 32).IndexOfAnyExcept((byte)0) < 0) throw new PsiException("The message holds a point of small order.");
        return results;
    }
}
