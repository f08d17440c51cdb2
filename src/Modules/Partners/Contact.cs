using Trellis.Kernel;

namespace Trellis.Partners;

internal readonly record struct ContactId(Guid Value) : ITypedId<ContactId>
{
    public static string Prefix => "pcon";
    public static ContactId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ContactId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What a person at a partner works on.</summary>
internal enum ContactFunction
{
    Sales,
    Technical,
    Marketing,
    Finance,
    Admin,
}

/// <summary>A person at a partner; with a sign-in once invited.</summary>
internal sealed class Contact : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public ContactId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public required string Name { get; set; }
    public required string Email { get; set; }
    public string? Phone { get; set; }
    public string? JobTitle { get; set; }
    public ContactFunction Function { get; set; }

    /// <summary>The person who signs in, or null while the contact has no access.</summary>
    public PersonId? PersonId { get; set; }

    public DateTime CreatedAt { get; init; }
    public required string SearchText { get; set; }
    public long Version { get; set; }
}

internal readonly record struct NoteId(Guid Value) : ITypedId<NoteId>
{
    public static string Prefix => "pnote";
    public static NoteId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out NoteId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Who reads a note.</summary>
internal enum NoteAudience
{
    /// <summary>The vendor's people only.</summary>
    Internal,

    /// <summary>The partner's people, too.</summary>
    Shared,
}

/// <summary>What a note tells of.</summary>
internal enum NoteKind
{
    Note,
    Call,
    Meeting,
    Mail,
}

/// <summary>Something written down about a partner.</summary>
internal sealed class Note : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public NoteId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public NoteAudience Audience { get; init; }
    public NoteKind Kind { get; init; }
    public required string Text { get; set; }
    public required string By { get; init; }

    /// <summary>The person who wrote it; null where that is not known.</summary>
    public PersonId? AuthorId { get; init; }
    public DateTime? EditedAt { get; set; }

    /// <summary>Whether one of the partner's people wrote it.</summary>
    public bool FromPartner { get; init; }

    /// <summary>Of a partner's message: when it was said that it needs no answer; null where it waits for one or was answered.</summary>
    public DateTime? NoAnswerAt { get; set; }

    public DateTime At { get; init; }

    /// <summary>When that of which it tells happened, noon of an earlier day; null where it was written on the day.</summary>
    public DateTime? HappenedAt { get; init; }
}
