using Trellis.Kernel;

namespace Trellis.Partners.Conflicts;

internal readonly record struct SaidValueId(Guid Value) : ITypedId<SaidValueId>
{
    public static string Prefix => "psv";
    public static SaidValueId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out SaidValueId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Who says something about a partner.</summary>
internal enum SaidBy
{
    /// <summary>One of the vendor's people, by hand.</summary>
    Vendor,

    /// <summary>The partner itself.</summary>
    Partner,

    /// <summary>A file.</summary>
    Import,

    /// <summary>The system that owns the field.</summary>
    Owner,
}

/// <summary>What becomes of a value that somebody says.</summary>
internal enum Heard
{
    /// <summary>It stands.</summary>
    Taken,

    /// <summary>It was decided against before: what stands there stays.</summary>
    Refused,
}

/// <summary>
/// A value that somebody has said about a field of a partner, and what another source has said against it since. Only fields that a person, the partner or an owning system has changed have a
/// row, so it is narrow however many partners there are. What was said last stands on the record until somebody decides.
/// </summary>
internal sealed class SaidValue : ITenantOwned, IUnaudited
{
    public const int Longest = 2000;

    public TenantId TenantId { get; init; }
    public SaidValueId Id { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>As the API names it: <c>website</c>.</summary>
    public string Field { get; init; } = "";

    /// <summary>What was said; null where it was cleared.</summary>
    public string? Ours { get; private set; }

    public SaidBy Source { get; private set; }
    public PersonId? ById { get; private set; }
    public string By { get; private set; } = "";
    public DateTime At { get; private set; }

    /// <summary>What another source said instead, and nobody has decided about.</summary>
    public string? Theirs { get; private set; }

    public SaidBy? TheirSource { get; private set; }

    /// <summary>The person or the file that said so.</summary>
    public string? TheirBy { get; private set; }

    /// <summary>Since when they differ; null without a conflict.</summary>
    public DateTime? Since { get; private set; }

    /// <summary>What was decided against: an import that says it again changes nothing.</summary>
    public string? Refused { get; private set; }

    /// <summary>A first value, or one anew of the same source: whatever was said against it before is decided by it.</summary>
    public SaidValue Say(string? value, SaidBy source, PersonId? person, string by, DateTime at)
    {
        (Ours, Source, ById, By, At, Refused) = (value, source, person, by, at, null);
        Settle();
        return this;
    }

    /// <summary>Another source says a value.</summary>
    public Heard Meet(string? value, SaidBy source, string by, DateTime at)
    {
        if (source == SaidBy.Import && value is not null && value == Refused) return Heard.Refused;
        if (value == Ours) Settle();
        else (Theirs, TheirSource, TheirBy, Since) = (value, source, by, Since ?? at);
        return Heard.Taken;
    }

    /// <summary>The first value is right: an import's is not taken again.</summary>
    public void Keep()
    {
        Refused = TheirSource == SaidBy.Import ? Theirs : null;
        Settle();
    }

    /// <summary>They say the same again.</summary>
    public void Agree() => Settle();

    private void Settle() => (Theirs, TheirSource, TheirBy, Since) = (null, null, null, null);
}
