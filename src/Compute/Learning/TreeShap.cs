namespace Trellis.Compute.Learning;

/// <summary>
/// Exact Shapley values of a tree ensemble for the game "expected score when only these features are known", where a split on an unknown feature
/// follows the training rows. Lundberg, Erion, Lee (2018), "Consistent individualized feature attribution for tree ensembles", arXiv:1802.03888,
/// algorithm 2: O(leaves · depth²) per tree. The contributions and the baseline add up to the score.
/// </summary>
internal static class TreeShap
{
    /// <summary>Adds the contributions of one tree for one row; returns the tree's expected value.</summary>
    public static double Add(Tree tree, ReadOnlySpan<byte> bins, Span<double> contributions)
    {
        if (tree.Nodes.Length == 0) return tree.Values[0];
        var depth = Depth(tree, 0) + 2;
        Span<Step> steps = depth * (depth + 1) / 2 <= 512 ? stackalloc Step[depth * (depth + 1) / 2] : new Step[depth * (depth + 1) / 2];
        Walk(tree, 0, bins, contributions, steps, default, 0, 1, 1, -1);
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

    private static void Walk(
        Tree tree, int at, ReadOnlySpan<byte> bins, Span<double> contributions, Span<Step> space, ReadOnlySpan<Step> parent, int length, double zero, double one, int feature)
    {
        var path = space[..(length + 1)];
        parent[..length].CopyTo(path);
        Extend(path, length, zero, one, feature);
        if (at < 0)
        {
            for (var i = 1; i <= length; i++)
                contributions[path[i].Feature] += Unwound(path, length, i) * (path[i].One - path[i].Zero) * tree.Values[~at];
            return;
        }

        ref readonly var node = ref tree.Nodes[at];
        var left = tree.GoesLeft(node, bins[node.Feature]);
        var (hot, cold) = left ? (node.Left, node.Right) : (node.Right, node.Left);
        double pastZero = 1, pastOne = 1;
        for (var k = 1; k <= length; k++)
        {
            if (path[k].Feature != node.Feature) continue;
            (pastZero, pastOne) = (path[k].Zero, path[k].One);
            Unwind(path, length, k);
            length--;
            break;
        }

        var rest = space[path.Length..];
        var here = path[..(length + 1)];
        Walk(tree, hot, bins, contributions, rest, here, length + 1, pastZero * Cover(tree, hot) / node.Cover, pastOne, node.Feature);
        Walk(tree, cold, bins, contributions, rest, here, length + 1, pastZero * Cover(tree, cold) / node.Cover, 0, node.Feature);
    }

    private static void Extend(Span<Step> path, int length, double zero, double one, int feature)
    {
        path[length] = new Step(feature, zero, one, length == 0 ? 1 : 0);
        for (var i = length - 1; i >= 0; i--)
        {
            path[i + 1].Weight += one * path[i].Weight * (i + 1) / (length + 1);
            path[i].Weight = zero * path[i].Weight * (length - i) / (length + 1);
        }
    }

    private static void Unwind(Span<Step> path, int length, int index)
    {
        var (zero, one) = (path[index].Zero, path[index].One);
        var next = path[length].Weight;
        for (var i = length - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var kept = path[i].Weight;
                path[i].Weight = next * (length + 1) / ((i + 1) * one);
                next = kept - path[i].Weight * zero * (length - i) / (length + 1);
            }
            else path[i].Weight = path[i].Weight * (length + 1) / (zero * (length - i));
        }

        for (var i = index; i < length; i++) path[i] = path[i + 1] with { Weight = path[i].Weight };
    }

    /// <summary>Sum of the weights that <see cref="Unwind"/> would leave.</summary>
    private static double Unwound(ReadOnlySpan<Step> path, int length, int index)
    {
        var (zero, one) = (path[index].Zero, path[index].One);
        var next = path[length].Weight;
        double total = 0;
        for (var i = length - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var weight = next * (length + 1) / ((i + 1) * one);
                total += weight;
                next = path[i].Weight - weight * zero * (length - i) / (length + 1);
            }
            else total += path[i].Weight * (length + 1) / (zero * (length - i));
        }

        return total;
    }

    private record struct Step(int Feature, double Zero, double One, double Weight);
}
