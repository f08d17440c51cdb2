using System.Globalization;
using Trellis.Kernel;
using Trellis.Partners.Ownership;
using Trellis.Partners.Published;

namespace Trellis.Partners.Web;

/// <summary>A partner's profile as it is typed; shared by the pages that create and change one.</summary>
internal class ProfileForm
{
    public string? Name { get; set; }
    public string? LegalName { get; set; }
    public string? Website { get; set; }
    public string? Description { get; set; }
    public string? Country { get; set; }
    public string? City { get; set; }
    public string? Postcode { get; set; }
    public string? Phone { get; set; }
    public string? Employees { get; set; }
    public string? Revenue { get; set; }
    public string? Languages { get; set; }
    public string? Verticals { get; set; }
    public string? Competencies { get; set; }
    public string? MainType { get; set; }
    public long? Version { get; set; }

    public static ProfileForm Of(PartnerDetails p) => new()
    {
        Name = p.Name,
        LegalName = p.LegalName,
        Website = p.Website,
        Description = p.Description,
        Country = p.Country,
        City = p.City,
        Postcode = p.Postcode,
        Phone = p.Phone,
        Employees = p.Employees?.ToString(CultureInfo.InvariantCulture),
        Revenue = p.Revenue is { } revenue ? Words.Of(revenue) : null,
        Languages = string.Join(", ", p.Languages),
        Verticals = string.Join(", ", p.Verticals),
        Competencies = string.Join(", ", p.Competencies),
        MainType = Words.Of(p.MainType),
        Version = p.Version,
    };

    /// <summary>What is to be changed; a field that another system owns is not posted, and stays as it is.</summary>
    public ProfileChanges Changes(IReadOnlyDictionary<string, OwningSystem>? closed = null) => new()
    {
        Name = Name,
        LegalName = Typed(closed, "legalName", LegalName),
        Website = Typed(closed, "website", Website),
        Description = Typed(closed, "description", Description),
        Country = Country,
        City = Typed(closed, "city", City),
        Postcode = Typed(closed, "postcode", Postcode),
        Phone = Typed(closed, "phone", Phone),
        Employees = Employees is null && closed?.ContainsKey("employees") is true ? null : Count(Employees),
        Revenue = Words.Parse<RevenueBand>(Revenue),
        Languages = Typed(closed, "languages", Languages),
        Verticals = Typed(closed, "verticals", Verticals),
        Competencies = Typed(closed, "competencies", Competencies),
        MainType = Words.Parse<PartnerType>(MainType),
        Version = Version,
    };

    public NewPartner New() => new(Name, Country, Words.Parse<PartnerType>(MainType))
    {
        LegalName = LegalName,
        Website = Website,
        Description = Description,
        City = City,
        Postcode = Postcode,
        Phone = Phone,
        Employees = Count(Employees),
        Revenue = Words.Parse<RevenueBand>(Revenue),
        Languages = Languages,
        Verticals = Verticals,
        Competencies = Competencies,
    };

    private static string? Typed(IReadOnlyDictionary<string, OwningSystem>? closed, string field, string? typed) => typed ?? (closed?.ContainsKey(field) is true ? null : "");

    // 0 clears the number; -1 is refused with a message at the field.
    private static int? Count(string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? 0 : int.TryParse(typed.Replace(",", "").Replace(" ", ""), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : -1;
}
