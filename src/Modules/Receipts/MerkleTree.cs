using System.Numerics;
using System.Security.Cryptography;

namespace Trellis.Receipts;

/// <summary>The tree over the receipts of one day, and the short proof that one of them is in it (RFC 9162, sections 2.1.1 to 2.1.3).</summary>
internal static class MerkleTree
{
    /// <summary>The root over hashes in their order. There is no tree over nothing.</summary>
    public static string Root(IReadOnlyList<string> hashes) => Convert.ToHexStringLower(Root(Leaves(hashes)));

    /// <summary>The hashes that lead from the one at <paramref name="index"/> to the root.</summary>
    public static IReadOnlyList<string> Proof(IReadOnlyList<string> hashes, int index)
    {
        List<string> path = [];
        Walk(Leaves(hashes), index, path);
        return path;
    }

    /// <summary>The root that a proof leads to, or null where the proof does not fit the place and the number of leaves.</summary>
    public static string? Follow(string hash, long index, long size, IReadOnlyList<string> path)
    {
        if (index < 0 || index >= size || !Hashes.IsHash(hash)) return null;
        var (node, last, at) = (Leaf(hash), size - 1, index);
        foreach (var step in path)
        {
            if (last == 0 || !Hashes.IsHash(step)) return null;
            var sibling = Convert.FromHexString(step);
            if ((at & 1) == 1 || at == last)
            {
                node = Node(sibling, node);
                while ((at & 1) == 0 && at != 0) (at, last) = (at >> 1, last >> 1);
            }
            else
            {
                node = Node(node, sibling);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 ? Convert.ToHexStringLower(node) : null;
    }

    private static byte[][] Leaves(IReadOnlyList<string> hashes) => hashes.Count == 0 ? throw new ArgumentException("A tree needs a leaf.", nameof(hashes)) : [.. hashes.Select(Leaf)];

    private static byte[] Leaf(string hash) => SHA256.HashData([0, .. Convert.FromHexString(hash)]);

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    private static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1) return leaves[0];
        var half = Half(leaves.Length);
        return Node(Root(leaves[..half]), Root(leaves[half..]));
    }

    private static byte[] Walk(ReadOnlySpan<byte[]> leaves, int index, List<string> path)
    {
        if (leaves.Length == 1) return leaves[0];
        var half = Half(leaves.Length);
        if (index < half)
        {
            var own = Walk(leaves[..half], index, path);
            var other = Root(leaves[half..]);
            path.Add(Convert.ToHexStringLower(other));
            return Node(own, other);
        }

        var left = Root(leaves[..half]);
        var right = Walk(leaves[half..], index - half, path);
        path.Add(Convert.ToHexStringLower(left));
        return Node(left, right);
    }

    // The largest power of two smaller than the number of leaves.
    private static int Half(int count) => (int)BitOperations.RoundUpToPowerOf2((uint)count) >> 1;
}
