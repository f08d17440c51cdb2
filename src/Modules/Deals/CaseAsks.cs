using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>What a partner may sell and the product that it wants to sell; filled when the look-ups are done.</summary>
internal sealed record Standing(List<(Motion Motion, Tier Tier)> Active, List<(CertificationLevel Level, string Subject)> Certified, List<(string Name, string? Series)> Products, List<string> Territories)
{
    public IReadOnlyList<Motion> Motions => [.. Active.Select(m => m.Motion)];

    public IReadOnlyList<(CertificationLevel Level, string Subject)> Certifications => [.. Certified.Distinct()];

    public (string Name, string? Series)? Product => Products.Count == 0 ? null : Products[0];
}

/// <summary>What is known of an account and of the direct team there; filled when the look-ups are done.</summary>
internal sealed record KnownAccount(List<AccountRow> Rows, List<DateOnly?> Activities, List<long?> Bought, List<DirectOpportunity> Direct, List<PartnerId?> Holders)
{
    public AccountRow? Row => Rows.Count == 0 ? null : Rows[0];

    public DateOnly? LastActivity => Activities.Max();

    public bool HasBought => Bought.Count > 0;
}

/// <summary>The look-ups of a case: SQL over published rows, whose columns are their properties, so that all of them travel at once.</summary>
internal static class CaseAsks
{
    public static Standing Standing(Asks asks, PartnerId partner, ProductId? product, DateOnly today) => new(
        asks.For($"SELECT motion, tier FROM partners_motion WHERE tenant_id = $1 AND partner_id = $2 AND state = '{Words.Of(MotionState.Active)}'", row => (row.Word<Motion>(0)!.Value, row.Word<Tier>(1)!.Value), partner),
        asks.For($"""
            SELECT level, subject FROM partners_certification
            WHERE tenant_id = $1 AND partner_id = $2 AND state = '{Words.Of(CertificationState.Confirmed)}' AND valid_from <= $3 AND (valid_until IS NULL OR valid_until >= $3)
            """, row => (row.Word<CertificationLevel>(0)!.Value, row.Text(1)), partner, today),
        asks.For("SELECT name, series FROM accounts_product WHERE tenant_id = $1 AND id = $2", row => (row.Text(0), row.TextOrNull(1)), product ?? default),
        asks.For($"SELECT key FROM partners_trait WHERE tenant_id = $1 AND partner_id = $2 AND kind = '{Words.Of(TraitKind.Territory)}'", row => row.Text(0), partner));

    public static KnownAccount Account(Asks asks, AccountId account, Deal deal, DateOnly today) => new(
        asks.For("SELECT tenant_id, name, domain, tax_number, city, sector, country, named, owner_name, search_text FROM accounts_account WHERE tenant_id = $1 AND id = $2", row => new AccountRow
        {
            TenantId = row.Id<TenantId>(0),
            Id = account,
            Name = row.Text(1),
            Domain = row.TextOrNull(2),
            TaxNumber = row.TextOrNull(3),
            City = row.TextOrNull(4),
            Sector = row.TextOrNull(5),
            Country = row.TextOrNull(6),
            Named = row.Yes(7),
            OwnerName = row.TextOrNull(8),
            SearchText = row.Text(9),
        }, account),
        // What is dated ahead is a plan, not an activity.
        asks.For($"""
            SELECT max(CASE WHEN o.opened_on <= $3 THEN o.opened_on END), max(CASE WHEN o.stage_changed_on <= $3 THEN o.stage_changed_on END), max(CASE WHEN o.closed_on <= $3 THEN o.closed_on END)
            FROM accounts_opportunity AS o WHERE o.tenant_id = $1 AND o.account_id = $2 AND {Unlinked}
            """, row => new[] { row.Day(0), row.Day(1), row.Day(2) }.Max(), account, today),
        asks.For($"SELECT 1 FROM accounts_opportunity AS o WHERE o.tenant_id = $1 AND o.account_id = $2 AND o.stage = '{Words.Of(OpportunityStage.Won)}' LIMIT 1", row => row.Number(0), account),
        Direct(asks, account, deal),
        asks.For("SELECT partner_id FROM deals_relation WHERE tenant_id = $1 AND account_id = $2 AND ended_at IS NULL", row => row.IdOrNull<PartnerId>(0), account));

