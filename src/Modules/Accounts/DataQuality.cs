using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>One kind of work that waits in the data.</summary>
/// <param name="Code">Its stable name.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Why">What it does harm to.</param>
/// <param name="Count">How many records.</param>
/// <param name="Href">The records.</param>
internal sealed record QualityGap(string Code, string Title, string Why, int Count, string Href);

internal static class DataQuality
{
    /// <summary>Each gap is looked up at the present state, so it closes as soon as the data are right.</summary>
    public static async Task<IReadOnlyList<QualityGap>> GapsAsync(Work work, CancellationToken ct)
    {
        var accounts = work.Db.Set<Account>();
        var opportunities = work.Db.Set<Opportunity>();
        var deals = await opportunities.GroupBy(_ => 1).Select(g => new
        {
            NoAccount = g.Count(o => o.AccountId == null && o.AccountWritten == null),
            UnknownAccount = g.Count(o => o.AccountId == null && o.AccountWritten != null),
            NoProduct = g.Count(o => o.ProductId == null),
            NoDate = g.Count(o => o.OpenedOn == null),
            NoValue = g.Count(o => o.Stage == OpportunityStage.Won && (o.Amount == null || o.Amount == 0)),
        }).SingleOrDefaultAsync(ct);
        var customers = await accounts.GroupBy(_ => 1).Select(g => new
        {
            NoDomain = g.Count(a => a.Domain == null),
            NoCountry = g.Count(a => a.Country == null),
            NoSector = g.Count(a => a.Sector == null),
            NoParent = g.Count(a => a.ParentWritten != null && a.ParentId == null),
            Review = g.Count(a => a.Origin == AccountOrigin.NamedByPartner),
        }).SingleOrDefaultAsync(ct);
        QualityGap[] gaps =
        [
            new("opportunity_without_account", "Opportunities without an account", "They are matched with no partner's deal, so credit may be missed.", deals?.NoAccount ?? 0, "/app/opportunities?lacks=account"),
            new("opportunity_unknown_account", "Opportunities of an unknown account", "The CRM names an account that is not here. Import the accounts again, or say which account is meant.", deals?.UnknownAccount ?? 0, "/app/opportunities?lacks=known_account"),
            new("opportunity_without_product", "Opportunities without a known product", "A partner's claim on the same customer and product cannot be compared.", deals?.NoProduct ?? 0, "/app/opportunities?lacks=product"),
            new("opportunity_without_date", "Opportunities without a date", "Nobody can tell whether they were here before a partner's registration.", deals?.NoDate ?? 0, "/app/opportunities?lacks=date"),
            new("won_without_value", "Won opportunities without a value", "They count as won and bring no revenue.", deals?.NoValue ?? 0, "/app/opportunities?lacks=value"),
            new("account_without_domain", "Accounts without a web domain", "The domain is the surest way to recognise a customer that a partner types.", customers?.NoDomain ?? 0, "/app/accounts?lacks=domain"),
            new("account_without_country", "Accounts without a country", "Territories and rules that name a country do not apply to them.", customers?.NoCountry ?? 0, "/app/accounts?lacks=country"),
            new("account_without_sector", "Accounts without a sector", "Views by sector leave them out.", customers?.NoSector ?? 0, "/app/accounts?lacks=sector"),
            new("account_unknown_parent", "Subsidiaries of an unknown company", "The owning company is named and not among the accounts.", customers?.NoParent ?? 0, "/app/accounts?lacks=parent"),
            new("account_named_by_partner", "Accounts named by a partner", "Nobody at the vendor has looked at them yet.", customers?.Review ?? 0, "/app/accounts?lacks=review"),
        ];
        return [.. gaps.Where(g => g.Count > 0)];
    }
}
