using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trellis.Compute.Attribution;

/// <summary>
/// Solves (I − Q) x = b on an absorbing chain for eight columns at once, each with states of its own held fixed (value given) and the rest
/// free. Stabilised bi-conjugate gradients (van der Vorst 1992, doi:10.1137/0913035), the columns in lock-step so that the matrix is read once for all;
/// Gauss–Seidel sweeps, which converge on every absorbing chain, finish or replace it.
/// </summary>
/// <remarks>
/// The answer of interest is x at the start, and it is certified: its error is at most Σ visits(s) · |residual(s)|, because the visits of
/// a chain with fixed states never exceed those of the whole chain.
/// </remarks>
internal sealed class ChainSolver(AbsorbingChain chain, CancellationToken cancel)
{
    public const int Lanes = 8;
    private const int MaxKrylov = 60;
    private const int MaxSweeps = 200_000;
    private const double Wanted = 1e-13;
    private readonly int size = chain.States * Lanes;

    // Residual, its first value, direction, and their products with the matrix; used again for the next columns.
    private readonly double[] r = new double[chain.States * Lanes];
    private readonly double[] rest = new double[chain.States * Lanes];
    private readonly double[] p = new double[chain.States * Lanes];
    private readonly double[] v = new double[chain.States * Lanes];
    private readonly double[] t = new double[chain.States * Lanes];

    /// <summary>Improves <paramref name="x"/> (states × 8) until the start values are certified; returns the relative error bound of each column.</summary>
    /// <param name="x">First guess; holds the fixed values.</param>
    /// <param name="b">Right-hand side, states × 8, at least 0.</param>
    /// <param name="free">For states × 8: all bits set where x is to be found, 0 where it is fixed.</param>
    public double[] Solve(double[] x, double[] b, double[] free)
    {
        var bounds = new double[Lanes];
        for (var restart = 0; restart < 4; restart++)
        {
            if (Certify(x, b, free, bounds)) return bounds;
            Krylov(x, free);
        }

        var best = double.MaxValue;
        for (var sweep = 0; sweep < MaxSweeps; sweep++)
        {
            cancel.ThrowIfCancellationRequested();
            Sweep(x, b, free);
            if (sweep % 8 != 7) continue;
            if (Certify(x, b, free, bounds)) break;
            // Rounding sets a floor; once sixty-four sweeps gain nothing it is reached.
            var worst = bounds.Max();
            if (sweep % 64 == 63)
            {
                if (worst > best * 0.99) break;
                best = worst;
            }
        }

        return bounds;
    }

    /// <summary>r = b − (I − Q) x on free entries; true when every column's start value is certified.</summary>
    private bool Certify(double[] x, double[] b, double[] free, double[] bounds)
    {
        Multiply(x, free, r);
        var error = Vector512<double>.Zero;
        for (var s = 0; s < chain.States; s++)
        {
            ref var rs = ref r[s * Lanes];
            var residual = (Load(b, s) - Vector512.LoadUnsafe(ref rs)) & Load(free, s);
            residual.StoreUnsafe(ref rs);
            error += Vector512.Abs(residual) * Vector512.Create(chain.Visits[s]);
        }

        var done = true;
        for (var lane = 0; lane < Lanes; lane++)
        {
            // A column that is zero everywhere is exact.
            bounds[lane] = error[lane] == 0 ? 0 : error[lane] / Math.Abs(x[lane]);
            done &= bounds[lane] <= Wanted;
        }

        return done;
    }

    private void Krylov(double[] x, double[] free)
    {
        r.CopyTo(rest, 0);
        r.CopyTo(p, 0);
        var rho = Dot(rest, r);
        var first = rho;
        for (var i = 0; i < MaxKrylov; i++)
        {
            cancel.ThrowIfCancellationRequested();
            Multiply(p, free, v);
            var alpha = Quotient(rho, Dot(rest, v));
            for (var s = 0; s < size; s += Lanes) (At(r, s) - alpha * At(v, s)).StoreUnsafe(ref r[s]);
            Multiply(r, free, t);
            var omega = Quotient(Dot(t, r), Dot(t, t));
            for (var s = 0; s < size; s += Lanes)
            {
                (At(x, s) + alpha * At(p, s) + omega * At(r, s)).StoreUnsafe(ref x[s]);
                (At(r, s) - omega * At(t, s)).StoreUnsafe(ref r[s]);
            }

            var next = Dot(rest, r);
            // Once every column has fallen by far more than rounding allows, only the true residual can tell how good it is.
            if (Vector512.LessThanOrEqualAll(Dot(r, r), first * Vector512.Create(1e-34))) return;
            var beta = Quotient(next, rho) * Quotient(alpha, omega);
            rho = next;
            for (var s = 0; s < size; s += Lanes) (At(r, s) + beta * (At(p, s) - omega * At(v, s))).StoreUnsafe(ref p[s]);
        }
    }

    /// <summary>y = (I − Q) x restricted to free entries; fixed entries of x count, those of y are 0.</summary>
    private void Multiply(double[] x, double[] free, double[] y)
    {
        int[] offsets = chain.Offsets, targets = chain.Targets;
        var probabilities = chain.Probabilities;
        ref var from = ref MemoryMarshal.GetArrayDataReference(x);
        for (var s = 0; s < chain.States; s++)
        {
            var sum = Load(x, s);
            for (var i = offsets[s]; i < offsets[s + 1]; i++)
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(-probabilities[i]), Vector512.LoadUnsafe(ref Unsafe.Add(ref from, targets[i] * Lanes)), sum);
            (sum & Load(free, s)).StoreUnsafe(ref y[s * Lanes]);
        }
    }

    private void Sweep(double[] x, double[] b, double[] free)
    {
        for (var s = chain.States - 1; s >= 0; s--)
        {
            var sum = Load(b, s);
            double self = 0;
            for (var i = chain.Offsets[s]; i < chain.Offsets[s + 1]; i++)
            {
                if (chain.Targets[i] == s) self = chain.Probabilities[i];
                else sum = Vector512.FusedMultiplyAdd(Vector512.Create(chain.Probabilities[i]), Load(x, chain.Targets[i]), sum);
            }

            Vector512.ConditionalSelect(Load(free, s), sum / Vector512.Create(1 - self), Load(x, s)).StoreUnsafe(ref x[s * Lanes]);
        }
    }

    private Vector512<double> Dot(double[] a, double[] b)
    {
        var sum = Vector512<double>.Zero;
        for (var s = 0; s < size; s += Lanes) sum = Vector512.FusedMultiplyAdd(At(a, s), At(b, s), sum);
        return sum;
    }

    // A column that is finished divides zero by zero; it then stands still.
    private static Vector512<double> Quotient(Vector512<double> a, Vector512<double> b)
    {
        var q = a / b;
        return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(q), Vector512.Create(double.PositiveInfinity)), q, Vector512<double>.Zero);
    }

    private static Vector512<double> Load(double[] x, int state) => Vector512.LoadUnsafe(ref x[state * Lanes]);

    private static Vector512<double> At(double[] x, int position) => Vector512.LoadUnsafe(ref x[position]);
}
