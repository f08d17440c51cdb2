using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Trellis.Compute.Attribution;

/// <summary>Numbers channel names as they are met, straight from UTF-8 bytes.</summary>
public sealed class ChannelTable
{
    private struct Slot
    {
        public ulong Head;
        public ulong Next;
        public int Length;
        public int Code;
    }

    private readonly List<byte[]> names = [];
    private Slot[] slots = new Slot[256];
    private int shift = 64 - 8;

    /// <summary>An empty table.</summary>
    public ChannelTable()
    {
    }

    /// <summary>A table that goes on from another one, which stays as it is.</summary>
    public ChannelTable(ChannelTable other)
    {
        names.AddRange(other.names);
        (slots, shift) = ([.. other.slots], other.shift);
    }

    /// <summary>Number of names.</summary>
    public int Count => names.Count;

    /// <summary>The name of a code.</summary>
    public string Name(int code) => Encoding.UTF8.GetString(names[code]);

    internal ReadOnlySpan<byte> Bytes(int code) => names[code];

    /// <summary>The code of a name, a new one if it was not met before.</summary>
    public int Code(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) throw new ArgumentException("A channel needs a name.", nameof(name));
        Span<byte> first = stackalloc byte[16];
        first.Clear();
        name[..Math.Min(16, name.Length)].CopyTo(first);
        return Find(MemoryMarshal.Read<ulong>(first), MemoryMarshal.Read<ulong>(first[8..]), name);
    }

    /// <summary>As <see cref="Code"/>, for a name after whose first byte at least 16 may be read: the common case, without copying.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Code(ref byte start, int length)
    {
        var head = Unsafe.ReadUnaligned<ulong>(ref start);
        var next = 0UL;
        if (length < 8) head &= (1UL << (8 * length)) - 1;
        else if (length > 8)
        {
            next = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, 8));
            if (length < 16) next &= (1UL << (8 * (length - 8))) - 1;
        }

        ref var slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slots), (nint)(Hash(head, next, length) >> shift));
        if (slot.Head == head && slot.Next == next && slot.Length == length && length <= 16) return slot.Code;
        return Find(head, next, MemoryMarshal.CreateReadOnlySpan(ref start, length));
    }

    private static ulong Hash(ulong head, ulong next, int length) => (head ^ BitOperations.RotateLeft(next, 29) ^ (ulong)length) * 0x9E3779B97F4A7C15UL;

    private int Find(ulong head, ulong next, ReadOnlySpan<byte> name)
    {
        var mask = slots.Length - 1;
        for (var at = (int)(Hash(head, next, name.Length) >> shift); ; at = (at + 1) & mask)
        {
            ref var slot = ref slots[at];
            if (slot.Length == 0 && name.Length > 0) break;
            if (slot.Head == head && slot.Next == next && slot.Length == name.Length && names[slot.Code].AsSpan().SequenceEqual(name)) return slot.Code;
        }

        return Add(head, next, name);
    }

    private int Add(ulong head, ulong next, ReadOnlySpan<byte> name)
    {
        names.Add(name.ToArray());
        if (names.Count * 4 > slots.Length)
        {
            var old = slots;
            (slots, shift) = (new Slot[old.Length * 4], shift - 2);
            foreach (var slot in old)
                if (slot.Length > 0) Put(slot);
        }

        Put(new Slot { Head = head, Next = next, Length = name.Length, Code = names.Count - 1 });
        return names.Count - 1;
    }

    private void Put(Slot slot)
    {
        var at = (int)(Hash(slot.Head, slot.Next, slot.Length) >> shift);
        while (slots[at].Length > 0) at = (at + 1) & (slots.Length - 1);
        slots[at] = slot;
    }
}
