using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

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

    /// <summary>Where each deal is sent to; null where a connector fetches them.</summary>
    public string? Address { get; private set; }

    /// <summary>The sealed secret with which messages are signed.</summary>
    [Secret]
    public string? SealedSecret { get; private set; }

    /// <summary>Since when that secret signs.</summary>
    public DateTime? SecretSince { get; private set; }

    /// <summary>The secret before, sealed: while it is changed over there, both sign.</summary>
    [Secret]
    public string? SealedOldSecret { get; private set; }

    /// <summary>Until when the old secret signs too.</summary>
    public DateTime? OldSecretUntil { get; private set; }

    public long Version { get; set; }

    public bool Pushes => IsOn && Address is not null;

    public void SendTo(string address) => Address = address;

    /// <summary>Nothing is sent any more, and no secret is kept.</summary>
    public void StopSending() => (Address, SealedSecret, SecretSince, SealedOldSecret, OldSecretUntil) = (null, null, null, null, null);

    /// <summary>Signs with a new secret, and with the one before as long as said.</summary>
    public void SignWith(string sealedSecret, DateTime at, DateTime? oldUntil) =>
        (SealedOldSecret, OldSecretUntil, SealedSecret, SecretSince) = (oldUntil is null ? null : SealedSecret, SealedSecret is null ? null : oldUntil, sealedSecret, at);
}
