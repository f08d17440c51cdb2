using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>
/// A lead follows the registration of its customer, from the lead's draft or without: it is converted as long as that registration lasts, and back on the partner's table when it was refused,
/// withdrawn, taken back into drafts, revoked or has expired. A registration that is won or lost takes no other lead along: a customer that asks anew asks for something else.
/// </summary>
internal sealed class FollowRegistration(Work work)
{
    private static readonly DealState[] Without = [DealState.Draft, DealState.Rejected, DealState.Withdrawn, DealState.Expired, DealState.Revoked];

    public async Task FollowAsync(DealId id, CancellationToken ct)
    {
        if (await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } deal) return;
        var partner = deal.PartnerId;
        if (Without.Contains(deal.State))
        {
            foreach (var lead in await work.Db.Set<Lead>().IgnoreQueryFilters([Db.PartnerFilter]).Where(l => l.DealId == id && l.State == LeadState.Converted && l.Direction == LeadDirection.ToPartner).ToListAsync(ct)) lead.Move(work, LeadTrigger.Reopen);
            return;
        }

        var same = DealLifecycle.IsOver(deal.State) ? [] : await work.LeadsOf(deal.CustomerKey, deal.CustomerDomain, deal.AccountId, deal.ProductId).Where(l => l.PartnerId == partner && l.State == LeadState.Accepted && l.Direction == LeadDirection.ToPartner).ToListAsync(ct);
        var own = await work.Db.Set<Lead>().IgnoreQueryFilters([Db.PartnerFilter]).Where(l => l.DealId == id && l.State == LeadState.Accepted && l.Direction == LeadDirection.ToPartner).ToListAsync(ct);
        foreach (var lead in same.Union(own))
        {
            lead.Register(id);
            lead.Move(work, LeadTrigger.Convert);
        }
    }
}

/// <summary>What became of a lead that a partner has passed to the vendor.</summary>
internal sealed record LeadConversion(LeadId Lead, OpportunityId? Opportunity = null, long? Version = null);

/// <summary>The vendor makes an opportunity of a partner's lead.</summary>
internal sealed class ConvertLead(Work work, LeadMail mail) : UseCase<LeadConversion, LeadId>(work)
{
    protected override Permission Permission => PassingPermissions.Decide;

    protected override async Task<Result<LeadId>> HandleAsync(LeadConversion input, CancellationToken ct)
    {
        var found = await Work.LeadAsync(input.Lead, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var lead = found.Value;
        if (Work.Actor.IsPartner || lead.Direction != LeadDirection.ToVendor) return PassingProblems.NotYours();
        if (input.Opportunity is { } id && !await Db.Set<OpportunityRow>().AnyAsync(o => o.Id == id, ct)) return DealsProblems.NoSuchOpportunity();
        var moved = lead.Move(Work, LeadTrigger.Convert);
        if (!moved.Ok) return moved.Problem;
        lead.Link(input.Opportunity);
        await mail.DecidedAsync(lead, ct);
        return lead.Id;
    }
}
