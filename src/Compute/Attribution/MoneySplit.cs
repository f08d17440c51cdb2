namespace Trellis.Compute.Attribution;

/// <summary>Splits whole minor units by shares so that not one unit is lost or invented.</summary>
public static class MoneySplit
{
    private const long One = 1L << 62;

    /// <summary>
    /// Splits an amount by the method of largest remainders (Hamilton; Balinski and Young, Fair Representation, 1982). What the shares
    /// leave over belongs to nobody and takes part like one more claimant, so parts and rest always add to the amount exactly.
    /// Ties go to the larger share, then to the earlier claimant. A negative amount (a reversal) is split like its opposite.
    /// </summary>
    /// <param name="amount">Minor units.</param>
    /// <param name="shares">Shares from 0 to 1 that add to 1 or less.</param>
    /// <param name="parts">Receives one amount per share.</param>
    /// <returns>The units that nobody gets.</returns>
    /// <exception cref="ArgumentException">A share is negative or not a number, or the sum exceeds 1 by more than rounding.</exception>
    public static long Split(long amount, ReadOnlySpan<double> shares, Span<long> parts)
    {
        if (parts.Length != shares.Length) throw new ArgumentException("One part per share is needed.", nameof(parts));
        var weights = shares.Length <= 63 ? stackalloc long[shares.Length + 1] : new long[shares.Length + 1];
        var total = Weigh(shares, weights);
        var remainders = weights.Length <= 64 ? stackalloc Int128[weights.Length] : new Int128[weights.Length];
        // A fixed-point weight and a 128-bit product make quotas and remainders exact for any amount.
        Int128 size = amount < 0 ? -(Int128)amount : amount;
        var left = size;
        var rest = Int128.Zero;
        for (var i = 0; i < weights.Length; i++)
        {
            var (quota, remainder) = Int128.DivRem(size * weights[i], total);
            remainders[i] = remainder;
            left -= quota;
            if (i < parts.Length) parts[i] = (long)quota;
            else rest = quota;
        }

        for (; left > 0; left--)
        {
            var best = 0;
            for (var i = 1; i < weights.Length; i++)
                if (remainders[i] > remainders[best] || (remainders[i] == remainders[best] && weights[i] > weights[best])) best = i;
            remainders[best] = -1;
            if (best < parts.Length) parts[best]++;
            else rest++;
        }

        if (amount >= 0) return (long)rest;
        foreach (ref var part in parts) part = -part;
        return (long)-rest;
    }

    private static Int128 Weigh(ReadOnlySpan<double> shares, Span<long> weights)
    {
        var sum = Int128.Zero;
        for (var i = 0; i < shares.Length; i++)
        {
            if (!(shares[i] >= 0 && shares[i] <= 1 + 1e-9)) throw new ArgumentException($"Share {i} is {shares[i]}, outside 0 … 1.", nameof(shares));
            weights[i] = (long)Math.Round(Math.Min(shares[i], 1) * One);
            sum += weights[i];
        }

        var rest = One - sum;
        if (rest < -(One / 1_000_000_000)) throw new ArgumentException($"The shares add to {(double)sum / One}, more than 1.", nameof(shares));
        // A rest that is only the rounding of shares such as 1/3 must not claim a unit.
        weights[^1] = rest > One / 1_000_000_000_000 ? (long)rest : 0;
        return sum + weights[^1] is var total && total > 0 ? total : One;
    }
}
