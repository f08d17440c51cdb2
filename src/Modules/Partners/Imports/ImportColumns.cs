using Trellis.Kernel;

namespace Trellis.Partners.Imports;

/// <summary>A field that a column may fill.</summary>
internal sealed record ImportColumn(string Code, string Label, bool Required, bool OnlyNew, params string[] Words);

/// <summary>The fields of a partner that a file fills, and how headers are recognised.</summary>
internal static class ImportColumns
{
    public const string Own = FieldWish.Prefix;

    public static readonly ImportColumn[] All =
    [
        new("name", "Name", true, false, "partner", "partnername", "company", "companyname", "account", "accountname", "name", "organisation", "organization"),
        new("id", "Identifier in Trellis", false, false, "id", "trellisid", "partnerid"),
        new("website", "Web site", false, false, "website", "domain", "url", "web", "homepage"),
        new("country", "Country", false, false, "country", "billingcountry", "location"),
        new("mainType", "Kind of company", false, false, "type", "partnertype", "kind", "kindofcompany", "maintype"),
        new("legalName", "Legal name", false, false, "legalname", "legalentity"),
        new("description", "Description", false, false, "description", "about"),
        new("city", "City", false, false, "city", "town", "billingcity"),
        new("postcode", "Postcode", false, false, "postcode", "zip", "postalcode", "zipcode", "billingpostalcode"),
        new("phone", "Phone", false, false, "phone", "telephone"),
        new("employees", "Employees", false, false, "employees", "headcount", "numberofemployees", "size"),
        new("revenue", "Yearly revenue", false, false, "revenue", "yearlyrevenue", "annualrevenue", "revenueband"),
        new("languages", "Languages", false, false, "languages", "language"),
        new("verticals", "Industries", false, false, "industries", "industry", "verticals", "vertical"),
        new("competencies", "Competencies", false, false, "competencies", "competency", "skills"),
        new("state", "Status", false, true, "status", "state", "lifecycle"),
        new("motions", "Motions", false, true, "motions", "motion", "program", "programs"),
        new("tier", "Tier", false, true, "tier", "level"),
        new("manager", "Manager", false, true, "manager", "partnermanager", "owner", "accountowner"),
    ];

    public static string CodeOf(CustomField field) => Own + field.Key;

    /// <summary>Header → field, by the words that are usual; each column fills at most one field.</summary>
    public static Dictionary<string, int> Suggest(string[] header, IReadOnlyList<CustomField> own)
    {
        var tight = header.Select(Tight).ToArray();
        var (mapping, taken) = (new Dictionary<string, int>(), new HashSet<int>());
        foreach (var (code, words) in All.Select(c => (c.Code, c.Words)).Concat(own.Select(f => (CodeOf(f), new[] { Tight(f.Label), Tight(f.Key) }))))
        {
            foreach (var word in words)
            {
                var at = Array.IndexOf(tight, word);
                if (at < 0 || !taken.Add(at)) continue;
                mapping[code] = at;
                break;
            }
        }

        return mapping;
    }

    public static string Tight(string text) => new([.. Text.Fold(text).Where(char.IsLetterOrDigit)]);
}
