using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Trellis.Compute.Intersection;

/// <summary>
/// Multiplication on Curve25519 by the Montgomery ladder (RFC 7748), eight points at a time. Constant-time: the same instructions and addresses for every scalar and point.
/// </summary>
internal static class Curve25519
{
    /// <summary>u-coordinate of the base point.</summary>
    public static ReadOnlySpan<byte> Base => [9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Makes 32 random bytes a private key as RFC 7748 §5 does: a multiple of 8 with bit 254 set.</summary>
    public static byte[] Clamp(ReadOnlySpan<byte> random)
    {
        var key = random[..32].ToArray();
        key[0] &= 248;
        key[31] &= 127;
        key[31] |= 64;
        return key;
    }

    /// <summary>Multiplies each point (32 bytes each, any number) by one scalar of 256 bits.</summary>
    public static void Multiply(ReadOnlySpan<byte> points, ReadOnlySpan<byte> scalar, Span<byte> results)
    {
        var words = new Words(Vector512.Create(Word(scalar, 0)), Vector512.Create(Word(scalar, 1)), Vector512.Create(Word(scalar, 2)), Vector512.Create(Word(scalar, 3)));
        for (var at = 0; at < points.Length; at += 256) Eight(points[at..Math.Min(points.Length, at + 256)], words, results[at..Math.Min(points.Length, at + 256)]);
    }

    /// <summary>Multiplies each point by a scalar of its own (32 bytes each).</summary>
    public static void MultiplyEach(ReadOnlySpan<byte> points, ReadOnlySpan<byte> scalars, Span<byte> results)
    {
        Span<ulong> lanes = stackalloc ulong[32];
        for (var at = 0; at < points.Length; at += 256)
        {
            var n = Math.Min(256, points.Length - at);
            for (var w = 0; w < 4; w++)
                for (var lane = 0; lane < 8; lane++) lanes[w * 8 + lane] = Word(scalars[(at + (lane * 32 < n ? lane * 32 : 0))..], w);
            Eight(points.Slice(at, n), new Words(Vector512.Create<ulong>(lanes), Vector512.Create<ulong>(lanes[8..]), Vector512.Create<ulong>(lanes[16..]), Vector512.Create<ulong>(lanes[24..])), results.Slice(at, n));
        }
    }

    private readonly record struct Words(Vector512<ulong> W0, Vector512<ulong> W1, Vector512<ulong> W2, Vector512<ulong> W3);

    private static ulong Word(ReadOnlySpan<byte> scalar, int word) => BinaryPrimitives.ReadUInt64LittleEndian(scalar[(word * 8)..]);

    private static void Eight(ReadOnlySpan<byte> points, in Words scalar, Span<byte> results)
    {
        Field8Bytes.Read(out var x1, points);
        Field8 x2 = Field8Bytes.Constant(1), z2 = Field8Bytes.Constant(0), x3 = x1, z3 = Field8Bytes.Constant(1);
        var one = Vector512.Create(1UL);
        var swap = Vector512<ulong>.Zero;
        for (var bit = 255; bit >= 0; bit--)
        {
            var word = (bit >> 6) switch { 0 => scalar.W0, 1 => scalar.W1, 2 => scalar.W2, _ => scalar.W3 }; // the position is public
            var set = Vector512<ulong>.Zero - (word >> (bit & 63) & one);
            swap ^= set;
            Field8.Swap(ref x2, ref x3, swap);
            Field8.Swap(ref z2, ref z3, swap);
            swap = set;
            Step(x1, ref x2, ref z2, ref x3, ref z3);
        }

        Field8.Swap(ref x2, ref x3, swap);
        Field8.Swap(ref z2, ref z3, swap);
        Field8Bytes.Invert(out z2, z2);
        Field8.Multiply(out x2, x2, z2);
        Field8Bytes.Write(x2, results);
    }

    // RFC 7748 §5: one doubling and one addition.
    private static void Step(in Field8 x1, ref Field8 x2, ref Field8 z2, ref Field8 x3, ref Field8 z3)
    {
        Field8.Add(out var a, x2, z2);
        Field8.Subtract(out var b, x2, z2);
        Field8.Add(out var c, x3, z3);
        Field8.Subtract(out var d, x3, z3);
        Field8.Multiply(out var da, d, a);
        Field8.Multiply(out var cb, c, b);
        Field8.Square(out var aa, a);
        Field8.Square(out var bb, b);
        Field8.Add(out x3, da, cb);
        Field8.Square(out x3, x3);
        Field8.Subtract(out z3, da, cb);
        Field8.Square(out z3, z3);
        Field8.Multiply(out z3, z3, x1);
        Field8.Multiply(out x2, aa, bb);
        Field8.Subtract(out var e, aa, bb);
        Field8.Multiply(out var t, e, 121665);
        Field8.Add(out t, aa, t);
        Field8.Multiply(out z2, e, t);
    }
}
