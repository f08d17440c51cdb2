using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Relations;

/// <summary>Names a partner's claim to hold a customer relation.</summary>
internal readonly record struct RelationClaimId(Guid Value) : ITypedId<RelationClaimId>
{
    public static string Prefix => "rclm";
    public static RelationClaimId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out RelationClaimId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum RelationClaimState
{
    Waiting,
    Confirmed,
    Refused,
    Withdrawn,
}

internal enum RelationClaimTrigger
{
    Confirm,
    Refuse,
    Withdraw,
}

/// <summary>A partner says on its deal that it holds the relation with the customer. It counts when the vendor's people confirm it.</summary>
internal sealed class RelationClaim : ITenantOwned, IVersioned, IWatched
{
    public static readonly Machine<RelationClaimState, RelationClaimTrigger> Machine = new("relation_claims",
        (RelationClaimState.Waiting, RelationClaimTrigger.Confirm, RelationClaimState.Confirmed),
        (RelationClaimState.Waiting, RelationClaimTrigger.Refuse, RelationClaimState.Refused),
        (RelationClaimState.Waiting, RelationClaimTrigger.Withdraw, RelationClaimState.Withdrawn));

    public TenantId TenantId { get; init; }
    public RelationClaimId Id { get; init; }
    public DealId DealId { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>The customer as the partner has written it on its deal.</summary>
    public string CustomerName { get; init; } = "";

    /// <summary>On what the claim rests, in the partner's words.</summary>
    public string Basis { get; init; } = "";

    public DateOnly Since { get; init; }
    public RelationClaimState State { get; private set; }
    public DateTime ClaimedAt { get; init; }
    public PersonId ClaimedBy { get; init; }
    public string ClaimedByName { get; init; } = "";
    public DateTime? AnsweredAt { get; private set; }
    public string? AnsweredByName { get; private set; }

    /// <summary>Why, in words that the partner reads.</summary>
    public string? Answer { get; private set; }

    public long Version { get; set; }

    public string Watched => DealId.ToString();

    /// <summary>Moves it and writes the move down.</summary>
    public Result<RelationClaimState> Move(Work work, RelationClaimTrigger on, string? answer)
    {
        var next = work.Move(Machine, Id.ToString(), State, on, answer);
        if (next.Ok) Enter(next.Value, work.Now, work.Actor.Name, answer);
        return next;
    }

    public void Enter(RelationClaimState state, DateTime at, string by, string? answer) => (State, AnsweredAt, AnsweredByName, Answer) = (state, at, by, answer);
}
