using Trellis.Compute.Learning;

namespace Trellis.Compute.Bench.Learning;

/// <summary>Shapley values by algorithm 2 of Lundberg, Erion, Lee (2018), arXiv:1802.03888: O(leaves · depth²) per tree, the usual implementation.</summary>
internal static class NaiveShap
{
    public static double[][] Contributions(BoostedModel model, Table table)
    {
        var view = new BinView(model.Bins, table);
        var bins = new byte[model.Bins.Length];
        var result = new double[table.Rows][];
        for (var row = 0; row < result.Length; row++)
        {
            view.WriteRow(row, bins);
            result[row] = new double[bins.Length];
            foreach (var tree in model.Trees) Add(tree, bins, result[row]);
        }

        return result;
    }

    /// <summary>Adds the contributions of one tree for one row; returns the tree's expected value.</summary>
    public static double Add(Tree tree, ReadOnlySpan<byte> bins, Span<double> contributions)
    {
        if (tree.Nodes.Length == 0) return tree.Values[0];
        var depth = Depth(tree, 0) + 2;
        Span<Step> steps = depth * (depth + 1) / 2 <= 512 ? stackalloc Step[depth * (depth + 1) / 2] : new Step[depth * (depth + 1) / 2];
        Walk(tree, 0, bins, contributions, steps, default, 0, 1, 1, -1);
        return TreeShap.Expected(tree);
    }

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
        Walk(tree, hot, bins, contributions, rest, here, length + 1, pastZero * TreeShap.Cover(tree, hot) / node.Cover, pastOne, node.Feature);
        Walk(tree, cold, bins, contributions, rest, here, length + 1, pastZero * TreeShap.Cover(tree, cold) / node.Cover, 0, node.Feature);
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
