namespace Trellis.Partners.Listing;

/// <summary>A country on the map with how many partners it has.</summary>
internal readonly record struct MapDot(string Country, int Count, double X, double Y, double Radius);

/// <summary>Dots that can all be seen and read: large ones lie below small ones, and those that would cover each other are moved apart.</summary>
internal static class MapDots
{
    private const int Rounds = 60;

    // So much of two dots may lie over each other: the number in each stays free.
    private const double Overlap = 3;

    public static IReadOnlyList<MapDot> Of(IEnumerable<(string Country, int Count)> countries)
    {
        var dots = countries.SelectMany(c => WorldMap.At(c.Country) is { } at ? new[] { new MapDot(c.Country, c.Count, at.X, at.Y, Radius(c.Count)) } : [])
            .OrderByDescending(d => d.Radius).ThenBy(d => d.Country, StringComparer.Ordinal).ToArray();
        for (var round = 0; round < Rounds && Part(dots); round++)
        {
        }

        return dots;
    }

    private static double Radius(int count) => Math.Min(14, 5 + (1.5 * Math.Sqrt(count)));

    private static bool Part(MapDot[] dots)
    {
        var moved = false;
        for (var i = 0; i < dots.Length; i++)
        {
            for (var j = i + 1; j < dots.Length; j++)
            {
                var (a, b) = (dots[i], dots[j]);
                var (x, y) = (b.X - a.X, b.Y - a.Y);
                var apart = Math.Sqrt((x * x) + (y * y));
                var lacks = a.Radius + b.Radius - Overlap - apart;
                if (lacks <= 0.01) continue;
                // Two in one place part sideways; the smaller one gives way further.
                (x, y) = apart < 0.01 ? (1, 0) : (x / apart, y / apart);
                var share = a.Radius / (a.Radius + b.Radius);
                dots[i] = Move(a, -x * lacks * (1 - share), -y * lacks * (1 - share));
                dots[j] = Move(b, x * lacks * share, y * lacks * share);
                moved = true;
            }
        }

        return moved;
    }

    private static MapDot Move(MapDot dot, double x, double y) =>
        dot with { X = Math.Clamp(dot.X + x, dot.Radius, WorldMap.Width - dot.Radius), Y = Math.Clamp(dot.Y + y, dot.Radius, WorldMap.Height - dot.Radius) };
}
