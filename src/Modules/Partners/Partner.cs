using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>A partner organisation. Its state and its tier are facts: since when, by whom and why stand beside them.</summary>
internal sealed class Partner : ITenantOwned, IVersioned
{
    private Partner()
    {
    }

    public TenantId TenantId { get; private init; }
    public PartnerId Id { get; private init; }
    public string Name { get; private set; } = "";
    public string? LegalName { get; private set; }
    public string? Website { get; private set; }

    /// <summary>The host of the web site without <c>www.</c>, lower case.</summary>
    public string? Domain { get; private set; }

    public string? Description { get; private set; }
    public string Country { get; private set; } = "";
    public string Region { get; private set; } = "";
    public string? City { get; private set; }
    public string? Postcode { get; private set; }
    public string? Phone { get; private set; }
    public int? Employees { get; private set; }
    public RevenueBand? Revenue { get; private set; }

    /// <summary>Lists as <see cref="TextList"/> writes them.</summary>
    public string Languages { get; private set; } = "";
    public string Verticals { get; private set; } = "";
    public string Competencies { get; private set; } = "";

    public PartnerType MainType { get; private set; }
    public PersonId? ManagerId { get; private set; }

    public PartnerState State { get; private set; }
    public DateTime StateSince { get; private set; }
    public string StateBy { get; private set; } = "";
    public string? StateReason { get; private set; }

    public Tier Tier { get; private set; }
    public DateTime TierSince { get; private set; }
    public string TierBy { get; private set; } = "";
    public string? TierReason { get; private set; }

    /// <summary>The partner that this one turned out to be: whoever asks for this one gets that one.</summary>
    public PartnerId? MergedInto { get; private set; }

    /// <summary>Whether the people of this partner who may see figures see those of its subsidiaries, too.</summary>
    public bool SeesFamily { get; private set; }

    public DateTime Since { get; private init; }
    public string SearchText { get; private set; } = "";
    public long Version { get; set; }

    public static Partner Create(TenantId tenant, PartnerId id, PartnerState state, Tier tier, string by, DateTime at) => new()
    {
        TenantId = tenant,
        Id = id,
        State = state,
        StateSince = at,
        StateBy = by,
        Tier = tier,
        TierSince = at,
        TierBy = by,
        Since = at,
    };

    public void Describe(Profile profile)
    {
        (Name, LegalName, Website, Domain) = (profile.Name, profile.LegalName, profile.Website, profile.Domain);
        (Description, Phone, City, Postcode) = (profile.Description, profile.Phone, profile.City, profile.Postcode);
        (Country, Region) = (profile.Country, Countries.Find(profile.Country)?.Region ?? Region);
        (Employees, Revenue, MainType) = (profile.Employees, profile.Revenue, profile.MainType);
        (Languages, Verticals, Competencies) = (profile.Languages, profile.Verticals, profile.Competencies);
        SearchText = Text.Fold(Name, LegalName, Domain, City, Published.Countries.Name(Country));
    }

    public Profile Profile() => new(
        Name, LegalName, Website, Domain, Description, Country, City, Postcode, Phone, Employees, Revenue, MainType, Languages, Verticals, Competencies);

    public void Enter(PartnerState state, string by, string? reason, DateTime at) => (State, StateBy, StateReason, StateSince) = (state, by, reason, at);

    public void Rank(Tier tier, string by, string? reason, DateTime at) => (Tier, TierBy, TierReason, TierSince) = (tier, by, reason, at);

    public void MergeInto(PartnerId? into) => MergedInto = into;

    public void ShowFamily(bool shown) => SeesFamily = shown;

    public void Entrust(PersonId? manager) => ManagerId = manager;
}

/// <summary>What a partner says about itself, checked and in the form in which it is stored.</summary>
internal sealed record Profile(
    string Name, string? LegalName, string? Website, string? Domain, string? Description, string Country, string? City, string? Postcode, string? Phone,
    int? Employees, RevenueBand? Revenue, PartnerType MainType, string Languages, string Verticals, string Competencies);

/// <summary>A tier that a partner was given, with the one before: never changed, so the history of the fact can be read.</summary>
internal sealed class TierChange : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public TierChangeId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public Tier From { get; init; }
    public Tier To { get; init; }
    public string? Reason { get; init; }
    public string By { get; init; } = "";
    public DateTime At { get; init; }
}

internal readonly record struct TierChangeId(Guid Value) : ITypedId<TierChangeId>
{
    public static string Prefix => "tier";
    public static TierChangeId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out TierChangeId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>One way of working with the vendor; a partner has each motion at most once, with its own type, state, tier and dates.</summary>
internal sealed class PartnerMotion : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }
    public Motion Motion { get; init; }
    public PartnerType Type { get; set; }
    public MotionState State { get; set; }
    public Tier Tier { get; set; }
    public DateOnly Since { get; set; }
    public DateOnly? Until { get; set; }

    /// <summary>Who of the vendor looks after this motion, where it is not the partner's manager.</summary>
    public PersonId? ManagerId { get; set; }
}
