namespace Trellis.Compute.Attribution;

/// <summary>What a partner did on a deal; one partner may have several roles.</summary>
public enum PartnerRole : byte
{
    /// <summary>Brought the deal.</summary>
    Sourced,

    /// <summary>Helped to win it.</summary>
    Influenced,

    /// <summary>Sold it on its own paper.</summary>
    Sold,

    /// <summary>Implemented it.</summary>
    Delivered,

    /// <summary>Kept the customer: support, adoption, renewal.</summary>
    Retained,
}

/// <summary>Who worked on each deal: deal <c>d</c> has the members <c>Offsets[d] … Offsets[d+1]-1</c>, each a channel (partner) index.</summary>
/// <remarks>The arrays are taken over, not copied.</remarks>
public sealed class DealTeams
{
    /// <summary>Checks and takes over the two main arrays.</summary>
    /// <exception cref="ArgumentException">An offset falls or a member is out of range.</exception>
    public DealTeams(int channels, int[] offsets, int[] members)
    {
        Rows.Check(offsets, members.Length, "deal");
        Rows.CheckCodes(members, channels, "member");
        (Channels, Offsets, Members) = (channels, offsets, members);
    }

    /// <summary>Number of channels.</summary>
    public int Channels { get; }

    /// <summary>Where each deal's members begin; one more entry than deals.</summary>
    public int[] Offsets { get; }

    /// <summary>The channel of each member.</summary>
    public int[] Members { get; }

    /// <summary>The role of each member; needed for role points.</summary>
    public PartnerRole[]? Roles { get; init => field = Rows.Sized(value, Members.Length, nameof(Roles)); }

    /// <summary>The agreed share of each member, 0 to 1; needed for the agreed split.</summary>
    public double[]? AgreedShares { get; init => field = Rows.Sized(value, Members.Length, nameof(AgreedShares)); }

    /// <summary>Number of deals.</summary>
    public int Count => Offsets.Length - 1;
}

/// <summary>Fixed points per role out of 100; partners with the same role on a deal share its points.</summary>
public readonly record struct RolePoints(double Sourced, double Influenced, double Sold, double Delivered, double Retained)
{
    /// <summary>Points of one role.</summary>
    public double this[PartnerRole role] => role switch
    {
        PartnerRole.Sourced => Sourced,
        PartnerRole.Influenced => Influenced,
        PartnerRole.Sold => Sold,
        PartnerRole.Delivered => Delivered,
        PartnerRole.Retained => Retained,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role."),
    };

    internal void Check()
    {
        if (!(Sourced >= 0 && Influenced >= 0 && Sold >= 0 && Delivered >= 0 && Retained >= 0) || Sourced + Influenced + Sold + Delivered + Retained > 100 + 1e-9)
            throw new ArgumentException($"Role points are at least 0 and add to 100 or less: {this}.");
    }
}
