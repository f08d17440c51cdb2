namespace Trellis.Partners.Graph;

/// <summary>
/// Places for the nodes of a graph so that what is tied lies near: attraction along ties, repulsion between all, cooling (Fruchterman and Reingold 1991). It begins
/// on a sunflower spiral, so the same graph always gives the same picture.
/// </summary>
internal static class Layout
{
    private const int Rounds = 260;
    private const double Pull = 0.35;

    /// <param name="count">How many nodes.</param>
    /// <param name="ties">Pairs of node numbers.</param>
    /// <param name="width">Width of the plane.</param>
    /// <param name="height">Height of the plane.</param>
    public static (double X, double Y)[] Place(int count, IReadOnlyList<(int A, int B)> ties, double width, double height)
    {
        var at = new (double X, double Y)[count];
        if (count == 0) return at;
        for (var i = 0; i < count; i++)
        {
            var (radius, angle) = (Math.Sqrt((i + 0.5) / count) / 2, i * Math.PI * (3 - Math.Sqrt(5)));
            at[i] = (width * (0.5 + (radius * Math.Cos(angle))), height * (0.5 + (radius * Math.Sin(angle))));
        }

        var ideal = 0.75 * Math.Sqrt(width * height / count);
        var move = new (double X, double Y)[count];
        for (var round = 0; round < Rounds; round++)
        {
            Array.Clear(move);
            Repel(at, move, ideal);
            Attract(at, move, ties, ideal);
            Step(at, move, width, height, Math.Max(1, width / 10 * (1 - ((double)round / Rounds))));
        }

        return Fit(at, width, height);
    }

    // The finished picture fills the plane, whatever room it took while it was found.
    private static (double X, double Y)[] Fit((double X, double Y)[] at, double width, double height)
    {
        var (left, right, top, bottom) = (at.Min(p => p.X), at.Max(p => p.X), at.Min(p => p.Y), at.Max(p => p.Y));
        var (wide, high) = (Math.Max(1, right - left), Math.Max(1, bottom - top));
        return at.Length == 1 ? [(width / 2, height / 2)] : [.. at.Select(p => ((p.X - left) / wide * width, (p.Y - top) / high * height))];
    }

    private static void Repel((double X, double Y)[] at, (double X, double Y)[] move, double ideal)
    {
        for (var i = 0; i < at.Length; i++)
            for (var j = i + 1; j < at.Length; j++)
            {
                var (dx, dy) = (at[i].X - at[j].X, at[i].Y - at[j].Y);
                var square = Math.Max(0.01, (dx * dx) + (dy * dy));
                // Far ones leave each other alone, or groups without a tie to the rest would drive each other away.
                if (square > 9 * ideal * ideal) continue;
                var force = ideal * ideal / square;
                move[i] = (move[i].X + (dx * force), move[i].Y + (dy * force));
                move[j] = (move[j].X - (dx * force), move[j].Y - (dy * force));
            }
    }

    private static void Attract((double X, double Y)[] at, (double X, double Y)[] move, IReadOnlyList<(int A, int B)> ties, double ideal)
    {
        foreach (var (a, b) in ties)
        {
            var (dx, dy) = (at[a].X - at[b].X, at[a].Y - at[b].Y);
            var force = Math.Sqrt((dx * dx) + (dy * dy)) / ideal;
            move[a] = (move[a].X - (dx * force), move[a].Y - (dy * force));
            move[b] = (move[b].X + (dx * force), move[b].Y + (dy * force));
        }
    }

    private static void Step((double X, double Y)[] at, (double X, double Y)[] move, double width, double height, double heat)
    {
        for (var i = 0; i < at.Length; i++)
        {
            // A light pull to the middle keeps groups without a tie to the rest from drifting to the edge.
            var (x, y) = (move[i].X + (((width / 2) - at[i].X) * Pull), move[i].Y + (((height / 2) - at[i].Y) * Pull));
            var length = Math.Max(0.001, Math.Sqrt((x * x) + (y * y)));
            var step = Math.Min(length, heat) / length;
            at[i] = (at[i].X + (x * step), at[i].Y + (y * step));
        }
    }
}
