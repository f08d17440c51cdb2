using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trellis.Compute.Intersection;

/// <summary>Rows of 512 bits, each in one cache line.</summary>
internal sealed class RowTable
{
    private readonly byte[] _bytes;
    private readonly int _offset;

    public RowTable(int rows)
    {
        if (rows > (int.MaxValue - 64) / 64) throw new ArgumentOutOfRangeException(nameof(rows), "At most 33 million rows.");
        Rows = rows;
        _bytes = GC.AllocateArray<byte>(rows * 64 + 64, pinned: true);
        _offset = (int)(64 - Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0) % 64) % 64;
    }

    public int Rows { get; }

    public ref Vector512<ulong> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.As<byte, Vector512<ulong>>(ref _bytes[_offset + row * 64]);
    }

    /// <summary>All rows as bytes.</summary>
    public Span<byte> Bytes => _bytes.AsSpan(_offset, Rows * 64);
}
