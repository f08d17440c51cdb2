using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trellis.Compute.Learning;

/// <summary>
/// Scores 64 rows at a time: each node compares 64 bins in one instruction, and from the last node up each picks the left or right leaf number for
/// all rows, so no branch depends on the data. (The idea of evaluating all nodes of a tree with bit-wise operations is that of Lucchese et al. 2015,
/// "QuickScorer", doi:10.1145/2766462.2767733; choosing leaf numbers by blending is ours.)
/// </summary>
internal sealed unsafe class BlockScorer(BoostedModel model)
{
    private const int Lanes = 64;

    // A table of 256 answers per category split costs one look-up a row instead of bit arithmetic.
    private readonly byte[][] _answers = model.Trees.Select(AnswersOf).ToArray();

    private static byte[] AnswersOf(Tree tree)
    {
        var answers = new byte[tree.Sets.Length / 4 * 256];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = (tree.Sets[(i >> 8) * 4 + (i >> 6 & 3)] >> (i & 63) & 1) != 0 ? (byte)255 : (byte)0;
        return answers;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Score(BinView view, int from, Span<float> scores)
    {
        var features = model.Bins.Length;
        var bins = System.Buffers.ArrayPool<byte>.Shared.Rent(features * Lanes);
        var picked = stackalloc Vector512<byte>[256];
        Span<float> block = stackalloc float[Lanes];
        fixed (byte* columns = bins)
            for (var at = 0; at < scores.Length; at += Lanes)
            {
                var count = Math.Min(Lanes, scores.Length - at);
                view.WriteByColumn(from + at, count, bins, Lanes);
                block.Fill(model.Start);
                for (var t = 0; t < model.Trees.Length; t++) Add(model.Trees[t], _answers[t], columns, picked, block);
                block[..count].CopyTo(scores[at..]);
            }

        System.Buffers.ArrayPool<byte>.Shared.Return(bins);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(Tree tree, byte[] answers, byte* columns, Vector512<byte>* picked, Span<float> block)
    {
        var nodes = tree.Nodes;
        if (nodes.Length == 0)
        {
            for (var i = 0; i < Lanes; i++) block[i] += tree.Values[0];
            return;
        }

        for (var n = nodes.Length - 1; n >= 0; n--)
        {
            ref readonly var node = ref nodes[n];
            var left = node.Left < 0 ? Vector512.Create((byte)~node.Left) : picked[node.Left];
            var right = node.Right < 0 ? Vector512.Create((byte)~node.Right) : picked[node.Right];
            var bins = Vector512.Load(columns + node.Feature * Lanes);
            var passes = node.Set < 0
                ? Vector512.LessThanOrEqual(bins - Vector512.Create(node.Shift), Vector512.Create(node.Threshold))
                : Passes(answers, node.Set, columns + node.Feature * Lanes);
            picked[n] = Vector512.ConditionalSelect(passes, left, right);
        }

        AddLeaves(tree.Values, picked, block);
    }

    private static Vector512<byte> Passes(byte[] answers, int set, byte* bins)
    {
        Vector512<byte> passes;
        var to = (byte*)&passes;
        fixed (byte* table = &answers[set * 256])
        {
            // Few levels, the usual case, fit one shuffle.
            if (Avx512Vbmi.IsSupported)
            {
                var all = Vector512.Load(bins);
                if (!Vector512.GreaterThanAny(all, Vector512.Create((byte)63)))
                    return Avx512Vbmi.PermuteVar64x8(Vector512.Load(table), all);
            }

            for (var i = 0; i < Lanes; i++) to[i] = table[bins[i]];
        }

        return passes;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLeaves(float[] values, Vector512<byte>* picked, Span<float> block)
    {
        var leaves = (byte*)picked;
        if (Avx512F.IsSupported && values.Length <= 32)
        {
            var table = stackalloc float[32];
            values.CopyTo(new Span<float>(table, 32));
            var low = Vector512.Load(table);
            var high = Vector512.Load(table + 16);
            fixed (float* sums = block)
                for (var i = 0; i < Lanes; i += 16)
                {
                    var index = Avx512F.ConvertToVector512Int32(Vector128.Load(leaves + i));
                    var value = Avx512F.PermuteVar16x32x2(low, index, high);
                    Vector512.Store(Vector512.Load(sums + i) + value, sums + i);
                }

            return;
        }

        for (var i = 0; i < Lanes; i++) block[i] += values[leaves[i]];
    }
}
