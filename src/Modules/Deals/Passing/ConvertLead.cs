using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>The partner begins the registration of an accepted lead: a draft with what the lead says. The lead is converted when that draft is registered.</summary>
internal sealed class RegisterLead(Work work, Drafts drafts) : UseCase<LeadId, DealId>(work)
{
    private static readonly DealState[] Over = [DealState.Withdrawn, DealState.Rejected];

    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(LeadId input, CancellationToken ct)
    {
        var found = await Work.LeadAsync(input, null, ct);
        if (!found.Ok) return found.Problem;
        var lead = found.Value;
        if (Work.Actor.Partner != lead.PartnerId || lead.Direction != LeadDirection.ToPartner) return PassingProblems.NotYours();
        if (LeadLifecycle.Machine.Next(lead.State, LeadTrigger.Convert) is { Ok: false, Problem: { } problem }) return problem;
        if (lead.DealId is { } begun && await Db.Set<Deal>().AnyAsync(d => d.Id == begun && !Over.Contains(d.State), ct)) return begun;
        var kept = await drafts.KeepAsync(null, null, new DealFields
        {
            CustomerName = lead.CustomerName, CustomerDomain = lead.CustomerDomain, CustomerCity = lead.CustomerCity, Country = lead.Country, Product = lead.ProductId, Amount = lead.Amount, Currency = lead.Currency,
            ContactName = lead.ContactName, ContactEmail = lead.ContactEmail, WorkDone = $"A lead of the vendor, accepted on {lead.AnsweredAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {lead.Need}",
        }, null, null, complete: false, ct);
        if (!kept.Ok) return kept.Problem;
        lead.Register(kept.Value.Id);
        return kept.Value.Id;
    }
}

/// <summary>A partner has registered the customer of a lead that it has accepted, from the lead's draft or without: the lead is converted.</summary>
internal sealed class ConvertRegistered(Work work) : IHear<DealRegistered>
{
    public async Task HearAsync(DealRegistered happened, CancellationToken ct)
    {
        var (id, partner) = (happened.Deal, happened.Partner);
        if (await work.Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } deal) return;
        var (key, domain, product) = (deal.CustomerKey, deal.CustomerDomain, deal.ProductId);
        var leads = await work.Db.Set<Lead>().Where(l => l.PartnerId == partner && l.State == LeadState.Accepted && l.Direction == LeadDirection.ToPartner
            && (l.DealId == id || ((l.CustomerKey == key || (domain != null && l.CustomerDomain == domain)) && (l.ProductId == null || l.ProductId == product)))).ToListAsync(ct);
        foreach (var lead in leads)
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

/// <summary>Ends an offer that nobody has answered in time and tells the passer. One that is in time is left alone.</summary>
internal sealed class LapseLead(Work work, LeadMail mail, LeadReceipts receipts) : UseCase<LeadId, bool>(work)
{
    protected override Permission Permission => PassingPermissions.Clock;

    protected override async Task<Result<bool>> HandleAsync(LeadId id, CancellationToken ct)
    {
        var found = await Work.LeadAsync(id, null, ct);
        if (!found.Ok) return found.Problem;
        var lead = found.Value;
        if (lead.State != LeadState.Offered || lead.AnswerBy is not { } by || Work.Now <= by) return false;
        var moved = lead.Move(Work, LeadTrigger.TimeOut);
        if (!moved.Ok) return moved.Problem;
        await receipts.AnsweredAsync(lead, ct);
        await mail.LapsedAsync(lead, ct);
        return true;
    }
}

/// <summary>Forgets the customer's contact of leads that ended half a year ago: nobody needs that person's data for them any more.</summary>
internal sealed class ForgetContacts(Work work) : UseCase<DateTime, int>(work)
{
    protected override Permission Permission => PassingPermissions.Clock;

    protected override Task<Result<int>> HandleAsync(DateTime before, CancellationToken ct) => CountAsync(
        Db.Set<Lead>().Where(l => (l.ContactName != null || l.ContactEmail != null) && l.StateSince < before && !LeadLifecycle.Open.Contains(l.State))
            .ExecuteUpdateAsync(s => s.SetProperty(l => l.ContactName, (string?)null).SetProperty(l => l.ContactEmail, (string?)null), ct));

    private static async Task<Result<int>> CountAsync(Task<int> changed) => await changed;
}

/// <summary>Looks every quarter of an hour which offers have lapsed.</summary>
internal sealed class LapseLeads(Db db, Work work, LapseLead lapse, ForgetContacts forget) : IRecurring
{
    public const int ContactDays = 180;
    private const int Most = 2_000;

    public async Task RunAsync(CancellationToken ct)
    {
        var now = work.Now;
        foreach (var id in await db.Set<Lead>().Where(l => l.State == LeadState.Offered && l.AnswerBy < now).OrderBy(l => l.AnswerBy).Take(Most).Select(l => l.Id).ToListAsync(ct)) await lapse.RunAsync(id, ct);
        await forget.RunAsync(now.AddDays(-ContactDays), ct);
    }
}
