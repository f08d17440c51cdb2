namespace Trellis.Compute.Learning;

/// <summary>Solves symmetric positive definite systems in place: A = L·Lᵀ, row-major, only the lower triangle is read.</summary>
internal static class Cholesky
{
    /// <summary>Factors in place; false when the matrix is not positive definite.</summary>
    public static bool Factor(double[] a, int n)
    {
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var sum = a[i * n + j] - System.Numerics.Tensors.TensorPrimitives.Dot(a.AsSpan(i * n, j), (ReadOnlySpan<double>)a.AsSpan(j * n, j));
                if (i == j)
                {
                    if (!(sum > 0)) return false;
                    a[j * n + j] = Math.Sqrt(sum);
                }
                else a[i * n + j] = sum / a[j * n + j];
            }
        }

        return true;
    }

    /// <summary>Overwrites b with the solution.</summary>
    public static void Solve(double[] factor, int n, Span<double> b)
    {
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++) b[i] -= factor[i * n + k] * b[k];
            b[i] /= factor[i * n + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) b[i] -= factor[k * n + i] * b[k];
            b[i] /= factor[i * n + i];
        }
    }
}
