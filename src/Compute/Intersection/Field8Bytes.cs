using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trellis.Compute.Intersection;

/// <summary>Moves field elements between 32 little-endian bytes and lanes, and the longer chains of multiplications.</summary>
internal static class Field8Bytes
{
    /// <summary>The same small number in all lanes.</summary>
    public static Field8 Constant(ulong value)
    {
        Field8 f = default;
        f.L0 = Vector512.Create(value & ((1UL << 26) - 1));
        f.L1 = Vector512.Create(value >> 26);
        return f;
    }

    /// <summary>Reads up to eight elements of 32 bytes; missing lanes repeat the first. The top bit of each is ignored (RFC 7748 §5).</summary>
    public static void Read(out Field8 f, ReadOnlySpan<byte> bytes)
    {
        f = default;
        Span<ulong> limbs = stackalloc ulong[80];
        for (var lane = 0; lane < 8; lane++)
        {
            var at = bytes[((lane + 1) * 32 <= bytes.Length ? lane * 32 : 0)..];
            ulong a = BinaryPrimitives.ReadUInt64LittleEndian(at), b = BinaryPrimitives.ReadUInt64LittleEndian(at[8..]);
            ulong c = BinaryPrimitives.ReadUInt64LittleEndian(at[16..]), d = BinaryPrimitives.ReadUInt64LittleEndian(at[24..]);
            Split(a, b, c, d, limbs, lane);
        }

        for (var k = 0; k < 10; k++) Unsafe.Add(ref f.L0, k) = Vector512.Create<ulong>(limbs.Slice(k * 8, 8));
    }

    // Limb k begins at bit ceil(25.5·k).
    internal static void Split(ulong a, ulong b, ulong c, ulong d, Span<ulong> limbs, int lane)
    {
        const ulong m26 = (1UL << 26) - 1, m25 = (1UL << 25) - 1;
        limbs[lane] = a & m26;
        limbs[8 + lane] = a >> 26 & m25;
        limbs[16 + lane] = (a >> 51 | b << 13) & m26;
        limbs[24 + lane] = b >> 13 & m25;
        limbs[32 + lane] = b >> 38;
        limbs[40 + lane] = c & m25;
        limbs[48 + lane] = c >> 25 & m26;
        limbs[56 + lane] = (c >> 51 | d << 13) & m25;
        limbs[64 + lane] = d >> 12 & m26;
        limbs[72 + lane] = d >> 38 & m25;
    }

    /// <summary>Writes as many elements as fit (up to eight), canonical.</summary>
    public static void Write(Field8 f, Span<byte> bytes)
    {
        f.Canonical();
        Span<ulong> l = stackalloc ulong[80];
        for (var k = 0; k < 10; k++) Unsafe.Add(ref f.L0, k).CopyTo(l.Slice(k * 8, 8));
        for (var lane = 0; lane < 8 && (lane + 1) * 32 <= bytes.Length; lane++)
        {
            var at = bytes[(lane * 32)..];
            BinaryPrimitives.WriteUInt64LittleEndian(at, l[lane] | l[8 + lane] << 26 | l[16 + lane] << 51);
            BinaryPrimitives.WriteUInt64LittleEndian(at[8..], l[16 + lane] >> 13 | l[24 + lane] << 13 | l[32 + lane] << 38);
            BinaryPrimitives.WriteUInt64LittleEndian(at[16..], l[40 + lane] | l[48 + lane] << 25 | l[56 + lane] << 51);
            BinaryPrimitives.WriteUInt64LittleEndian(at[24..], l[56 + lane] >> 13 | l[64 + lane] << 12 | l[72 + lane] << 38);
        }
    }

    /// <summary>h = f^(p−2) = 1/f, and 0 for 0. The usual chain of 254 squarings and 11 products.</summary>
    public static void Invert(out Field8 h, in Field8 f)
    {
        Chain(f, out var x250, out var x11);
        Field8.Square(out h, x250, 5);
        Field8.Multiply(out h, h, x11);
    }

    /// <summary>h = f^((p−5)/8), the power in square roots.</summary>
    public static void Root(out Field8 h, in Field8 f)
    {
        Chain(f, out var x250, out _);
        Field8.Square(out h, x250, 2);
        Field8.Multiply(out h, h, f);
    }

    // f^(2^250 − 1) and f^11.
    private static void Chain(in Field8 f, out Field8 x250, out Field8 x11)
    {
        Field8.Square(out var t, f);                 // 2
        Field8.Square(out var u, t, 2);              // 8
        Field8.Multiply(out var x9, u, f);
        Field8.Multiply(out x11, x9, t);
        Field8.Square(out t, x11);                   // 22
        Field8.Multiply(out var x5, t, x9);          // 2^5 − 1
        Power(out var x10, x5, 5, x5);
        Power(out var x20, x10, 10, x10);
        Power(out var x40, x20, 20, x20);
        Power(out var x50, x40, 10, x10);
        Power(out var x100, x50, 50, x50);
        Power(out var x200, x100, 100, x100);
        Power(out x250, x200, 50, x50);
    }

    // f^(2^times) · g
    private static void Power(out Field8 h, in Field8 f, int times, in Field8 g)
    {
        Field8.Square(out h, f, times);
        Field8.Multiply(out h, h, g);
    }
}
