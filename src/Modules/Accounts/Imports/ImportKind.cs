using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>What a file holds.</summary>
internal enum ImportKind
{
    Accounts,
    Products,
    SalesTeams,
    Opportunities,
    Contacts,
}

/// <summary>A field that a column of the file may fill.</summary>
/// <param name="Code">Its name in a mapping.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Required">Whether a file without it is of no use.</param>
/// <param name="Words">Headers by which it is recognised, tight.</param>
internal sealed record ImportField(string Code, string Label, bool Required, params string[] Words);

/// <summary>The fields of each kind, and how headers are recognised.</summary>
internal static class ImportFields
{
    private static readonly Dictionary<ImportKind, ImportField[]> Fields = new()
    {
        [ImportKind.Accounts] =
        [
            new("name", "Name", true, "account", "accountname", "company", "companyname", "customer", "customername", "name", "organisation", "organization"),
            new("external_id", "Identifier in the CRM", false, "accountid", "id", "crmid", "externalid"),
            new("trellis_id", "Identifier in Trellis", false, "trellisid"),
            new("domain", "Web site or domain", false, "website", "domain", "url", "web", "homepage"),
            new("tax_number", "Tax number", false, "taxnumber", "vat", "vatid", "vatnumber", "taxid", "registrationnumber"),
            new("city", "City", false, "city", "town", "billingcity"),
            new("sector", "Sector", false, "sector", "industry", "vertical", "branch"),
            new("country", "Country", false, "country", "officelocation", "location", "billingcountry"),
            new("revenue", "Yearly revenue", false, "revenue", "annualrevenue", "turnover"),
            new("currency", "Currency of the revenue", false, "currency", "currencycode", "currencyisocode"),
            new("employees", "Employees", false, "employees", "numberofemployees", "headcount", "size"),
            new("founded", "Year of foundation", false, "yearestablished", "founded", "established", "year"),
            new("owner", "Owner (seller)", false, "owner", "accountowner", "salesagent", "seller", "accountmanager"),
            new("owner_email", "Owner's mail", false, "owneremail", "accountowneremail", "selleremail", "salesagentemail"),
            new("named", "Named account", false, "named", "namedaccount", "strategic", "keyaccount"),
            new("parent", "Subsidiary of", false, "subsidiaryof", "parent", "parentaccount", "parentcompany"),
        ],
        [ImportKind.Products] =
        [
            new("name", "Name", true, "product", "productname", "name", "sku"),
            new("series", "Series", false, "series", "family", "productfamily", "category", "line"),
            new("list_price", "List price", false, "salesprice", "listprice", "price", "unitprice"),
        ],
        [ImportKind.SalesTeams] =
        [
            new("name", "Seller", true, "salesagent", "seller", "agent", "rep", "salesrep", "name"),
            new("manager", "Manager", false, "manager", "salesmanager", "teamlead"),
            new("office", "Office", false, "regionaloffice", "office", "region", "location"),
        ],
        [ImportKind.Opportunities] =
        [
            new("external_id", "Identifier in the CRM", true, "opportunityid", "id", "dealid", "externalid"),
            new("stage", "Stage", true, "dealstage", "stage", "stagename", "status"),
            new("account", "Account", false, "account", "accountname", "customer", "company"),
            new("product", "Product", false, "product", "productname"),
            new("owner", "Owner (seller)", false, "salesagent", "owner", "seller", "opportunityowner", "rep"),
            new("owner_email", "Owner's mail", false, "owneremail", "opportunityowneremail", "selleremail", "salesagentemail"),
            new("amount", "Amount", false, "closevalue", "amount", "value", "dealvalue"),
            new("opened", "Opened on", false, "engagedate", "createddate", "opened", "openedon", "created"),
            new("closed", "Closed on", false, "closedate", "closed", "closedon"),
            new("expected", "Expected close", false, "expectedclosedate", "expectedon"),
        ],
        [ImportKind.Contacts] =
        [
            new("account", "Account", true, "accountname", "company", "companyname", "customer", "organisation", "organization"),
            new("name", "Name", true, "contact", "contactname", "fullname", "person"),
            new("external_id", "Identifier in the CRM", false, "contactid", "id", "externalid"),
            new("title", "Title", false, "jobtitle", "position", "function"),
            new("email", "Mail", false, "email", "emailaddress", "mailaddress"),
            new("phone", "Phone", false, "phonenumber", "telephone", "mobile"),
            new("role", "Buying role", false, "role", "buyingcommitteerole", "contactrole"),
            new("consent", "Consent", false, "maycontact", "optin", "marketingconsent"),
            new("consent_note", "Consent note", false, "consentsource", "consentreason"),
        ],
    };

