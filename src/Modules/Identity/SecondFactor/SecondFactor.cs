using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A person's authenticator app.</summary>
internal sealed class SecondFactor : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PersonId PersonId { get; init; }

    /// <summary>The secret shared with the app, sealed with the installation's keys.</summary>
    [Secret]
    public required string Sealed { get; init; }

    public DateTime Since { get; init; }

    /// <summary>The last step whose code was taken: no code counts twice.</summary>
    public long LastStep { get; set; }
}

/// <summary>A code on paper for the day the telephone is gone; stored as its digest, used once.</summary>
internal sealed class RecoveryCode : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public PersonId PersonId { get; init; }
    public required string Hash { get; init; }
    public DateTime? UsedAt { get; set; }
}

/// <summary>What a tenant asks of those who sign in. Without a row: the defaults.</summary>
internal sealed class SignInPolicy : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }

    /// <summary>Whether the vendor's own people need a second factor.</summary>
    public bool SecondFactorForStaff { get; set; }

    public long Version { get; set; }
}
