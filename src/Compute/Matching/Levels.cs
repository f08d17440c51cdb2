namespace Trellis.Compute.Matching;

/// <summary>Levels of agreement of each field, and their packing into one number, by which equal pairs are counted together.</summary>
internal static class Levels
{
    public const int Shares = 9;
    public const int Rarities = 5;

    // Lower bounds of the bins, falling; the first name bin is "the same sorted words".
    private static readonly float[] ShareBounds = [2f, .95f, .85f, .75f, .65f, .55f, .45f, .30f];
    private static readonly float[] RarityBounds = [.5f, .8f, 1.1f, 1.5f]; // in units of log2(number of names)

    /// <summary>Levels of each <see cref="MatchField"/>, the missing one included.</summary>
    public static readonly int[] Count = [1 + Shares * Rarities, 4, 3, 3, 4, 4, 3];

    private static readonly int[] Radix = MakeRadix();

    /// <summary>Number of different patterns.</summary>
    public static readonly int Patterns = Count.Aggregate(1, (a, b) => a * b);

    /// <summary>Level of a field in a pattern.</summary>
    public static int Of(int pattern, MatchField field) => pattern / Radix[(int)field] % Count[(int)field];

    public static int NameLevel(int share, int rarity) => 1 + share * Rarities + rarity;

    /// <summary>Compares two rows and packs the levels.</summary>
    public static int Pattern(CompanyTable left, int a, CompanyTable right, int b, WordWeights weights)
    {
        ref readonly var x = ref left[a];
        ref readonly var y = ref right[b];
        var pattern = 0;
        if (x.Key != 0 && y.Key != 0)
        {
            var same = x.Key == y.Key;
            pattern = NameLevelOf(same, same ? NameComparer.Same(left.Tokens(a), weights) : NameComparer.Compare(left, a, right, b, weights), weights.Unknown);
        }

        pattern += Radix[1] * Domain(x.Domain, x.Label, y.Domain, y.Label);
        pattern += Radix[2] * Equal(x.Tax, y.Tax);
        pattern += Radix[3] * Equal(x.Country, y.Country);
        pattern += Radix[4] * Near(x.City, y.City);
        pattern += Radix[5] * Near(x.Postcode, y.Postcode);
        return pattern + Radix[6] * Equal(x.Sector, y.Sector);
    }

    private static int NameLevelOf(bool sameWords, NameAgreement agreement, float scale)
    {
        var share = 0;
        if (!sameWords)
            for (share = 1; share < ShareBounds.Length && agreement.Share < ShareBounds[share]; share++) { }
        var rarity = 0;
        while (rarity < RarityBounds.Length && agreement.Bits >= RarityBounds[rarity] * scale) rarity++;
        return NameLevel(share, rarity);
    }

    private static int Equal(ulong a, ulong b) => a == 0 || b == 0 ? 0 : a == b ? 1 : 2;

    private static int Domain(ulong a, uint labelA, ulong b, uint labelB) => a == 0 || b == 0 ? 0 : a == b ? 1 : labelA == labelB ? 2 : 3;

    // Values that carry a hash of their beginning in the upper half.
    private static int Near(ulong a, ulong b) => a == 0 || b == 0 ? 0 : a == b ? 1 : a >> 32 == b >> 32 ? 2 : 3;

    private static int[] MakeRadix()
    {
        var radix = new int[Count.Length];
        radix[0] = 1;
        for (var i = 1; i < radix.Length; i++) radix[i] = radix[i - 1] * Count[i - 1];
        return radix;
    }
}
