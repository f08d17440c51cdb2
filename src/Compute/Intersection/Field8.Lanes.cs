using System.Runtime.Intrinsics;

namespace Trellis.Compute.Intersection;

/// <summary>Choices by lane and the canonical form.</summary>
internal partial struct Field8
{
    /// <summary>Exchanges f and g in the lanes whose mask is all ones.</summary>
    public static void Swap(ref Field8 f, ref Field8 g, Vector512<ulong> mask)
    {
        Vector512<ulong> t;
        t = mask & (f.L0 ^ g.L0);
        f.L0 ^= t;
        g.L0 ^= t;
        t = mask & (f.L1 ^ g.L1);
        f.L1 ^= t;
        g.L1 ^= t;
        t = mask & (f.L2 ^ g.L2);
        f.L2 ^= t;
        g.L2 ^= t;
        t = mask & (f.L3 ^ g.L3);
        f.L3 ^= t;
        g.L3 ^= t;
        t = mask & (f.L4 ^ g.L4);
        f.L4 ^= t;
        g.L4 ^= t;
        t = mask & (f.L5 ^ g.L5);
        f.L5 ^= t;
        g.L5 ^= t;
        t = mask & (f.L6 ^ g.L6);
        f.L6 ^= t;
        g.L6 ^= t;
        t = mask & (f.L7 ^ g.L7);
        f.L7 ^= t;
        g.L7 ^= t;
        t = mask & (f.L8 ^ g.L8);
        f.L8 ^= t;
        g.L8 ^= t;
        t = mask & (f.L9 ^ g.L9);
        f.L9 ^= t;
        g.L9 ^= t;
    }

    /// <summary>h = g in the lanes whose mask is all ones, f elsewhere.</summary>
    public static void Select(out Field8 h, in Field8 f, in Field8 g, Vector512<ulong> mask)
    {
        h.L0 = Vector512.ConditionalSelect(mask, g.L0, f.L0);
        h.L1 = Vector512.ConditionalSelect(mask, g.L1, f.L1);
        h.L2 = Vector512.ConditionalSelect(mask, g.L2, f.L2);
        h.L3 = Vector512.ConditionalSelect(mask, g.L3, f.L3);
        h.L4 = Vector512.ConditionalSelect(mask, g.L4, f.L4);
        h.L5 = Vector512.ConditionalSelect(mask, g.L5, f.L5);
        h.L6 = Vector512.ConditionalSelect(mask, g.L6, f.L6);
        h.L7 = Vector512.ConditionalSelect(mask, g.L7, f.L7);
        h.L8 = Vector512.ConditionalSelect(mask, g.L8, f.L8);
        h.L9 = Vector512.ConditionalSelect(mask, g.L9, f.L9);
    }

    /// <summary>All ones in the lanes where two canonical elements are equal.</summary>
    public static Vector512<ulong> Equal(in Field8 f, in Field8 g)
    {
        var same = Vector512.Equals(f.L0, g.L0);
        same &= Vector512.Equals(f.L1, g.L1);
        same &= Vector512.Equals(f.L2, g.L2);
        same &= Vector512.Equals(f.L3, g.L3);
        same &= Vector512.Equals(f.L4, g.L4);
        same &= Vector512.Equals(f.L5, g.L5);
        same &= Vector512.Equals(f.L6, g.L6);
        same &= Vector512.Equals(f.L7, g.L7);
        same &= Vector512.Equals(f.L8, g.L8);
        same &= Vector512.Equals(f.L9, g.L9);
        return same;
    }

    /// <summary>Reduces to the one representative below p.</summary>
    public void Canonical()
    {
        Tighten();
        Tighten();
        var q = (L0 + Vector512.Create(19UL)) >> 26;
        q = (L1 + q) >> 25;
        q = (L2 + q) >> 26;
        q = (L3 + q) >> 25;
        q = (L4 + q) >> 26;
        q = (L5 + q) >> 25;
        q = (L6 + q) >> 26;
        q = (L7 + q) >> 25;
        q = (L8 + q) >> 26;
        q = (L9 + q) >> 25;
        L0 += Wide(q, Vector512.Create(19UL));
        L1 += L0 >> 26;
        L0 &= Low26;
        L2 += L1 >> 25;
        L1 &= Low25;
        L3 += L2 >> 26;
        L2 &= Low26;
        L4 += L3 >> 25;
        L3 &= Low25;
        L5 += L4 >> 26;
        L4 &= Low26;
        L6 += L5 >> 25;
        L5 &= Low25;
        L7 += L6 >> 26;
        L6 &= Low26;
        L8 += L7 >> 25;
        L7 &= Low25;
        L9 += L8 >> 26;
        L8 &= Low26;
        L9 &= Low25;
    }
}
