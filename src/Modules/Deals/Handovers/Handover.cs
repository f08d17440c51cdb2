using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Handovers.Push;
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

    /// <summary>A connector has fetched it, or it was sent, and there is no answer yet.</summary>
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

    /// <summary>The other system did not answer, or asked for patience: it is sent again later.</summary>
    Postpone,
    Retry,
    Skip,
    End,
}

/// <summary>
/// A deal on its way into a system of the vendor's: once for each system, and then an update for what changes after it was sent. The identifier is the key by which that system recognises a repetition; an
/// update has one of its own.
/// </summary>
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
        (HandoverState.Taken, HandoverTrigger.Postpone, HandoverState.Waiting),
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

    /// <summary>0 for the deal itself, 1, 2, 3 … for what changed on it since: the greater one holds the newer state.</summary>
    public int Revision { get; init; }

    public bool IsUpdate => Revision > 0;

    public HandoverState State { get; private set; }

    /// <summary>What the deal was when it was first fetched or sent, as <see cref="HandoverFacts"/> has it; null before.</summary>
    public string? Facts { get; private set; }

    /// <summary>The identifier there: of the opportunity, or of the order. A system that takes a deal may name it later.</summary>
    public string? Number { get; private set; }

    /// <summary>Why it failed or need not go over.</summary>
    public string? Note { get; private set; }

    /// <summary>How often it was fetched or sent since a person last let it wait.</summary>
    public int Attempts { get; private set; }

    public DateTime CreatedAt { get; init; }

    /// <summary>Until when the connector that fetched it may answer alone.</summary>
    public DateTime? LeasedUntil { get; private set; }

    /// <summary>When it is sent again, after an attempt without an answer.</summary>
    public DateTime? NextAttemptAt { get; private set; }

    public DateTime StateSince { get; private set; }
    public string? StateByName { get; private set; }
    public long Version { get; set; }

    public string Watched => DealId.ToString();

    public static Handover Begin(TenantId tenant, HandoverId id, DealId deal, ConnectedKind system, DateTime at, int revision = 0) =>
        new() { TenantId = tenant, Id = id, DealId = deal, System = system, CreatedAt = at, StateSince = at, Revision = revision };

    /// <summary>Moves it and writes the move down.</summary>
    public Result<HandoverState> Move(Work work, HandoverTrigger on, string? note = null)
    {
        var next = work.Move(Machine, Id.ToString(), State, on, note);
        if (!next.Ok) return next;
        Enter(next.Value, work.Now, work.Actor.Name, note);
        if (on == HandoverTrigger.Retry) Attempts = 0;
        return next;
    }

    /// <summary>Lets it wait until it is sent again.</summary>
    public Result<HandoverState> Postpone(Work work, DateTime until, string note)
    {
        var next = Move(work, HandoverTrigger.Postpone, note);
        if (next.Ok) NextAttemptAt = until;
        return next;
    }

    /// <summary>Makes the time shorter within which whoever has it must answer.</summary>
    public void AnswerBy(DateTime until) => LeasedUntil = until;

    public void Enter(HandoverState state, DateTime at, string by, string? note)
    {
        (State, StateSince, StateByName, Note) = (state, at, by, note);
        LeasedUntil = state == HandoverState.Taken ? at + Lease : null;
        NextAttemptAt = null;
        if (state == HandoverState.Taken) Attempts++;
    }

    public void Arrive(string number) => Number = number;

    /// <summary>What it holds as it goes out.</summary>
    public void Holds(string facts) => Facts = facts;
}

internal static class HandoverTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var handover = model.Owned<Handover>("deals_handover", h => new { h.TenantId, h.Id });
        handover.HasIndex(h => new { h.TenantId, h.DealId, h.System, h.Revision }).IsUnique();
        handover.Property(h => h.Facts).HasMaxLength(64);
        handover.HasIndex(h => new { h.TenantId, h.System, h.State, h.Id });
        handover.HasQueryFilter(Db.PartnerFilter, h => db.SeesAllPartners);
        model.Owned<ConnectedSystem>("deals_connected_system", s => new { s.TenantId, s.System });
        var attempt = model.Owned<HandoverAttempt>("deals_handover_attempt", a => new { a.TenantId, a.Id });
        attempt.HasIndex(a => new { a.TenantId, a.System, a.Id });
        attempt.HasIndex(a => new { a.TenantId, a.HandoverId, a.Id });
        attempt.HasIndex(a => new { a.TenantId, a.At });
        attempt.HasQueryFilter(Db.PartnerFilter, a => db.SeesAllPartners);
    }
}
