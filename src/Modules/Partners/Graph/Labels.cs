namespace Trellis.Partners.Graph;

/// <summary>Where a name stands beside its node: its anchor, as SVG counts, and on which side the text runs.</summary>
internal readonly record struct LabelPlace(int X, int Y, LabelSide Side);

internal enum LabelSide
{
    Middle,
    Start,
    End,
}

/// <summary>
/// Pure: places for the names of a picture so that none lies on another one or on a node. The most important first; one for which no side is free has no place, and its name is
/// read in the list and when pointing at the node (greedy point-feature placement, Christensen, Marks and Shieber 1995).
/// </summary>
internal static class Labels
{
    private const int Line = 15;
    private const double Letter = 6.7;
    private const int Gap = 3;

    /// <param name="nodes">Middle, radius and name of each node, the most important first.</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <returns>A place for each node, or null.</returns>
    public static LabelPlace?[] Place(IReadOnlyList<(int X, int Y, int Radius, string Name)> nodes, int width, int height)
    {
        var taken = nodes.Select(n => new Box(n.X - n.Radius, n.Y - n.Radius, n.X + n.Radius, n.Y + n.Radius)).ToList();
        var own = taken.Count;
        var places = new LabelPlace?[own];
        for (var i = 0; i < own; i++)
        {
            foreach (var (place, box) in Sides(nodes[i]))
            {
                if (box.Left < 0 || box.Top < 0 || box.Right > width || box.Bottom > height) continue;
                if (taken.Where((_, k) => k != i).Any(box.Meets)) continue;
                places[i] = place;
                taken.Add(box);
                break;
            }
        }

        return places;
    }

    private static IEnumerable<(LabelPlace Place, Box Box)> Sides((int X, int Y, int Radius, string Name) n)
    {
        var (w, below, above, level) = ((int)Math.Ceiling(n.Name.Length * Letter), n.Y + n.Radius + Gap, n.Y - n.Radius - Gap, n.Y - (Line / 2));
        yield return (new(n.X, below + Line - 4, LabelSide.Middle), new(n.X - (w / 2), below, n.X + (w / 2), below + Line));
        yield return (new(n.X, above - 4, LabelSide.Middle), new(n.X - (w / 2), above - Line, n.X + (w / 2), above));
        yield return (new(n.X + n.Radius + Gap, level + Line - 4, LabelSide.Start), new(n.X + n.Radius + Gap, level, n.X + n.Radius + Gap + w, level + Line));
        yield return (new(n.X - n.Radius - Gap, level + Line - 4, LabelSide.End), new(n.X - n.Radius - Gap - w, level, n.X - n.Radius - Gap, level + Line));
    }

    private readonly record struct Box(int Left, int Top, int Right, int Bottom)
    {
        public bool Meets(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }
}