    /// <summary>Accepted leads of this customer and product, and the one that this registration was made from: whose each is, and until when it is protected.</summary>
    public static List<(PartnerId Partner, DateOnly? Until)> LeadHolders(Asks asks, Deal deal)
    {
        var (product, values) = deal.ProductId is { } one ? ("(l.product_id IS NULL OR l.product_id = $6)", new object?[] { one }) : ("1 = 1", []);
        return asks.For($"""
            SELECT l.partner_id, l.protected_until FROM deals_lead AS l
            WHERE l.tenant_id = $1 AND l.state = '{Words.Of(Passing.LeadState.Accepted)}' AND l.direction = '{Words.Of(Passing.LeadDirection.ToPartner)}' AND (({product} AND {OfCustomer})
                OR l.id IN (SELECT id FROM deals_lead WHERE tenant_id = $1 AND deal_id = $5))
            LIMIT 20
            """, row => (row.Id<PartnerId>(0), row.Day(1)), [deal.CustomerKey, deal.CustomerDomain ?? "", deal.AccountId ?? default, deal.Id, .. values]);
    }

    /// <summary>Every living lead of this customer and product: offered, waiting or accepted, in both directions.</summary>
    public static List<Passing.LivingLead> LivingLeads(Asks asks, Deal deal, DateOnly today)
    {
        var (product, values) = deal.ProductId is { } one ? ("(l.product_id IS NULL OR l.product_id = $6)", new object?[] { one }) : ("1 = 1", []);
        return asks.For($"""
            SELECT l.id, l.partner_id, l.direction, l.state FROM deals_lead AS l
            WHERE l.tenant_id = $1 AND {product} AND {OfCustomer} AND (
                l.state IN ('{Words.Of(Passing.LeadState.InReview)}', '{Words.Of(Passing.LeadState.Offered)}', '{Words.Of(Passing.LeadState.Submitted)}', '{Words.Of(Passing.LeadState.Accepted)}')
                OR (l.state = '{Words.Of(Passing.LeadState.Converted)}' AND l.direction = '{Words.Of(Passing.LeadDirection.ToVendor)}' AND l.protected_until >= $5))
            LIMIT 50
            """, row => new Passing.LivingLead(row.Id<Passing.LeadId>(0), row.Id<PartnerId>(1), row.Word<Passing.LeadDirection>(2)!.Value, row.Word<Passing.LeadState>(3)!.Value),
            [deal.CustomerKey, deal.CustomerDomain ?? "", deal.AccountId ?? default, today, .. values]);
    }

    /// <summary>The leads of a customer: one name ($2), web site ($3) or account ($4).</summary>
    private const string OfCustomer = """
        l.id IN (
            SELECT id FROM deals_lead WHERE tenant_id = $1 AND customer_key = $2
            UNION SELECT id FROM deals_lead WHERE tenant_id = $1 AND customer_domain = $3
            UNION SELECT id FROM deals_lead WHERE tenant_id = $1 AND account_id = $4)
        """;

    private static List<DirectOpportunity> Direct(Asks asks, AccountId account, Deal deal)
    {
        var (any, product) = deal.ProductId is { } one ? ("(o.product_id IS NULL OR o.product_id = $4)", new object?[] { one }) : ("1 = 1", []);
        return asks.For($"""
            SELECT o.id, o.external_id, o.owner_name, o.stage, o.product_id, o.amount, o.opened_on, o.stage_changed_on
            FROM accounts_opportunity AS o
            WHERE o.tenant_id = $1 AND o.account_id = $2 AND o.id <> $3 AND o.stage IN ('{Words.Of(OpportunityStage.Prospecting)}', '{Words.Of(OpportunityStage.Engaging)}') AND {any} AND {Unlinked}
            ORDER BY o.opened_on DESC LIMIT 20
            """, row => new DirectOpportunity(row.Id<OpportunityId>(0), row.Text(1), row.TextOrNull(2), row.Word<OpportunityStage>(3)!.Value, row.IdOrNull<ProductId>(4), row.Number(5), row.Day(6), row.Day(7)),
            [account, deal.OpportunityId ?? default, .. product]);
    }

    // What has become a partner's deal is not the direct team's own.
    private const string Unlinked = "NOT EXISTS (SELECT 1 FROM deals_deal AS d WHERE d.tenant_id = o.tenant_id AND d.opportunity_id = o.id)";
}
