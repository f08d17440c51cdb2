namespace Trellis.Compute.Matching;

/// <summary>Rows by a 64-bit key, chained in the order of adding; 0 is no key.</summary>
internal sealed class HashChains
{
    private ulong[] _keys;
    private int[] _heads;
    private int[] _next;
    private int _count;

    /// <param name="rows">Rows expected; more are welcome.</param>
    public HashChains(int rows = 8)
    {
        _next = new int[Math.Max(8, rows)];
        var slots = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, rows) * 2);
        (_keys, _heads) = (new ulong[slots], new int[slots]);
    }

    /// <summary>Adds a row under a key.</summary>
    public void Add(ulong key, int row)
    {
        if (key == 0) return;
        if (row >= _next.Length) Array.Resize(ref _next, Math.Max(row + 1, _next.Length * 2));
        var slot = Slot(key);
        if (_keys[slot] == 0)
        {
            _keys[slot] = key;
            _heads[slot] = -1;
            _count++;
        }

        _next[row] = _heads[slot];
        _heads[slot] = row;
        if (_count * 2 > _keys.Length) Grow();
    }

    /// <summary>The last row added under the key, or −1.</summary>
    public int First(ulong key)
    {
        if (key == 0) return -1;
        var slot = Slot(key);
        return _keys[slot] == 0 ? -1 : _heads[slot];
    }

    /// <summary>The row added under the same key before this one, or −1.</summary>
    public int After(int row) => _next[row];

    private int Slot(ulong key)
    {
        var mask = _keys.Length - 1;
        var slot = (int)(key >> 20) & mask;
        while (_keys[slot] != 0 && _keys[slot] != key) slot = slot + 1 & mask;
        return slot;
    }

    private void Grow()
    {
        var (keys, heads) = (_keys, _heads);
        _keys = new ulong[keys.Length * 2];
        _heads = new int[keys.Length * 2];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] == 0) continue;
            var slot = Slot(keys[i]);
            (_keys[slot], _heads[slot]) = (keys[i], heads[i]);
        }
    }
}
