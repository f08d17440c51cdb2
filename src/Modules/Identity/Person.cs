using System.Net.Mail;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A person who signs in: the vendor's (with roles of its own) or a partner's (with roles in memberships).</summary>
internal sealed class Person : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public PersonId Id { get; init; }
    public required string Name { get; set; }
    public required string Email { get; set; }

    [Secret]
    public string? PasswordHash { get; set; }

    /// <summary>Role codes at the vendor, separated by blanks; empty for a partner's person.</summary>
    public string Roles { get; set; } = "";

    /// <summary>Of the roles, those that groups of the company's directory give.</summary>
    public string FromGroups { get; set; } = "";

    public PersonState State { get; set; }

    /// <summary>A program with tokens of its own: it has no address to sign in with.</summary>
    public bool IsService { get; init; }

    /// <summary>The id that the company's directory gave it, where that directory keeps it (SCIM).</summary>
    public string? ExternalId { get; set; }

    /// <summary>When the directory removed it; it is not shown to the directory any more.</summary>
    public DateTime? RemovedAt { get; set; }

    public DateTime? ChangedAt { get; set; }

    /// <summary>The IANA time zone in which times are shown; null for the tenant's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The language that the person has chosen to read; null for the company's, or what the browser asks for.</summary>
    public string? Language { get; set; }

    /// <summary>Changes with password, roles and state; a session that carries an older one is over.</summary>
    [Secret]
    public required string Stamp { get; set; }

    public required string SearchText { get; set; }
    public long Version { get; set; }

    public static string NormaliseEmail(string email) => email.Trim().ToLowerInvariant();

    /// <summary>An address alone, without the name that a mail program writes beside it.</summary>
    public static bool IsEmail(string? email) =>
        email is { Length: <= 200 } && MailAddress.TryCreate(email.Trim(), out var read) && read.Address == email.Trim() && Text.IsClean(email);
}

/// <summary>That a person belongs to a partner.</summary>
internal sealed class Membership : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PersonId PersonId { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>The partner's name as Partners last told it.</summary>
    public required string PartnerName { get; set; }

    /// <summary>Role codes at this partner, separated by blanks.</summary>
    public required string Roles { get; set; }

    /// <summary>Whether it may act for this partner now; at others it may still.</summary>
    public PersonState State { get; set; }

    public DateTime Since { get; init; }

    /// <summary>When the person last chose this partner.</summary>
    public DateTime? ChosenAt { get; set; }
}

/// <summary>The e-mail address under which somebody signs in at a company; each company has its own person for it, with a password of its own.</summary>
[Directory]
internal sealed class Login
{
    public required string Email { get; init; }
    public TenantId TenantId { get; init; }
    public PersonId PersonId { get; init; }
}

/// <summary>A secret that opens something, stored as its SHA-256 only: an API token or a mailed link.</summary>
[Directory]
internal sealed partial class Key
{
    public required string Hash { get; init; }
    public KeyKind Kind { get; init; }
    public TenantId TenantId { get; init; }
    public PersonId PersonId { get; init; }

    /// <summary>The partner for which a partner's person uses it.</summary>
    public PartnerId? PartnerId { get; init; }

    public required string Name { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime ExpiresAt { get; init; }
    public DateTime? UsedAt { get; set; }

    /// <summary>The permissions that a token is narrowed to, separated by blanks; null for all that its person has.</summary>
    public string? Scopes { get; init; }

    /// <summary>The first letters of the secret, by which people tell tokens apart.</summary>
    public string? Hint { get; init; }
}

internal enum KeyKind
{
    /// <summary>Opens the API until it expires.</summary>
    Token,

    /// <summary>Signs a person in once, within minutes.</summary>
    Link,

    /// <summary>Sets a new password once, within the hour.</summary>
    Reset,

    /// <summary>A challenge that has been answered, kept until it has run out so that the answer counts once.</summary>
    Spent,
}
