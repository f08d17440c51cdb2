using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Transfers;

internal enum TransferTrigger
{
    Accept,
    Decline,
    Withdraw,

    /// <summary>The deal ended before anybody answered.</summary>
    Lapse,
}

/// <summary>
/// The vendor's proposal to hand a protected registration to another partner. Neither partner reads the other's name here: the one knows that it goes, the other that it comes.
/// </summary>
internal sealed class Transfer : ITenantOwned, IVersioned, IWatched
{
    public static readonly Machine<TransferState, TransferTrigger> Machine = new("deal_transfers",
        (TransferState.Proposed, TransferTrigger.Accept, TransferState.Accepted),
        (TransferState.Proposed, TransferTrigger.Decline, TransferState.Declined),
        (TransferState.Proposed, TransferTrigger.Withdraw, TransferState.Withdrawn),
        (TransferState.Proposed, TransferTrigger.Lapse, TransferState.Lapsed));

    public TenantId TenantId { get; init; }
    public TransferId Id { get; init; }
    public DealId DealId { get; init; }

    /// <summary>Who holds it until now.</summary>
    public PartnerId FromId { get; init; }

    /// <summary>Who is asked to take it over.</summary>
    public PartnerId ToId { get; init; }

    /// <summary>The person at the one that holds it, who is told.</summary>
    public PersonId FromPerson { get; init; }

    /// <summary>What people call the deal; the one that is asked does not see the deal yet.</summary>
    public string Title { get; init; } = "";

    public TransferState State { get; private set; }

    /// <summary>Why, in words for both partners.</summary>
    public string Reason { get; init; } = "";

    public DateTime ProposedAt { get; init; }
    public PersonId ProposedBy { get; init; }
    public string ProposedByName { get; init; } = "";
    public DateTime? AnsweredAt { get; private set; }
    public string? AnsweredByName { get; private set; }

    /// <summary>What was answered, or why it was taken back.</summary>
    public string? Answer { get; private set; }

    public long Version { get; set; }

    public string Watched => DealId.ToString();

    public void Enter(TransferState state, DateTime at, string by, string? answer) => (State, AnsweredAt, AnsweredByName, Answer) = (state, at, by, answer);

    /// <summary>Moves it and writes the move down.</summary>
    public Result<TransferState> Move(Work work, TransferTrigger on, string? answer)
    {
        var next = work.Move(Machine, Id.ToString(), State, on, answer);
        if (next.Ok) Enter(next.Value, work.Now, work.Actor.Name, answer);
        return next;
    }
}

internal static class TransferTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var transfer = model.Owned<Transfer>("deals_transfer", t => new { t.TenantId, t.Id });
        transfer.HasIndex(t => new { t.TenantId, t.DealId, t.Id });
        transfer.HasIndex(t => new { t.TenantId, t.ToId, t.State });
        transfer.HasIndex(t => new { t.TenantId, t.FromId, t.State });
        transfer.HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners || t.FromId == db.Partner || t.ToId == db.Partner);
        model.Published<TransferRow>().HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners || t.FromId == db.Partner || t.ToId == db.Partner);
    }
}
