using System.Globalization;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Conflicts;

internal readonly record struct HandValueId(Guid Value) : ITypedId<HandValueId>
{
    public static string Prefix => "ahv";
    public static HandValueId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out HandValueId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>The fields of an account about which a person here and the CRM may say different things.</summary>
internal enum HandField
{
    Name,
    Domain,
    TaxNumber,
    City,
    Sector,
    Country,
    Employees,
}

/// <summary>
/// A value that a person has written by hand, and what an import has said against it since. Only fields that were changed by hand have a row, so it is a narrow table however many accounts
/// there are. The CRM's value stands on the account until somebody decides for the own one.
/// </summary>
internal sealed class HandValue : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public HandValueId Id { get; init; }
    public AccountId AccountId { get; init; }
    public HandField Field { get; init; }

    /// <summary>What the person wrote; null where it was cleared.</summary>
    public string? Ours { get; private set; }

    /// <summary>Who wrote it; null for what was written before this was kept, and for somebody whose data was erased.</summary>
    public PersonId? ById { get; private set; }

    /// <summary>The name of that person at the time.</summary>
    public string By { get; private set; } = "";
    public DateTime At { get; private set; }

    /// <summary>What an import said instead and nobody has decided about; null without a conflict.</summary>
    public string? Theirs { get; private set; }

    /// <summary>The file that said so first.</summary>
    public string? Source { get; private set; }
    public DateTime? Since { get; private set; }

    /// <summary>What was decided against: an import that says it again changes nothing.</summary>
    public string? Refused { get; private set; }

    /// <summary>A person writes the value: whatever an import has said before is decided by it.</summary>
    public HandValue Write(string? ours, PersonId? person, string by, DateTime at)
    {
        (Ours, ById, By, At, Refused) = (ours, person, by, at, null);
        Settle();
        return this;
    }

    /// <summary>An import says a value for an account on which this stands: true where the account keeps what it has.</summary>
    public bool Meet(string? standing, string? said, string? source, DateTime at)
    {
        if (said is null) return false;
        if (said == Refused) return true;
        if (said == Ours) Settle();
        else if (Theirs is not null || standing == Ours) (Theirs, Source, Since) = (said, Theirs is null ? source : Source, Since ?? at);
        return false;
    }

    /// <summary>The own value is right: the CRM's is not taken again.</summary>
    public void Keep()
    {
        Refused = Theirs;
        Settle();
    }

    /// <summary>The system that owns the field has said a value: it stands, and there is nothing to decide.</summary>
    public void Yield()
    {
        Refused = null;
        Settle();
    }

    public void Settle() => (Theirs, Source, Since) = (null, null, null);
}

/// <summary>Pure: the fields of an account, as text, one by one.</summary>
internal static class HandFields
{
    public static readonly HandField[] All = Enum.GetValues<HandField>();

    public static string? Of(Account a, HandField field) => Of(Full(a), field);

    /// <summary>What facts say about a field; null where they say nothing.</summary>
    public static string? Of(AccountFacts facts, HandField field) => field switch
    {
        HandField.Name => facts.Name,
        HandField.Domain => facts.Domain,
        HandField.TaxNumber => facts.TaxNumber,
        HandField.City => facts.City,
        HandField.Sector => facts.Sector,
        HandField.Country => facts.Country,
        _ => facts.Employees?.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The same facts with another value of one field; null says nothing about it.</summary>
    public static AccountFacts With(AccountFacts facts, HandField field, string? value) => field switch
    {
        HandField.Name => facts with { Name = value },
        HandField.Domain => facts with { Domain = value },
        HandField.TaxNumber => facts with { TaxNumber = value },
        HandField.City => facts with { City = value },
        HandField.Sector => facts with { Sector = value },
        HandField.Country => facts with { Country = value },
        _ => facts with { Employees = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null },
    };

    /// <summary>Writes one field and leaves the others.</summary>
    public static void Put(Account a, HandField field, string? value) => a.Rewrite(With(Full(a), field, value));

    /// <summary>As a person reads it.</summary>
    public static string Label(HandField field) => field switch
    {
        HandField.TaxNumber => "Tax number",
        HandField.Domain => "Web site",
        _ => Words.Label(field),
    };

    private static AccountFacts Full(Account a) =>
        new() { Name = a.Name, Domain = a.Domain, TaxNumber = a.TaxNumber, City = a.City, Sector = a.Sector, Country = a.Country, Employees = a.Employees, OwnerName = a.OwnerName, OwnerId = a.OwnerId, Named = a.Named };
}
