namespace Trellis.Compute.Learning;

/// <summary>
/// One inner node. A row goes left when its bin passes: for a number, (byte)(bin − Shift) ≤ Threshold, where Shift 1 sends missing (bin 0) right
/// and Shift 0 sends it left; for a category, when the bin is in set <c>Set</c>. A child ≥ 0 is a node, a child &lt; 0 is leaf ~child.
/// </summary>
internal record struct Node(int Feature, byte Threshold, byte Shift, int Set, int Left, int Right, float Gain, double Cover);

/// <summary>A regression tree over bins. Children always come after their parent.</summary>
internal sealed class Tree(Node[] nodes, ulong[] sets, float[] values, double[] covers)
{
    public Node[] Nodes { get; } = nodes;

    /// <summary>Four words (256 bins) per category split.</summary>
    public ulong[] Sets { get; } = sets;

    /// <summary>Leaf values, shrinkage included.</summary>
    public float[] Values { get; } = values;

    /// <summary>Training rows (or weight) that reached each leaf.</summary>
    public double[] Covers { get; } = covers;

    public bool GoesLeft(in Node node, byte bin) => node.Set < 0
        ? (byte)(bin - node.Shift) <= node.Threshold
        : (Sets[node.Set * 4 + (bin >> 6)] >> (bin & 63) & 1) != 0;

    public int LeafOf(ReadOnlySpan<byte> bins)
    {
        if (Nodes.Length == 0) return 0;
        var at = 0;
        while (at >= 0)
        {
            ref readonly var node = ref Nodes[at];
            at = GoesLeft(node, bins[node.Feature]) ? node.Left : node.Right;
        }

        return ~at;
    }
}
