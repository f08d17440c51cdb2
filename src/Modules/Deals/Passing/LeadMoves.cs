using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

internal static class LeadMoves
{
    /// <summary>The lead, tracked, if this actor may see it and nobody has changed it since; with its chain held, so that of two answers at the same instant one comes first.</summary>
    public static async Task<Result<Lead>> LeadAsync(this Work work, LeadId id, long? version, CancellationToken ct)
    {
        if (await work.Db.Set<Lead>().Where(l => l.Id == id).Select(l => (LeadId?)l.ChainId).SingleOrDefaultAsync(ct) is not { } chain) return PassingProblems.Missing();
        await work.LockAsync($"lead:{chain}", ct);
        var lead = await work.Db.Set<Lead>().SingleAsync(l => l.Id == id, ct);
        return version is { } seen && seen != lead.Version ? Problem.Stale() : lead;
    }

    /// <summary>Of two leads of one customer at the same instant one comes first, however each is written.</summary>
    public static Task LockLeadsOfAsync(this Work work, TypedCustomer customer, AccountId? account, CancellationToken ct)
    {
        var keys = account is { } known ? [$"a:{known}"] : Customers.Keys(customer, asking: true).Append("k:" + Customer.Key(customer.Name)).Append("d:" + customer.Domain);
        return work.LockAsync(keys.Distinct().Order(StringComparer.Ordinal).Select(k => $"lead-customer:{k}"), ct);
    }

    /// <summary>All partners' leads of a customer: one name, web site or account, and the same product or none. The look-ups of decisions (<see cref="CaseAsks"/>) define it alike.</summary>
    public static IQueryable<Lead> LeadsOf(this Work work, string key, string? domain, AccountId? account, ProductId? product)
    {
        var (site, known) = (domain ?? "", account ?? default);
        var leads = work.Db.Set<Lead>().IgnoreQueryFilters([Db.PartnerFilter]).Where(l => l.CustomerKey == key || l.CustomerDomain == site || l.AccountId == known);
        return product is { } one ? leads.Where(l => l.ProductId == null || l.ProductId == one) : leads;
    }

    /// <summary>Whether the customer of this lead is another lead's, which is accepted.</summary>
    public static Task<bool> IsTakenAsync(this Work work, Lead lead, CancellationToken ct)
    {
        var id = lead.Id;
        return work.LeadsOf(lead.CustomerKey, lead.CustomerDomain, lead.AccountId, lead.ProductId).AnyAsync(l => l.Id != id && l.Direction == LeadDirection.ToPartner && l.State == LeadState.Accepted, ct);
    }
}

/// <summary>Who may see, pass, answer and decide on leads.</summary>
internal static class PassingPermissions
{
    public const string ViewCode = "deals.view_leads";
    public const string PassCode = "deals.pass_lead";
    public const string ReferCode = "deals.refer_lead";

    public static readonly Permission View = new(ViewCode, "See leads that were passed on", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DirectSeller, Roles.Marketing, Roles.Executive, Roles.PartnerAdmin, Roles.PartnerSales, Roles.ReferralPartner);
    public static readonly Permission Pass = new(PassCode, "Pass leads to partners", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DirectSeller, Roles.Marketing);
    public static readonly Permission Decide = new("deals.decide_leads", "Decide on leads that the rules leave to a person", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Executive);
    public static readonly Permission Answer = new("deals.answer_lead", "Accept, decline and give back leads for the partner", Roles.PartnerAdmin, Roles.PartnerSales);
    public static readonly Permission Refer = new(ReferCode, "Pass leads to the vendor", Roles.PartnerAdmin, Roles.PartnerSales, Roles.ReferralPartner);
    public static readonly Permission Clock = new("deals.lead_clock", "End offers of leads whose time is over");

    public static readonly Permission[] All = [View, Pass, Decide, Answer, Refer, Clock];
}
