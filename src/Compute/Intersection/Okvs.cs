using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trellis.Compute.Intersection;

/// <summary>Where an item reads an oblivious key-value store: three rows of the sparse part and a choice of dense rows.</summary>
internal readonly record struct OkvsPlace(int First, int Second, int Third, ulong Dense);

/// <summary>
/// Oblivious key-value store: a table of 512-bit rows such that for each stored item the sum (XOR) of three sparse rows and some of 64 dense rows is its value. Garimella, Pinkas, Rosulek, Trieu and
/// Yanai (2021), "Oblivious key-value stores and amplification for private set intersection"; the sparse part is a 3-partite hash graph peeled from its leaves (threshold 1.222; we use 1.3), the
/// dense part solves what peeling leaves.
/// </summary>
internal sealed class Okvs
{
    public const int DenseRows = 64;
    private readonly int _segment;
    private readonly ulong _attempt;

    /// <param name="items">Distinct items the table is made for.</param>
    /// <param name="attempt">Number of the hash functions; the first that work are used.</param>
    public Okvs(int items, int attempt)
    {
        _segment = (int)((items * 1.3 + 240) / 3) + 1;
        _attempt = (ulong)(attempt + 1) * 0x9E3779B97F4A7C15UL;
    }

    /// <summary>Rows of the table.</summary>
    public int Rows => _segment * 3 + DenseRows;

    /// <summary>Place of an item by 128 bits of its digest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OkvsPlace PlaceOf(ulong low, ulong high)
    {
        ulong a = Mix(low ^ _attempt), b = Mix(high + _attempt), c = Mix(low + ulong.RotateLeft(high, 29) ^ _attempt);
        return new OkvsPlace(Within(a), _segment + Within(b), 2 * _segment + Within(c), Mix(a + b ^ ulong.RotateLeft(c, 17)));
    }

    /// <summary>Builds the table in <paramref name="table"/>, whose rows hold random bits for whatever is free; false when these hash functions cannot store the items.</summary>
    public bool Encode(OkvsPlace[] places, RowTable values, RowTable table)
    {
        var order = Peel(places, out var peeledAt, out var left);
        var dense = new Vector512<ulong>[DenseRows];
        for (var i = 0; i < DenseRows; i++) dense[i] = table[_segment * 3 + i];
        if (left.Count > 0 && !SolveDense(left, places, values, table, dense)) return false;
        for (var i = 0; i < DenseRows; i++) table[_segment * 3 + i] = dense[i];
        var sums = new DenseSums(dense);
        for (var k = order.Length - left.Count - 1; k >= 0; k--)
        {
            var item = order[k];
            var place = places[item];
            ref var own = ref table[peeledAt[k]];
            var others = table[place.First] ^ table[place.Second] ^ table[place.Third] ^ own;
            own = values[item] ^ others ^ sums.Of(place.Dense);
        }

        return true;
    }

    /// <summary>Reads the value at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Decode(RowTable table, DenseSums sums, in OkvsPlace place) =>
        table[place.First] ^ table[place.Second] ^ table[place.Third] ^ sums.Of(place.Dense);

    /// <summary>The dense rows of a table, summed up for reading.</summary>
    public DenseSums Dense(RowTable table)
    {
        var dense = new Vector512<ulong>[DenseRows];
        for (var i = 0; i < DenseRows; i++) dense[i] = table[_segment * 3 + i];
        return new DenseSums(dense);
    }

    // Takes away items that are alone in some row, again and again. For each row only the number of its items and the XOR of their numbers are kept.
    private int[] Peel(OkvsPlace[] places, out int[] peeledAt, out List<int> left)
    {
        var cells = new (int Count, int Items)[_segment * 3];
        for (var i = 0; i < places.Length; i++)
        {
            Touch(cells, places[i].First, i, 1);
            Touch(cells, places[i].Second, i, 1);
            Touch(cells, places[i].Third, i, 1);
        }

        var order = new int[places.Length];
        peeledAt = new int[places.Length];
        var gone = new bool[places.Length];
        var peeled = 0;
        var stack = new Stack<int>();
        for (var start = 0; start < cells.Length; start++)
        {
            stack.Push(start);
            while (stack.TryPop(out var row))
            {
                if (cells[row].Count != 1) continue;
                var item = cells[row].Items;
                (order[peeled], peeledAt[peeled++], gone[item]) = (item, row, true);
                var place = places[item];
                Touch(cells, place.First, item, -1);
                Touch(cells, place.Second, item, -1);
                Touch(cells, place.Third, item, -1);
                if (cells[place.First].Count == 1) stack.Push(place.First);
                if (cells[place.Second].Count == 1) stack.Push(place.Second);
                if (cells[place.Third].Count == 1) stack.Push(place.Third);
            }
        }

        left = [];
        for (var i = 0; i < gone.Length && peeled + left.Count < places.Length; i++)
            if (!gone[i]) left.Add(i);
        return order;
    }

    private static void Touch((int Count, int Items)[] cells, int row, int item, int by)
    {
        ref var cell = ref cells[row];
        cell.Count += by;
        cell.Items ^= item;
    }

    // Gauss over GF(2): each left item is one equation in the 64 dense rows; its sparse rows keep their random bits.
    private static bool SolveDense(List<int> left, OkvsPlace[] places, RowTable values, RowTable table, Vector512<ulong>[] dense)
    {
        if (left.Count > DenseRows) return false;
        var masks = left.Select(i => places[i].Dense).ToArray();
        var right = left.Select(i => values[i] ^ table[places[i].First] ^ table[places[i].Second] ^ table[places[i].Third]).ToArray();
        var pivots = new int[left.Count];
        for (var e = 0; e < masks.Length; e++)
        {
            if (masks[e] == 0) return false;
            pivots[e] = System.Numerics.BitOperations.TrailingZeroCount(masks[e]);
            for (var o = 0; o < masks.Length; o++)
                if (o != e && (masks[o] >> pivots[e] & 1) != 0) (masks[o], right[o]) = (masks[o] ^ masks[e], right[o] ^ right[e]);
        }

        for (var e = 0; e < masks.Length; e++)
        {
            var sum = right[e];
            for (var rest = masks[e] & ~(1UL << pivots[e]); rest != 0; rest &= rest - 1) sum ^= dense[System.Numerics.BitOperations.TrailingZeroCount(rest)];
            dense[pivots[e]] = sum;
        }

        return true;
    }

    private int Within(ulong hash) => (int)Math.BigMul(hash, (ulong)_segment, out _);

    private static ulong Mix(ulong h)
    {
        h = (h ^ h >> 32) * 0xD6E8FEB86659FD93UL;
        h = (h ^ h >> 32) * 0xD6E8FEB86659FD93UL;
        return h ^ h >> 32;
    }
}

/// <summary>Sums of every choice among eight dense rows at a time (the "four Russians" method), 128 KB.</summary>
internal sealed class DenseSums
{
    private readonly RowTable _sums = new(8 * 256);

    public DenseSums(Vector512<ulong>[] dense)
    {
        for (var group = 0; group < 8; group++)
            for (var choice = 1; choice < 256; choice++)
            {
                var low = System.Numerics.BitOperations.TrailingZeroCount(choice);
                _sums[group * 256 + choice] = _sums[group * 256 + (choice & choice - 1)] ^ dense[group * 8 + low];
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ulong> Of(ulong choice)
    {
        var sum = _sums[(int)(choice & 255)];
        for (var group = 1; group < 8; group++) sum ^= _sums[group * 256 + (int)(choice >> (8 * group) & 255)];
        return sum;
    }
}
