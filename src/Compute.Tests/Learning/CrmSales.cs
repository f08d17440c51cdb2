using Trellis.Compute.Learning;

namespace Trellis.Compute.Tests.Learning;

/// <summary>The question a vendor would ask of the CRM export: will this deal be won, from what is known when it is opened?</summary>
internal static class CrmSales
{
    public static Question Question()
    {
        var deals = SharedData.Read("crm-sales/sales_pipeline.csv");
        var stages = deals.Texts("deal_stage");
        deals = deals.Where(i => stages[i] is "Won" or "Lost");
        var accounts = SharedData.Read("crm-sales/accounts.csv");
        var products = SharedData.Read("crm-sales/products.csv");
        var teams = SharedData.Read("crm-sales/sales_teams.csv");
        // The export writes one product in two ways.
        var product = deals.Texts("product").Select(p => p == "GTXPro" ? "GTX Pro" : p).ToArray();
        var account = Index(accounts.Texts("account"));
        var item = Index(products.Texts("product"));
        var agent = Index(teams.Texts("sales_agent"));
        var columns = new List<Column>
        {
            CategoryColumn.FromText("account", deals.Texts("account")), CategoryColumn.FromText("product", product), CategoryColumn.FromText("agent", deals.Texts("sales_agent")),
        };
        foreach (var name in (string[])["sector", "office_location", "subsidiary_of"]) columns.Add(Text(name, accounts.Texts(name), deals.Texts("account"), account));
        foreach (var name in (string[])["year_established", "revenue", "employees"]) columns.Add(Number(name, accounts.Numbers(name), deals.Texts("account"), account));
        foreach (var name in (string[])["manager", "regional_office"]) columns.Add(Text(name, teams.Texts(name), deals.Texts("sales_agent"), agent));
        columns.Add(Number("price", products.Numbers("sales_price"), product, item));
        return new Question(
            "deal close", "the chance that a deal is won", new Table(columns), deals.Outcomes("deal_stage", "Won"), deals.Times("engage_date"), deals.Times("close_date"), "agent");
    }

    private static Dictionary<string, int> Index(IReadOnlyList<string> names) => names.Select((n, i) => (n, i)).ToDictionary(x => x.n, x => x.i);

    private static CategoryColumn Text(string name, IReadOnlyList<string> values, IReadOnlyList<string> keys, Dictionary<string, int> index) =>
        CategoryColumn.FromText(name, keys.Select(k => index.TryGetValue(k, out var i) ? values[i] : null).ToArray());

    private static NumberColumn Number(string name, double[] values, IReadOnlyList<string> keys, Dictionary<string, int> index) =>
        new(name, keys.Select(k => index.TryGetValue(k, out var i) ? (float)values[i] : float.NaN).ToArray());
}
