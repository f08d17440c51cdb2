using System.Collections.Frozen;

namespace Trellis.Compute.Matching;

/// <summary>
/// What exchanges and data vendors append to a name: share class, nominal value with a currency mnemonic ("DL-,01", "EO 2,50"),
/// depositary receipts, "o.N." (no par value), and what customer systems append: "(inactive)", "do not use".
/// </summary>
internal static class Decorations
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words =
        ("on inh nam vna vzo vz adr adrs gdr gdrs ads adss spons sponsored unsp unspons unsponsored sp uns reg regs 144a class cl cls common stock shares share ordinary ord "
         + "shs stapled pfd pref preferred units unit konv sv vtg series ser dep depositary depository receipts receipt npv prom opr cdi cva cert certificates warrants wts "
         + "redeemable non voting nonvoting subordinate subordinated restricted namen inhaber aktien pto ctf stk bearer registered rights eo dl "
         + "na nom st sts wi demat paired ps gd gdrs bdr cdr rts new compartment konv vinkl svna bs eq ucits inactive duplicate dup obsolete archived donotuse old test")
            .Split(' ').ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    // Deutsche Börse (WM Datenservice) currency mnemonics in security names.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Currencies =
        "dl eo ls sf sk nk dk yn yc hd rp zy rl ad cd is sd ba mr tb kc uf rc ra re rs nd mn pp kd qr ns dm ft lb tn rm sw wn tq sl lt bd ka eg pn pk cu ik cp ct rn sn ld"
            .Split(' ').ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for a word that, at the end of a name, describes the share or the record and not the company.</summary>
    public static bool IsWord(ReadOnlySpan<char> word) => Words.Contains(word);

    /// <summary>True for a currency mnemonic, alone ("dl") or with its amount glued on ("rp100").</summary>
    public static bool IsCurrency(ReadOnlySpan<char> word, out bool withAmount)
    {
        withAmount = word.Length > 2 && IsNumber(word[2..]);
        return (word.Length == 2 || withAmount) && Currencies.Contains(word[..2]);
    }

    /// <summary>True when all characters are digits.</summary>
    public static bool IsNumber(ReadOnlySpan<char> word) => !word.IsEmpty && word.IndexOfAnyExceptInRange('0', '9') < 0;
}
