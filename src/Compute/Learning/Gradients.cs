using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trellis.Compute.Learning;

/// <summary>
/// First and second derivatives of the loss, rounded to whole numbers and packed in one word: the first in the high half, the second in the low half.
/// Sums of whole numbers do not depend on their order, so the fitted model is the same for any number of threads. (Shi, Ke, Chen, Zheng, Liu 2022,
/// "Quantized training of gradient boosting decision trees", NeurIPS, shows that far coarser rounding than this keeps the accuracy.)
/// </summary>
internal sealed unsafe class Gradients : IDisposable
{
    private const int Block = 4096;
    private readonly Goal _goal;
    private readonly float[] _target;
    private readonly float[]? _weights;
    private readonly float[] _first;
    private readonly float[] _second;
    private readonly double[] _blockFirst;
    private readonly double[] _blockSecond;

    public Gradients(Goal goal, float[] target, float[]? weights)
    {
        _goal = goal;
        _target = target;
        _weights = weights;
        _first = new float[target.Length];
        _second = new float[target.Length];
        var blocks = (target.Length + Block - 1) / Block;
        _blockFirst = new double[blocks];
        _blockSecond = new double[blocks];
        Packed = (long*)NativeMemory.AlignedAlloc((nuint)target.Length * sizeof(long) + 64, 64);
    }

    public long* Packed { get; }

    /// <summary>Units of the first derivative.</summary>
    public double FirstUnit { get; private set; }

    /// <summary>Units of the second derivative.</summary>
    public double SecondUnit { get; private set; }

    /// <summary>Sum over all rows.</summary>
    public long Total { get; private set; }

    public void Dispose() => NativeMemory.AlignedFree(Packed);

    public void Compute(float[] scores, int threads)
    {
        var blocks = _blockFirst.Length;
        Work.Run(blocks, blocks < 16 ? 1 : threads, default, b => Derive(scores, b));
        // Sums of the sizes stay under the halves' capacity with room for rounding of each row.
        double first = 0, second = 0;
        for (var b = 0; b < blocks; b++)
        {
            first += _blockFirst[b];
            second += _blockSecond[b];
        }

        var n = _target.Length;
        FirstUnit = Math.Max(first, 1e-30) / (2147483000.0 - n);
        SecondUnit = Math.Max(second, 1e-30) / (4294967000.0 - n);
        Total = 0;
        var totals = new long[blocks];
        Work.Run(blocks, blocks < 16 ? 1 : threads, default, b => totals[b] = Pack(b));
        foreach (var t in totals) Total += t;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Derive(float[] scores, int block)
    {
        var from = block * Block;
        var count = Math.Min(Block, _target.Length - from);
        var score = scores.AsSpan(from, count);
        var target = _target.AsSpan(from, count);
        var first = _first.AsSpan(from, count);
        var second = _second.AsSpan(from, count);
        switch (_goal)
        {
            case Goal.Probability:
                TensorPrimitives.Sigmoid(score, second);
                TensorPrimitives.Subtract(second, target, first);
                for (var i = 0; i < second.Length; i++) second[i] = MathF.Max(second[i] * (1 - second[i]), 1e-7f);
                break;
            case Goal.Count:
                TensorPrimitives.Exp(score, second);
                TensorPrimitives.Subtract(second, target, first);
                break;
            default:
                TensorPrimitives.Subtract(score, target, first);
                second.Fill(1);
                break;
        }

        if (_weights is not null)
        {
            TensorPrimitives.Multiply(first, _weights.AsSpan(from, count), first);
            TensorPrimitives.Multiply(second, _weights.AsSpan(from, count), second);
        }

        double sumFirst = 0, sumSecond = 0;
        for (var i = 0; i < first.Length; i++)
        {
            sumFirst += MathF.Abs(first[i]);
            sumSecond += second[i];
        }

        _blockFirst[block] = sumFirst;
        _blockSecond[block] = sumSecond;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Pack(int block)
    {
        var from = block * Block;
        var to = Math.Min(from + Block, _target.Length);
        var firstScale = 1 / FirstUnit;
        var secondScale = 1 / SecondUnit;
        long total = 0;
        for (var i = from; i < to; i++)
        {
            var packed = ((long)Math.Round(_first[i] * firstScale) << 32) + (long)Math.Round(_second[i] * secondScale);
            Packed[i] = packed;
            total += packed;
        }

        return total;
    }
}