    public static IReadOnlyList<ImportField> Of(ImportKind kind) => Fields[kind];

    /// <summary>With the tenant's custom fields behind.</summary>
    public static IReadOnlyList<ImportField> Of(ImportKind kind, IReadOnlyList<CustomField> own) => own.Count == 0 ? Fields[kind] : [.. Fields[kind], .. own.Select(OwnColumns.Column)];

    public static string Label(ImportKind kind) => kind switch
    {
        ImportKind.Accounts => "Accounts",
        ImportKind.Products => "Products",
        ImportKind.SalesTeams => "Sales teams",
        ImportKind.Contacts => "Contacts",
        _ => "Opportunities",
    };

    /// <summary>Which column fills which field, as far as the headers tell; a column fills one field, the best word wins.</summary>
    public static Dictionary<string, int> Suggest(ImportKind kind, IReadOnlyList<string> header, IReadOnlyList<CustomField> own)
    {
        var keys = header.Select(CompanyNames.Tight).ToArray();
        var taken = new HashSet<int>();
        var mapping = new Dictionary<string, int>();
        foreach (var (code, column) in Named(kind, keys, own))
            if (taken.Add(column)) mapping[code] = column;
        foreach (var field in Fields[kind])
        {
            var column = field.Words.Prepend(CompanyNames.Tight(field.Label)).Select(w => Array.IndexOf(keys, w)).FirstOrDefault(c => c >= 0 && !taken.Contains(c), -1);
            if (column < 0) column = Array.FindIndex(keys, k => k.Length >= 5 && field.Words.Any(w => w.Length >= 5 && CompanyNames.OneLetterApart(k, w)));
            if (column < 0 || !taken.Add(column)) continue;
            mapping[field.Code] = column;
        }

        return mapping;
    }

    // A column with the very name of a custom field is that one, whatever else such columns mostly hold; only the name of a field that every record has goes before it.
    private static IEnumerable<(string Code, int Column)> Named(ImportKind kind, string[] keys, IReadOnlyList<CustomField> own)
    {
        var labels = Fields[kind].Select(f => CompanyNames.Tight(f.Label)).ToHashSet();
        foreach (var field in own)
        {
            var column = new[] { CompanyNames.Tight(field.Label), CompanyNames.Tight(field.Key) }.Where(w => !labels.Contains(w)).Select(w => Array.IndexOf(keys, w)).FirstOrDefault(c => c >= 0, -1);
            if (column >= 0) yield return (OwnColumns.CodeOf(field), column);
        }
    }

    /// <summary>The kind whose required fields are all there and which knows most of the columns, or null.</summary>
    public static ImportKind? Guess(IReadOnlyList<string> header) =>
        Fields.Keys.Select(kind => (Kind: kind, Mapping: Suggest(kind, header, [])))
            .Where(k => Fields[k.Kind].All(f => !f.Required || k.Mapping.ContainsKey(f.Code)))
            .OrderByDescending(k => k.Mapping.Count).ThenByDescending(k => Fields[k.Kind].Count(f => f.Required))
            .Select(k => (ImportKind?)k.Kind).FirstOrDefault();
}
