using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Trellis.Identity;

/// <summary>Codes of an authenticator app: RFC 6238 over HMAC-SHA-1 with 30 seconds and six digits, which every app understands.</summary>
internal static class Totp
{
    private const int Seconds = 30;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>160 random bits, as RFC 4226 (section 4) recommends.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(20);

    public static long StepAt(DateTime now) => new DateTimeOffset(now, TimeSpan.Zero).ToUnixTimeSeconds() / Seconds;

    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
        HMACSHA1.HashData(secret, counter, hash);
        var offset = hash[19] & 0xf;
        var number = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The step whose code this is: the present one or a neighbour, for clocks that differ a little; never one at or before <paramref name="last"/>, so
    /// that a code counts once (RFC 6238, section 5.2). Null when it is none.
    /// </summary>
    public static long? Accept(ReadOnlySpan<byte> secret, string? code, DateTime now, long last)
    {
        var typed = Encoding.ASCII.GetBytes(new string([.. (code ?? "").Where(char.IsAsciiDigit)]));
        if (typed.Length != 6) return null;
        long? accepted = null;
        var present = StepAt(now);
        // All three are computed whatever fits: the time tells nothing.
        foreach (var step in (long[])[present - 1, present, present + 1])
        {
            var fits = CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(CodeAt(secret, step)));
            if (fits && step > last) accepted ??= step;
        }

        return accepted;
    }

    /// <summary>For typing by hand, RFC 4648 base 32 without padding.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (held, bits) = (0, 0);
        foreach (var b in bytes)
        {
            (held, bits) = ((held << 8) | b, bits + 8);
            for (; bits >= 5; bits -= 5) text.Append(Letters[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }

        if (bits > 0) text.Append(Letters[(held << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>What the picture says to the app (the key URI format that all of them read).</summary>
    public static string Address(ReadOnlySpan<byte> secret, string issuer, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits=6&period={Seconds}";
}
