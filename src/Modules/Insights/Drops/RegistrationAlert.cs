using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Insights.Drops;

internal readonly record struct AlertId(Guid Value) : ITypedId<AlertId>
{
    public static string Prefix => "alert";
    public static AlertId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out AlertId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum AlertState
{
    Open,

    /// <summary>Somebody looks into it.</summary>
    Acknowledged,

    /// <summary>Registrations are back, or the partner is no longer watched.</summary>
    Recovered,

    /// <summary>A person has closed it.</summary>
    Closed,
}

internal enum AlertTrigger
{
    Acknowledge,
    Recover,
    Close,
}

/// <summary>An episode in which a partner, or all together, registered clearly less than usual.</summary>
internal sealed class RegistrationAlert : ITenantOwned, IVersioned
{
    public static readonly Machine<AlertState, AlertTrigger> Machine = new("registration_alerts",
        (AlertState.Open, AlertTrigger.Acknowledge, AlertState.Acknowledged),
        (AlertState.Open, AlertTrigger.Recover, AlertState.Recovered),
        (AlertState.Open, AlertTrigger.Close, AlertState.Closed),
        (AlertState.Acknowledged, AlertTrigger.Recover, AlertState.Recovered),
        (AlertState.Acknowledged, AlertTrigger.Close, AlertState.Closed));

    public static readonly AlertState[] Alive = [AlertState.Open, AlertState.Acknowledged];

    public TenantId TenantId { get; init; }
    public AlertId Id { get; init; }

    /// <summary>Null for all partners together.</summary>
    public PartnerId? PartnerId { get; init; }

    public AlertState State { get; private set; }
    public DateTime OpenedAt { get; init; }

    /// <summary>The last day that was counted when it was opened.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Registrations of the half year before.</summary>
    public int Before { get; init; }

    /// <summary>Those of the four weeks when it was opened.</summary>
    public int Seen { get; init; }

    /// <summary>What four weeks usually brought, when it was opened.</summary>
    public double Usual { get; init; }

    /// <summary>The chance of so few if nothing had changed.</summary>
    public double Chance { get; init; }

    /// <summary>Those of the four weeks at the last look.</summary>
    public int Latest { get; init; }

    public DateOnly LatestDay { get; init; }
    public DateTime? EndedAt { get; private set; }
    public long Version { get; set; }


    /// <summary>Moves it and writes the move down.</summary>
    public Result<AlertState> Move(Work work, AlertTrigger on, string? reason)
    {
        var next = work.Move(Machine, Id.ToString(), State, on, reason);
        if (!next.Ok) return next;
        State = next.Value;
        if (!Alive.Contains(State)) EndedAt = work.Now;
        return next;
    }
}

internal static class DropTables
{
    // The vendor's own: nothing for a portal actor.
    public static void Map(ModelBuilder model, Db db)
    {
        var alert = model.Owned<RegistrationAlert>("insights_registration_alert", a => new { a.TenantId, a.Id });
        alert.HasIndex(a => new { a.TenantId, a.State, a.OpenedAt, a.Id });
        alert.HasIndex(a => new { a.TenantId, a.OpenedAt, a.Id });
        alert.HasIndex(a => new { a.TenantId, a.PartnerId, a.State });
        alert.HasQueryFilter(Db.PartnerFilter, a => db.SeesAllPartners);
    }
}
