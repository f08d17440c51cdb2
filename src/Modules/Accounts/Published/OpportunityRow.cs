using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>Names an opportunity of the vendor's CRM.</summary>
public readonly record struct OpportunityId(Guid Value) : ITypedId<OpportunityId>
{
    public static string Prefix => "opp";
    public static OpportunityId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out OpportunityId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>The stage words of the vendor's CRM.</summary>
public enum OpportunityStage
{
    Prospecting,
    Engaging,
    Won,
    Lost,
}

/// <summary>An opportunity mirrored from the vendor's CRM, as other modules may read it.</summary>
[PublishedRow("accounts_opportunity")]
public sealed class OpportunityRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public OpportunityId Id { get; init; }

    /// <summary>The identifier in the CRM.</summary>
    public string ExternalId { get; init; } = "";

    /// <summary>Null where the CRM names no account.</summary>
    public AccountId? AccountId { get; init; }

    public ProductId? ProductId { get; init; }

    /// <summary>The seller by name as the CRM writes it.</summary>
    public string? OwnerName { get; init; }

    /// <summary>Whose it is: the person whom the name means; null where it means nobody here, or several people.</summary>
    public PersonId? OwnerId { get; init; }

    public OpportunityStage Stage { get; init; }

    /// <summary>Minor units of <see cref="Currency"/>; null while no amount is known.</summary>
    public long? Amount { get; init; }

    public string Currency { get; init; } = "";
    public DateOnly? OpenedOn { get; init; }
    public DateOnly? StageChangedOn { get; init; }
    public DateOnly? ClosedOn { get; init; }

    /// <summary>When it is expected to close, while it is open.</summary>
    public DateOnly? ExpectedOn { get; init; }
}
