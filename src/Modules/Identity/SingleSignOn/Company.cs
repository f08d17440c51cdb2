using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Names a company's sign-in.</summary>
internal readonly record struct CompanyId(Guid Value) : ITypedId<CompanyId>
{
    public static string Prefix => "sso";
    public static CompanyId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CompanyId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>The sign-in of a tenant's own company, or of one of its partners: an OpenID provider that vouches for its people.</summary>
internal sealed class Company : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public CompanyId Id { get; init; }

    /// <summary>The partner whose people it vouches for, and nobody else; null for the tenant's own.</summary>
    public PartnerId? PartnerId { get; init; }

    /// <summary>As it stands on the button.</summary>
    public required string Name { get; set; }

    /// <summary>The issuer, exactly as the provider writes it into its tokens.</summary>
    public required string Issuer { get; set; }

    public required string ClientId { get; set; }

    /// <summary>The client secret, sealed with the installation's keys; null for a client without one.</summary>
    [Secret]
    public string? Secret { get; set; }

    /// <summary>The domains of the addresses that it vouches for, separated by blanks.</summary>
    public required string Domains { get; set; }

    /// <summary>The claim that lists a person's groups.</summary>
    public required string GroupsClaim { get; set; }

    /// <summary>Whether somebody who is new gets an account at the first sign-in.</summary>
    public bool CreatesPeople { get; set; }

    /// <summary>The role of somebody whose groups give none; null: then nobody gets in without a group.</summary>
    public string? DefaultRole { get; set; }

    public bool On { get; set; }
    public long Version { get; set; }
}

/// <summary>Which role a group of the company gives.</summary>
internal sealed class CompanyGroup : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public CompanyId CompanyId { get; init; }
    public required string Group { get; init; }
    public required string Role { get; init; }
}

/// <summary>The person whom the provider knows by this subject. The subject stays when an address changes.</summary>
internal sealed class CompanyAccount : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public CompanyId CompanyId { get; init; }
    public required string Subject { get; init; }
    public PersonId PersonId { get; init; }
    public DateTime Since { get; init; }
}

/// <summary>Whose sign-in the addresses of a domain use; unique in the installation.</summary>
[Directory]
internal sealed class CompanyDomain
{
    public required string Domain { get; init; }
    public TenantId TenantId { get; init; }
    public CompanyId CompanyId { get; init; }
}
