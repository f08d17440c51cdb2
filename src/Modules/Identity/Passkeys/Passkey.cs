using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Names a passkey.</summary>
internal readonly record struct PasskeyId(Guid Value) : ITypedId<PasskeyId>
{
    public static string Prefix => "pky";
    public static PasskeyId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PasskeyId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A passkey (W3C Web Authentication): a key pair of which we know the public half.</summary>
internal sealed class Passkey : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public PasskeyId Id { get; init; }
    public PersonId PersonId { get; init; }

    /// <summary>What the person calls it.</summary>
    public required string Name { get; set; }

    /// <summary>The authenticator's name for the key, base 64 for addresses.</summary>
    public required string Credential { get; init; }

    /// <summary>The public key, COSE, in base 64.</summary>
    public required string PublicKey { get; init; }

    /// <summary>How often the authenticator has used it; one that goes back has been copied.</summary>
    public long SignCount { get; set; }

    /// <summary>How the browser reaches it, separated by blanks.</summary>
    public string Transports { get; init; } = "";

    /// <summary>Whether it may be copied to the person's other devices, and whether it has been.</summary>
    public bool BackupEligible { get; init; }
    public bool BackedUp { get; set; }

    /// <summary>What the authenticator said when it was made, base 64.</summary>
    public required string Attestation { get; init; }
    public required string ClientData { get; init; }
    public DateTime Since { get; init; }
    public DateTime? UsedAt { get; set; }
    public long Version { get; set; }
}
