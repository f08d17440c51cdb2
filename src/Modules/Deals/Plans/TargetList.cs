using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>Names a target list.</summary>
internal readonly record struct TargetListId(Guid Value) : ITypedId<TargetListId>
{
    public static string Prefix => "tlst";
    public static TargetListId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out TargetListId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Names a company on a target list.</summary>
internal readonly record struct TargetId(Guid Value) : ITypedId<TargetId>
{
    public static string Prefix => "tgt";
    public static TargetId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out TargetId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Where both stand with a target.</summary>
internal enum TargetState
{
    ToApproach,
    Contacted,
    Meeting,
    Deal,
    Dropped,
}

/// <summary>Companies that the vendor and one partner want to win together, and what both say to them.</summary>
internal sealed class TargetList : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public TargetListId Id { get; init; }

    /// <summary>The partner with which it is shared.</summary>
    public PartnerId PartnerId { get; init; }

    public string Name { get; private set; } = "";

    /// <summary>The value proposition, in the words that both use. Earlier wordings stand in the audit.</summary>
    public string Message { get; private set; } = "";

    /// <summary>Counts the wordings of the message.</summary>
    public int MessageNumber { get; private set; }

    public DateTime? MessageAt { get; private set; }
    public string? MessageByName { get; private set; }
    public DateTime CreatedAt { get; init; }
    public string CreatedByName { get; init; } = "";
    public DateTime? ArchivedAt { get; set; }
    public long Version { get; set; }

    public void Write(string name, string message, DateTime at, string by)
    {
        Name = name;
        if (message == Message) return;
        (Message, MessageNumber, MessageAt, MessageByName) = (message, MessageNumber + 1, at, by);
    }
}

/// <summary>A company on a target list.</summary>
internal sealed class Target : ITenantOwned, IVersioned, IWatched
{
    public TenantId TenantId { get; init; }
    public TargetId Id { get; init; }
    public TargetListId ListId { get; init; }

    /// <summary>The partner of the list; it stands here so that a filter needs no second table.</summary>
    public PartnerId PartnerId { get; init; }

    /// <summary>The account, as the vendor knows it; a partner never reads whether there is one.</summary>
    public AccountId? AccountId { get; set; }

    public string Name { get; init; } = "";
    public string? City { get; init; }
    public string? Country { get; init; }

    /// <summary>The company's name for comparison: one company stands once on a list.</summary>
    public string NameKey { get; init; } = "";

    public string SearchText { get; init; } = "";

    /// <summary>The partner has put it on the list.</summary>
    public bool Proposed { get; init; }

    public TargetState State { get; set; }

    /// <summary>Whose turn it is.</summary>
    public DealSide NextSide { get; set; }

    /// <summary>What both want to reach with the company.</summary>
    public string? Aim { get; set; }

    public string? NextStep { get; set; }
    public DateOnly? NextOn { get; set; }

    /// <summary>People at the company whose names both sides share.</summary>
    public string? Contacts { get; set; }

    /// <summary>The registration that was made from it, or the draft that its partner has begun: that one is read by the partner alone, as its drafts are.</summary>
    public DealId? DealId { get; set; }

    public DateTime AddedAt { get; init; }
    public string AddedByName { get; init; } = "";
    public DateTime ChangedAt { get; set; }
    public string ChangedByName { get; set; } = "";
    public long Version { get; set; }

    public string Watched => Id.ToString();
}
