using Trellis.Compute.Attribution;

namespace Trellis.Compute.Tests.Attribution;

/// <summary>Journeys for tests, written as letters or drawn from a seed.</summary>
internal static class Make
{
    /// <summary>One journey per word, 'a' is channel 0.</summary>
    public static Journeys Of(params string[] words) => new(3 + words.SelectMany(w => w).Append('a').Max() - 'a', Offsets(words), [.. words.SelectMany(w => w).Select(c => c - 'a')]);

    public static Journeys Random(int seed, int channels, int count, int maxLength = 9, bool times = false)
    {
        var random = new Random(seed);
        var offsets = new int[count + 1];
        for (var j = 0; j < count; j++) offsets[j + 1] = offsets[j] + random.Next(0, maxLength + 1);
        var touches = new int[offsets[count]];
        // Channels are not alike: low ones are more frequent.
        for (var t = 0; t < touches.Length; t++) touches[t] = (int)(channels * random.NextDouble() * random.NextDouble());
        return new Journeys(channels, offsets, touches)
        {
            Times = times ? [.. touches.Select((_, t) => (long)t * 7 + random.Next(7))] : null,
            Conversions = [.. offsets.Skip(1).Select(_ => random.Next(0, 3))],
            Nulls = [.. offsets.Skip(1).Select(_ => random.Next(0, 3))],
            Values = [.. offsets.Skip(1).Select(_ => (long)random.Next(0, 100_000))],
        };
    }

    private static int[] Offsets(string[] words)
    {
        var offsets = new int[words.Length + 1];
        for (var j = 0; j < words.Length; j++) offsets[j + 1] = offsets[j] + words[j].Length;
        return offsets;
    }
}
