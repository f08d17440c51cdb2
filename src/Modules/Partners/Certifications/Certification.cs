using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Certifications;

/// <summary>Names a certification.</summary>
internal readonly record struct CertificationId(Guid Value) : ITypedId<CertificationId>
{
    public static string Prefix => "cert";
    public static CertificationId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CertificationId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum CertificationTrigger
{
    Confirm,
    Refuse,
    Revoke,
}

/// <summary>A partner claims, the vendor confirms; what was confirmed can be revoked.</summary>
internal static class CertificationLifecycle
{
    public static readonly Machine<CertificationState, CertificationTrigger> Machine = new("certifications",
        (CertificationState.Claimed, CertificationTrigger.Confirm, CertificationState.Confirmed),
        (CertificationState.Claimed, CertificationTrigger.Refuse, CertificationState.Refused),
        (CertificationState.Confirmed, CertificationTrigger.Revoke, CertificationState.Revoked));
}

/// <summary>What a person at a partner is certified for: by whom, at which level, from when until when, and what proves it.</summary>
internal sealed class Certification : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public CertificationId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public required string PersonName { get; init; }

    /// <summary>A product, a series or a skill.</summary>
    public required string Subject { get; init; }

    public CertificationLevel Level { get; init; }
    public required string Issuer { get; init; }
    public DateOnly ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }

    /// <summary>A link or the number of the certificate.</summary>
    public string? Evidence { get; init; }

    public CertificationState State { get; private set; }
    public string? Reason { get; private set; }
    public DateTime StateSince { get; private set; }
    public string StateBy { get; private set; } = "";
    public long Version { get; set; }

    public bool InForce(DateOnly today) => State == CertificationState.Confirmed && ValidFrom <= today && (ValidUntil is not { } last || last >= today);

    public Result<CertificationState> Move(Work work, CertificationTrigger on, string? reason = null)
    {
        var moved = work.Move(CertificationLifecycle.Machine, Id.ToString(), State, on, reason);
        if (moved.Ok) Enter(moved.Value, work.Now, work.Actor.Name, reason);
        return moved;
    }

    public Certification Enter(CertificationState state, DateTime at, string by, string? reason = null)
    {
        (State, StateSince, StateBy, Reason) = (state, at, by, reason);
        return this;
    }
}
