using System.Numerics;
using System.Text;
using Trellis.Compute.Intersection;

namespace Trellis.Compute.Tests.Intersection;

public sealed class Curve25519Tests
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;

    [Theory] // RFC 7748 §5.2
    [InlineData("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4", "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c", "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")]
    [InlineData("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d", "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493", "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")]
    public void X25519_gives_the_vectors_of_RFC_7748(string scalar, string u, string expected)
    {
        var result = new byte[32];
        Curve25519.Multiply(Convert.FromHexString(u), Curve25519.Clamp(Convert.FromHexString(scalar)), result);
        Convert.ToHexStringLower(result).ShouldBe(expected);
    }

    [Fact] // RFC 7748 §5.2, the iterated vector
    public void A_thousand_iterations_give_the_vector_of_RFC_7748()
    {
        var k = Curve25519.Base.ToArray();
        var u = k;
        for (var i = 0; i < 1000; i++)
        {
            var next = new byte[32];
            Curve25519.Multiply(u, Curve25519.Clamp(k), next);
            (u, k) = (k, next);
        }

        Convert.ToHexStringLower(k).ShouldBe("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
    }

    [Theory] // RFC 9380, J.4.1
    [InlineData("", "2de3780abb67e861289f5749d16d3e217ffa722192d16bbd9d1bfb9d112b98c0")]
    [InlineData("abc", "2b4419f1f2d48f5872de692b0aca72cc7b0a60915dd70bde432e826b6abc526d")]
    [InlineData("abcdef0123456789", "68ca1ea5a6acf4e9956daa101709b1eee6c1bb0df1de3b90d4602382a104c036")]
    public void Hash_to_curve_gives_the_vectors_of_RFC_9380(string text, string x)
    {
        var point = new byte[32];
        HashToCurve.Hash([Encoding.ASCII.GetBytes(text)], "QUUX-V01-CS02-with-curve25519_XMD:SHA-512_ELL2_RO_"u8, point);
        Array.Reverse(point);
        Convert.ToHexStringLower(point).ShouldBe(x);
    }

    [Fact]
    public void Eight_lanes_give_what_each_gives_alone()
    {
        var random = new Random(5);
        var points = new byte[32 * 19];
        random.NextBytes(points);
        var scalar = new byte[32];
        random.NextBytes(scalar);
        var together = new byte[points.Length];
        Curve25519.Multiply(points, scalar, together);
        var scalars = Enumerable.Repeat(scalar, 19).SelectMany(s => s).ToArray();
        var each = new byte[points.Length];
        Curve25519.MultiplyEach(points, scalars, each);
        each.ShouldBe(together);
        for (var i = 0; i < 19; i++)
        {
            var alone = new byte[32];
            Curve25519.Multiply(points.AsSpan(i * 32, 32), scalar, alone);
            alone.ShouldBe(together[(i * 32)..(i * 32 + 32)]);
        }
    }

    [Fact]
    public void Field_arithmetic_equals_big_integers_on_random_and_extreme_values()
    {
        var random = new Random(9);
        for (var round = 0; round < 400; round++)
        {
            var a = Values(random, round);
            var b = Values(random, round + 1);
            Field8Bytes.Read(out var f, a);
            Field8Bytes.Read(out var g, b);
            Check(a, b, (x, y) => x * y, () => { Field8.Multiply(out var h, f, g); return h; });
            Check(a, b, (x, _) => x * x, () => { Field8.Square(out var h, f); return h; });
            Check(a, b, (x, y) => x + y, () => { Field8.Add(out var h, f, g); return h; });
            Check(a, b, (x, y) => x - y, () => { Field8.Subtract(out var h, f, g); return h; });
            Check(a, b, (x, y) => (x - y) * (x - y), () => { Field8.Subtract(out var h, f, g); Field8.Multiply(out h, h, h); return h; });
            Check(a, b, (x, y) => (x - y) * (x - y), () => { Field8.Subtract(out var h, f, g); Field8.Square(out h, h); return h; });
            Check(a, b, (x, _) => x * 121665, () => { Field8.Multiply(out var h, f, 121665); return h; });
            Check(a, b, (x, _) => BigInteger.ModPow(x, P - 2, P), () => { Field8Bytes.Invert(out var h, f); return h; });
        }
    }

    private static byte[] Values(Random random, int round)
    {
        var bytes = new byte[256];
        random.NextBytes(bytes);
        if (round % 4 == 0) bytes.AsSpan(0, 32).Fill(0xFF);
        if (round % 4 == 1) bytes.AsSpan(32, 32).Clear();
        if (round % 4 == 2) (P - 1).ToByteArray(isUnsigned: true).CopyTo(bytes, 64);
        return bytes;
    }

    private static void Check(byte[] a, byte[] b, Func<BigInteger, BigInteger, BigInteger> plain, Func<Field8> fast)
    {
        var result = new byte[256];
        Field8Bytes.Write(fast(), result);
        for (var lane = 0; lane < 8; lane++)
        {
            var expected = plain(Number(a, lane), Number(b, lane)) % P;
            if (expected < 0) expected += P;
            new BigInteger(result.AsSpan(lane * 32, 32), isUnsigned: true).ShouldBe(expected);
        }
    }

    private static BigInteger Number(byte[] bytes, int lane)
    {
        var copy = bytes.AsSpan(lane * 32, 32).ToArray();
        copy[31] &= 127;
        return new BigInteger(copy, isUnsigned: true) % P;
    }
}
