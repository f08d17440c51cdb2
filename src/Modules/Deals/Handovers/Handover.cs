using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>Names a handover.</summary>
internal readonly record struct HandoverId(Guid Value) : ITypedId<HandoverId>
{
    public static string Prefix => "hov";
    public static HandoverId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out HandoverId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A system of the vendor's in which a deal goes on.</summary>
internal enum ConnectedKind
{
    /// <summary>Where sellers keep opportunities: it gets what is approved.</summary>
    Crm,

    /// <summary>Where orders are fulfilled and invoiced: it gets what is won.</summary>
    Erp,
}

internal enum HandoverState
{
    Waiting,

    /// <summary>A connector has fetched it and not answered yet.</summary>
    Taken,
    Done,

    /// <summary>The other system refused it; a person must look.</summary>
    Failed,

    /// <summary>A person decided that it need not go over.</summary>
    Skipped,

    /// <summary>The deal ended, or went on there by another way.</summary>
    Moot,
}

internal enum HandoverTrigger
{
    Take,
    Finish,
    Fail,
    Retry,
    Skip,
    End,
}

/// <summary>A deal on its way into a system of the vendor's, once for each system. The identifier is the key by which that system recognises a repetition.</summary>
internal sealed class Handover : ITenantOwned, IVersioned, IWatched
{
    /// <summary>How long a connector has to answer before somebody else may fetch the deal.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    public static readonly Machine<HandoverState, HandoverTrigger> Machine = new("deal_handovers",
        (HandoverState.Waiting, HandoverTrigger.Take, HandoverState.Taken),
        (HandoverState.Taken, HandoverTrigger.Take, HandoverState.Taken),
        (HandoverState.Waiting, HandoverTrigger.Finish, HandoverState.Done),
        (HandoverState.Taken, HandoverTrigger.Finish, HandoverState.Done),
        (HandoverState.Failed, HandoverTrigger.Finish, HandoverState.Done),
        (HandoverState.Taken, HandoverTrigger.Fail, HandoverState.Failed),
        (HandoverState.Failed, HandoverTrigger.Retry, HandoverState.Waiting),
        (HandoverState.Skipped, HandoverTrigger.Retry, HandoverState.Waiting),
        (HandoverState.Waiting, HandoverTrigger.Skip, HandoverState.Skipped),
        (HandoverState.Failed, HandoverTrigger.Skip, HandoverState.Skipped),
        (HandoverState.Waiting, HandoverTrigger.End, HandoverState.Moot),
        (HandoverState.Taken, HandoverTrigger.End, HandoverState.Moot),
        (HandoverState.Failed, HandoverTrigger.End, HandoverState.Moot));

    public TenantId TenantId { get; init; }
    public HandoverId Id { get; init; }
    public DealId DealId { get; init; }
    public ConnectedKind System { get; init; }
    public HandoverState State { get; private set; }

    /// <summary>The identifier there: of the opportunity, or of the order.</summary>
    public string? Number { get; private set; }

    /// <summary>Why it failed or need not go over.</summary>
    public string? Note { get; private set; }

    /// <summary>How often it was fetched.</summary>
    public int Attempts { get; private set; }

    public DateTime CreatedAt { get; init; }

    /// <summary>Until when the connector that fetched it may answer alone.</summary>
    public DateTime? LeasedUntil { get; private set; }

    public DateTime StateSince { get; private set; }
    public string? StateByName { get; private set; }
    public long Version { get; set; }

    public string Watched => DealId.ToString();

    public static Handover Begin(TenantId tenant, HandoverId id, DealId deal, ConnectedKind system, DateTime at) =>
        new() { TenantId = tenant, Id = id, DealId = deal, System = system, CreatedAt = at, StateSince = at };

    /// <summary>Moves it and writes the move down.</summary>
    public Result<HandoverState> Move(Work work, HandoverTrigger on, string? note = null)
    {
        var next = work.Move(Machine, Id.ToString(), State, on, note);
        if (next.Ok) Enter(next.Value, work.Now, work.Actor.Name, note);
        return next;
    }

    public void Enter(HandoverState state, DateTime at, string by, string? note)
    {
        (State, StateSince, StateByName, Note) = (state, at, by, note);
        LeasedUntil = state == HandoverState.Taken ? at + Lease : null;
        if (state == HandoverState.Taken) Attempts++;
        if (state == HandoverState.Waiting) Attempts = 0;
    }

    public void Arrive(string number) => Number = number;
}

/// <summary>Which system of the vendor's is connected, and since when.</summary>
internal sealed class ConnectedSystem : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public ConnectedKind System { get; init; }

    /// <summary>What people call it.</summary>
    public string Name { get; set; } = "";

    public bool IsOn { get; set; }

    /// <summary>When it was switched on: what was won before does not go over.</summary>
    public DateTime Since { get; set; }

    public long Version { get; set; }
}

internal static class HandoverTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var handover = model.Owned<Handover>("deals_handover", h => new { h.TenantId, h.Id });
        handover.HasIndex(h => new { h.TenantId, h.DealId, h.System }).IsUnique();
        handover.HasIndex(h => new { h.TenantId, h.System, h.State, h.Id });
        handover.HasQueryFilter(Db.PartnerFilter, h => db.SeesAllPartners);
        model.Owned<ConnectedSystem>("deals_connected_system", s => new { s.TenantId, s.System });
    }
}
