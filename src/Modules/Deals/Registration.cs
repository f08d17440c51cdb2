using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>What a registration must contain, and who may make one: shared by draft, registration, page and API.</summary>
internal static class Registration
{
    /// <summary>Words of work below which nothing is shown.</summary>
    private const int ShortestStory = 20;

    private const long LargestAmount = 1_000_000_000_000_00;

    /// <summary>A draft may be incomplete, but what is there must be storable.</summary>
    public static Check Draft(DealFields fields, Check check) => check
        .Text(fields.CustomerName, "customerName", "The customer's name")
        .Text(fields.CustomerDomain, "customerDomain", "The web site", required: false)
        .Text(fields.CustomerCity, "customerCity", "The city", 100, required: false)
        .Text(fields.CustomerTaxNumber, "customerTaxNumber", "The tax number", 40, required: false)
        .That(Text.OrNull(fields.CustomerTaxNumber) is null || Customers.TaxKey(fields.CustomerTaxNumber) is not null, "customerTaxNumber", "This is no tax number; leave it empty if you do not know it.")
        .Text(fields.ContactName, "contactName", "The contact's name", required: false)
        .Text(fields.ContactEmail, "contactEmail", "The contact's e-mail", required: false)
        .Text(fields.WorkDone, "workDone", "What you did so far", 4000, required: false)
        .Text(fields.NextStep, "nextStep", "The next step", 1000, required: false)
        .That(Text.OrNull(fields.Country) is null || Countries.Find(fields.Country!.Trim().ToUpperInvariant()) is not null, "country", "Choose a country.")
        .That(Text.OrNull(fields.ContactEmail) is null || MailAddress.TryCreate(fields.ContactEmail, out _), "contactEmail", "This is not an e-mail address.")
        .Currency(fields.Currency, required: false)
        .That(fields.Motion is not { } motion || Published.DealMotion.Selling.Contains(motion), "motion", "Nothing is sold in this motion.")
        .That(fields.Amount is null or (>= 0 and <= LargestAmount), "amount", "The amount is not possible.");

    /// <summary>What a registration needs besides.</summary>
    public static Check Complete(DealFields fields, DateOnly today, Check check) => Draft(fields, check)
        .That(Text.OrNull(fields.Country) is not null, "country", "Choose the customer's country.")
        .That(fields.Product is not null, "product", "Choose the product.")
        .That(fields.Amount is > 0 or null, "amount", "The amount is more than zero; your estimate is enough.")
        .That(fields.Amount is not null, "amount", "How much is the deal worth? Your estimate is enough.")
        .That(fields.ExpectedClose is not null, "expectedClose", "When do you expect to close? Your estimate is enough.")
        .That(fields.ExpectedClose is not { } close || (close >= today && close <= today.AddYears(5)), "expectedClose", "The expected close lies between today and five years from now.")
        .That(Customer.Domain(fields.CustomerDomain) is not null || Text.OrNull(fields.CustomerDomain) is null, "customerDomain", "This is no web address; write it like example.com, or leave it empty.");

    /// <summary>No contact that can be verified, or no work shown: a fact for the rules, not an error.</summary>
    public static bool EvidenceMissing(DealFields fields) =>
        Text.OrNull(fields.ContactName) is null || Text.OrNull(fields.ContactEmail) is null || (Text.OrNull(fields.WorkDone)?.Length ?? 0) < ShortestStory;

    /// <summary>The actor's partner, if it may register now.</summary>
    public static async Task<Result<PartnerRow>> PartnerAsync(Work work, CancellationToken ct)
    {
        if (work.Actor.Partner is not { } id) return DealsProblems.NoPartner();
        var partner = await work.Db.Set<PartnerRow>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (partner is null) return DealsProblems.NoPartner();
        return MayRegister(partner.State) ? partner : DealsProblems.PartnerNotActive(partner.State);
    }

    /// <summary>
    /// The name of the product, if it can be sold, the actor's partner, if it may register now, and whether partners must fill in custom fields of deals: what a new registration begins with, in one
    /// round trip.
    /// </summary>
    public static async Task<(Result<string?> Product, Result<PartnerRow> Partner, bool MustFill)> BeginAsync(Work work, ProductId? product, CancellationToken ct)
    {
        if (work.Actor.Partner is not { } id) return (await ProductNameAsync(work, product, ct), DealsProblems.NoPartner(), false);
        var asks = new Asks(work.Db);
        var names = asks.For($"SELECT name FROM accounts_product WHERE tenant_id = $1 AND id = $2 AND {work.Db.Engine.Yes("active")}", row => row.Text(0), product ?? default);
        var partners = asks.For("SELECT name, domain, country, region, state, main_type, tier, manager_id, employees, merged_into, since, search_text FROM partners_partner WHERE tenant_id = $1 AND id = $2", row => new PartnerRow
        {
            TenantId = work.Tenant,
            Id = id,
            Name = row.Text(0),
            Domain = row.TextOrNull(1),
            Country = row.Text(2),
            Region = row.Text(3),
            State = row.Word<PartnerState>(4)!.Value,
            MainType = row.Word<PartnerType>(5)!.Value,
            Tier = row.Word<Tier>(6)!.Value,
            ManagerId = row.IdOrNull<PersonId>(7),
            Employees = (int?)row.Number(8),
            MergedInto = row.IdOrNull<PartnerId>(9),
            Since = row.Time(10)!.Value,
            SearchText = row.Text(11),
        }, id);
        var own = asks.For($"SELECT 1 FROM kernel_field WHERE tenant_id = $1 AND record = 'deals' AND sight = '{Words.Of(FieldSight.PartnerWrites)}' AND {work.Db.Engine.Yes("required")} AND archived_at IS NULL LIMIT 1", row => row.Number(0));
        await asks.RunAsync(ct);
        return (product is null ? (string?)null : names.Count == 0 ? DealsProblems.NoSuchProduct() : names[0],
            partners.Count == 0 ? DealsProblems.NoPartner() : MayRegister(partners[0].State) ? partners[0] : DealsProblems.PartnerNotActive(partners[0].State), own.Count > 0);
    }

    /// <summary>A dormant partner may wake up by registering; a suspended or leaving one may not.</summary>
    public static bool MayRegister(PartnerState state) =>
        state is PartnerState.Onboarding or PartnerState.Activated or PartnerState.Active or PartnerState.AtRisk or PartnerState.Dormant;

    /// <summary>The name of a product that can be sold.</summary>
    public static async Task<Result<string?>> ProductNameAsync(Work work, ProductId? product, CancellationToken ct)
    {
        if (product is not { } id) return (string?)null;
        var name = await work.Db.Set<ProductRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == id && p.Active).Select(p => p.Name).SingleOrDefaultAsync(ct);
        return name is null ? DealsProblems.NoSuchProduct() : name;
    }
}
