using System.Globalization;
using System.Text;

namespace Trellis.Compute.Bench.Attribution;

/// <summary>Journeys as text, from a seed: 4.9 touches in the mean, channels of unlike frequency that lead on to each other, two in five converting.</summary>
internal static class JourneyText
{
    private static readonly string[] Letters =
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mi", "ni", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon",
    ];

    public static string Write(int journeys, int channels, ulong seed)
    {
        var path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"trellis-journeys-{Environment.ProcessId}-{journeys}-{channels}.csv"));
        byte[][] names = [.. Enumerable.Range(0, channels).Select(c => Encoding.UTF8.GetBytes(Letters[c % Letters.Length] + (c < Letters.Length ? "" : (c / Letters.Length).ToString(CultureInfo.InvariantCulture))))];
        using var file = File.Create(path, 1 << 20);
        file.Write("path,conversions,value,nulls\n"u8);
        var row = new byte[64 << 10];
        var state = seed;
        for (var j = 0; j < journeys; j++)
        {
            var at = 0;
            var channel = Pick(ref state, channels);
            while (true)
            {
                names[channel].CopyTo(row.AsSpan(at));
                at += names[channel].Length;
                // Continuing with probability 39/49 gives 4.9 touches in the mean.
                if (at > row.Length - 100 || Next(ref state) % 49 >= 39) break;
                " > "u8.CopyTo(row.AsSpan(at));
                at += 3;
                channel = Next(ref state) % 4 == 0 ? (channel + 1) % channels : Pick(ref state, channels);
            }

            if (Next(ref state) % 5 < 2)
            {
                ",1,"u8.CopyTo(row.AsSpan(at));
                at += 3;
                (10 + (Next(ref state) % 9_000_000 / 100m)).TryFormat(row.AsSpan(at), out var written, "0.00", CultureInfo.InvariantCulture);
                at += written;
                ",0\n"u8.CopyTo(row.AsSpan(at));
                at += 3;
            }
            else
            {
                ",0,0,1\n"u8.CopyTo(row.AsSpan(at));
                at += 7;
            }

            file.Write(row, 0, at);
        }

        return path;
    }

    private static int Pick(ref ulong state, int channels) => (int)(Next(ref state) % (uint)channels * (Next(ref state) % 1024) / 1024);

    // SplitMix64.
    private static uint Next(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return (uint)((z ^ (z >> 31)) >> 32);
    }
}
