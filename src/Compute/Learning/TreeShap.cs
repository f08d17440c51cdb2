using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trellis.Compute.Learning;

/// <summary>
/// Exact Shapley values of a tree for the game "expected score when only these features are known", where a split on an unknown feature follows the
/// training rows (Lundberg, Erion, Lee 2018, "Consistent individualized feature attribution for tree ensembles", arXiv:1802.03888). By Owen's multilinear extension
/// (1972, doi:10.1287/mnsc.18.5.64) each value is an integral over t of a product with one factor z·(1 − t) + o·t per feature on a leaf's path; a Gauss–Legendre rule
/// integrates that polynomial exactly, and sums over a subtree serve all its leaves at once (as in Yu, Bifet, Read, Xu 2022, "Linear TreeShap", arXiv:2209.08192), so
/// the cost is linear in the nodes. Contributions and baseline add up to the score.
/// </summary>
internal static unsafe class TreeShap
{
    /// <summary>Adds the contributions of one tree for one row; returns the tree's expected value.</summary>
    [SkipLocalsInit]
    public static double Add(Tree tree, ReadOnlySpan<byte> bins, Span<double> contributions)
    {
        if (tree.Nodes.Length == 0) return tree.Values[0];
        // n points integrate degree 2n − 1 exactly; a path of d different features has degree d − 1.
        var rule = Quadrature.For((Math.Min(Depth(tree, 0), bins.Length) + 1) / 2);
        var zeros = stackalloc double[bins.Length];
        var ones = stackalloc double[bins.Length];
        new Span<double>(zeros, bins.Length).Fill(1);
        new Span<double>(ones, bins.Length).Fill(1);
        var start = stackalloc Vector512<double>[rule.Vectors];
        var sums = stackalloc Vector512<double>[rule.Vectors];
        for (var v = 0; v < rule.Vectors; v++) start[v] = Vector512<double>.One;
        fixed (double* points = rule.Points)
        fixed (double* weights = rule.Weights)
        fixed (double* effects = contributions)
        fixed (byte* row = bins)
            new Walk(tree, row, effects, zeros, ones, (Vector512<double>*)points, (Vector512<double>*)weights, rule.Vectors).Visit(0, start, sums);
        return Expected(tree);
    }

    /// <summary>Mean leaf value over the training rows.</summary>
    public static double Expected(Tree tree)
    {
        double sum = 0, cover = 0;
        for (var i = 0; i < tree.Values.Length; i++)
        {
            sum += tree.Values[i] * tree.Covers[i];
            cover += tree.Covers[i];
        }

        return cover > 0 ? sum / cover : 0;
    }

    internal static double Cover(Tree tree, int at) => at < 0 ? tree.Covers[~at] : tree.Nodes[at].Cover;

    private static int Depth(Tree tree, int at) => at < 0 ? 0 : 1 + Math.Max(Depth(tree, tree.Nodes[at].Left), Depth(tree, tree.Nodes[at].Right));

    /// <summary>One row's way through one tree. A feature's factor is z = share of training rows kept so far and o = 1 while the row itself would pass.</summary>
    private readonly ref struct Walk(
        Tree tree, byte* row, double* effects, double* zeros, double* ones, Vector512<double>* points, Vector512<double>* weights, int vectors)
    {
        /// <summary>Adds up leaf value times product over the subtree, at each point.</summary>
        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Visit(int at, Vector512<double>* product, Vector512<double>* sums)
        {
            if (at < 0)
            {
                for (var v = 0; v < vectors; v++) sums[v] = product[v] * tree.Values[~at];
                return;
            }

            ref readonly var node = ref tree.Nodes[at];
            var feature = node.Feature;
            var left = tree.GoesLeft(node, row[feature]);
            var (zero, one) = (zeros[feature], ones[feature]);
            // A feature not yet on the path has z = o = 1: its factor is 1 and its part of the effect 0, so no case needs telling apart.
            var inner = stackalloc Vector512<double>[2 * vectors];
            var part = inner + vectors;
            for (var v = 0; v < vectors; v++) sums[v] = default;
            for (var side = 0; side < 2; side++)
            {
                var child = side == 0 ? node.Left : node.Right;
                var (newZero, newOne) = (zero * Cover(tree, child) / node.Cover, left == (side == 0) ? one : 0);
                (zeros[feature], ones[feature]) = (newZero, newOne);
                for (var v = 0; v < vectors; v++) inner[v] = product[v] * Factor(newZero, newOne, v) / Factor(zero, one, v);
                Visit(child, inner, part);
                Vector512<double> now = default, before = default;
                for (var v = 0; v < vectors; v++)
                {
                    sums[v] += part[v];
                    now += weights[v] * part[v] / Factor(newZero, newOne, v);
                    before += weights[v] * part[v] / Factor(zero, one, v);
                }

                effects[feature] += (newOne - newZero) * Vector512.Sum(now) - (one - zero) * Vector512.Sum(before);
            }

            (zeros[feature], ones[feature]) = (zero, one);
        }

        private Vector512<double> Factor(double zero, double one, int v) => Vector512.Create(zero) + points[v] * (one - zero);
    }
}

/// <summary>Gauss–Legendre points and weights on [0, 1], a multiple of eight of them.</summary>
internal sealed class Quadrature
{
    private static readonly Quadrature[] Rules = [new(1), new(2), new(4), new(16)];

    private Quadrature(int vectors)
    {
        var n = 8 * vectors;
        Vectors = vectors;
        Points = GC.AllocateArray<double>(n, pinned: true);
        Weights = GC.AllocateArray<double>(n, pinned: true);
        for (var i = 0; i < n; i++)
        {
            // Newton's method on Legendre's polynomial from Tricomi's estimate of its roots.
            var x = Math.Cos(Math.PI * (i + 0.75) / (n + 0.5));
            double slope = 1;
            for (var step = 0; step < 100; step++)
            {
                double p = 1, previous = 0;
                for (var k = 1; k <= n; k++) (p, previous) = (((2 * k - 1) * x * p - (k - 1) * previous) / k, p);
                slope = n * (x * p - previous) / (x * x - 1);
                var move = p / slope;
                x -= move;
                if (Math.Abs(move) < 1e-16) break;
            }

            Points[i] = (1 - x) / 2;
            Weights[i] = 1 / ((1 - x * x) * slope * slope);
        }
    }

    public int Vectors { get; }

    public double[] Points { get; }

    public double[] Weights { get; }

    /// <summary>A rule of at least so many points; 255 leaves never need more than 127.</summary>
    public static Quadrature For(int points)
    {
        var at = 0;
        while (8 * Rules[at].Vectors < points) at++;
        return Rules[at];
    }
}
