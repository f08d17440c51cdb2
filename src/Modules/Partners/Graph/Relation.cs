using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Partners.Graph;

/// <summary>How one partner is tied to another, read from left to right.</summary>
internal enum RelationKind
{
    /// <summary>The left one, a distributor, supplies the right one.</summary>
    Supplies,

    /// <summary>The left one owns the right one.</summary>
    ParentOf,
    WorksWith,

    /// <summary>Their products work together, with or without the vendor.</summary>
    IntegratesWith,

    /// <summary>The left one sends customers to the right one.</summary>
    RefersTo,

    /// <summary>The left one has work done by the right one.</summary>
    SubcontractsTo,
}

/// <summary>A tie between two partners.</summary>
internal sealed class Relation : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PartnerId FromId { get; init; }
    public PartnerId ToId { get; init; }
    public RelationKind Kind { get; init; }

    /// <summary>What they do together.</summary>
    public string? Note { get; init; }
    public DateTime Since { get; init; }
}

/// <summary>How a partner is tied to a customer, read from left to right.</summary>
internal enum CustomerTieKind
{
    /// <summary>It sells to it or has done so.</summary>
    SellsTo,
    Advises,
    Implements,
    Operates,

    /// <summary>Its people know the people who decide.</summary>
    Knows,
}

/// <summary>A tie between a partner and a customer account: one's own, shown to no other partner.</summary>
internal sealed class CustomerTie : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }
    public AccountId AccountId { get; init; }
    public CustomerTieKind Kind { get; init; }
    public string? Note { get; init; }
    public string By { get; init; } = "";
    public DateTime Since { get; init; }

    /// <summary>The same tie to another account.</summary>
    public CustomerTie To(AccountId account) => new() { TenantId = TenantId, PartnerId = PartnerId, AccountId = account, Kind = Kind, Note = Note, By = By, Since = Since };
}

/// <summary>That one partner stands above another in a group of companies, over any number of steps: kept beside the ties, so that a question about all subsidiaries is one look-up.</summary>
internal sealed class Lineage : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public PartnerId AncestorId { get; init; }
    public PartnerId DescendantId { get; init; }

    /// <summary>1 for parent and child.</summary>
    public int Depth { get; init; }
}

/// <summary>The words for ties.</summary>
internal static class RelationWords
{
    public static string How(RelationKind kind, bool forward) => (kind, forward) switch
    {
        (RelationKind.Supplies, true) => "Supplies",
        (RelationKind.Supplies, false) => "Supplied by",
        (RelationKind.ParentOf, true) => "Parent of",
        (RelationKind.ParentOf, false) => "Subsidiary of",
        (RelationKind.IntegratesWith, _) => "Integrates with",
        (RelationKind.RefersTo, true) => "Refers customers to",
        (RelationKind.RefersTo, false) => "Is sent customers by",
        (RelationKind.SubcontractsTo, true) => "Has work done by",
        (RelationKind.SubcontractsTo, false) => "Works for",
        _ => "Works with",
    };

    public static string How(CustomerTieKind kind) => kind switch
    {
        CustomerTieKind.SellsTo => "Sells to",
        CustomerTieKind.Advises => "Advises",
        CustomerTieKind.Implements => "Implements for",
        CustomerTieKind.Operates => "Operates for",
        _ => "Knows people at",
    };
}
