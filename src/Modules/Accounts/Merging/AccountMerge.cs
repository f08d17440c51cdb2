using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

/// <summary>Names a merge of two accounts.</summary>
internal readonly record struct MergeId(Guid Value) : ITypedId<MergeId>
{
    public static string Prefix => "amrg";
    public static MergeId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out MergeId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What moved from one account to the other, so that it can move back.</summary>
internal sealed record MovedRecords(
    IReadOnlyList<OpportunityId> Opportunities, IReadOnlyList<ContactId> Contacts, IReadOnlyList<AccountId> Subsidiaries, IReadOnlyList<string> Aliases, IReadOnlyList<string> NewAliases, MergedFields? Fields = null)
{
    /// <summary>What was written by hand on both, as it was before; null in merges of an earlier release.</summary>
    public IReadOnlyList<string>? ByHand { get; init; }
}

/// <summary>Two accounts that became one. The one that went is kept as a snapshot; its address leads to the one that stayed.</summary>
internal sealed class AccountMerge : ITenantOwned, IVersioned
{
    /// <summary>So long it can be undone.</summary>
    public static readonly TimeSpan UndoFor = TimeSpan.FromDays(30);

    public TenantId TenantId { get; init; }
    public MergeId Id { get; init; }
    public AccountId FromId { get; init; }
    public AccountId IntoId { get; init; }
    public required string FromName { get; init; }
    public required string IntoName { get; init; }

    /// <summary>The identifier in the CRM of the account that went: the CRM may go on to name it.</summary>
    public string? FromExternalId { get; init; }

    /// <summary>JSON: the account that went.</summary>
    public required string From { get; init; }

    /// <summary>JSON: the account that stayed, as it was before.</summary>
    public required string Before { get; init; }

    /// <summary>JSON: <see cref="MovedRecords"/>.</summary>
    public required string Moved { get; init; }

    /// <summary>The version that the merge gave to the account that stayed.</summary>
    public long Written { get; set; }

    public DateTime At { get; init; }
    public PersonId By { get; init; }
    public required string ByName { get; init; }
    public DateTime? UndoneAt { get; private set; }
    public string? UndoneByName { get; private set; }
    public long Version { get; set; }

    public void Undo(DateTime at, string by) => (UndoneAt, UndoneByName) = (at, by);
}

/// <summary>What people have said about two accounts that look alike.</summary>
internal enum DuplicateState
{
    Open,
    Merged,

    /// <summary>Two companies: the pair is not proposed again.</summary>
    Different,
}

internal readonly record struct DuplicateId(Guid Value) : ITypedId<DuplicateId>
{
    public static string Prefix => "adup";
    public static DuplicateId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out DuplicateId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Two accounts that are probably one company.</summary>
internal sealed class DuplicatePair : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public DuplicateId Id { get; init; }

    /// <summary>The account that came first.</summary>
    public AccountId LeftId { get; init; }

    public AccountId RightId { get; init; }

    /// <summary>The probability in basis points.</summary>
    public int Score { get; set; }

    /// <summary>JSON: why, in words.</summary>
    public required string Reasons { get; set; }

    public DuplicateState State { get; private set; }
    public DateTime FoundAt { get; init; }
    public DateTime? DecidedAt { get; private set; }
    public string? DecidedByName { get; private set; }
    public long Version { get; set; }

    public void Decide(DuplicateState state, DateTime at, string by) => (State, DecidedAt, DecidedByName) = (state, at, by);

    public void Reopen() => (State, DecidedAt, DecidedByName) = (DuplicateState.Open, null, null);
}
