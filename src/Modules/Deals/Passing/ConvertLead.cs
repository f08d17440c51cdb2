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
    private static readonly DealState[] Over = [DealState.Withdrawn, DealState.Rejected, DealState.Expired, DealState.Revoked];

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

/// <summary>
/// A lead follows the registration of its customer, from the lead's draft or without: it is converted as long as that registration lasts, and back on the partner's table when it was refused,
/// withdrawn, taken back into drafts, revoked or has expired.
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

        var same = await work.LeadsOf(deal.CustomerKey, deal.CustomerDomain, deal.AccountId, deal.ProductId).Where(l => l.PartnerId == partner && l.State == LeadState.Accepted && l.Direction == LeadDirection.ToPartner).ToListAsync(ct);
        var own = await work.Db.Set<Lead>().IgnoreQueryFilters([Db.PartnerFilter]).Where(l => l.DealId == id && l.State == LeadState.Accepted && l.Direction == LeadDirection.ToPartner).ToListAsync(ct);
        foreach (var lead in same.Union(own))
        {
            lead.Register(id);
            lead.Move(work, LeadTrigger.Convert);
        }
    }
}

internal sealed class LeadOnRegistered(FollowRegistration follow) : IHear<DealRegistered>
{
    public Task HearAsync(DealRegistered happened, CancellationToken ct) => follow.FollowAsync(happened.Deal, ct);
}

internal sealed class LeadOnDecided(FollowRegistration follow) : IHear<DealDecided>
{
    public Task HearAsync(DealDecided happened, CancellationToken ct) => follow.FollowAsync(happened.Deal, ct);
}

internal sealed class LeadOnEnded(FollowRegistration follow) : IHear<DealEnded>
{
    public Task HearAsync(DealEnded happened, CancellationToken ct) => follow.FollowAsync(happened.Deal, ct);
}

internal sealed class LeadOnChanged(FollowRegistration follow) : IHear<DealChanged>
{
    public Task HearAsync(DealChanged happened, CancellationToken ct) => follow.FollowAsync(happened.Deal, ct);
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

/// <summary>What the clock does to one lead: an unanswered offer ends, an accepted one whose protection is over ends, and who has not decided in time is told again. One that is in time is left alone.</summary>
internal sealed class LapseLead(Work work, LeadMail mail, LeadReceipts receipts) : UseCase<LeadId, bool>(work)
{
    protected override Permission Permission => PassingPermissions.Clock;

    protected override async Task<Result<bool>> HandleAsync(LeadId id, CancellationToken ct)
    {
        var found = await Work.LeadAsync(id, null, ct);
        if (!found.Ok) return found.Problem;
        var lead = found.Value;
        LeadTrigger? due = lead.State switch
        {
            LeadState.Offered when lead.AnswerBy < Work.Now => LeadTrigger.TimeOut,
            LeadState.Accepted when lead.ProtectedUntil < Work.Today => LeadTrigger.Expire,
            LeadState.InReview or LeadState.Submitted when lead.DecideBy < Work.Now && lead.StateSince <= lead.DecideBy => LeadTrigger.Remind,
            _ => null,
        };
        if (due is not { } on) return false;
        var moved = lead.Move(Work, on);
        if (!moved.Ok) return moved.Problem;
        if (on == LeadTrigger.TimeOut)
        {
            await receipts.AnsweredAsync(lead, ct);
            await mail.LapsedAsync(lead, ct);
        }
        else if (on == LeadTrigger.Expire) await mail.ExpiredAsync(lead, ct);
        else await mail.OverdueAsync(lead, ct);
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

/// <summary>Looks every quarter of an hour which leads are due.</summary>
internal sealed class LapseLeads(Db db, Work work, LapseLead lapse, ForgetContacts forget) : IRecurring
{
    public const int ContactDays = 180;
    private const int Most = 2_000;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (now, today, refusals) = (work.Now, work.Today, new Refusals());
        var offered = db.Set<Lead>().Where(l => l.State == LeadState.Offered && l.AnswerBy < now).OrderBy(l => l.AnswerBy);
        var over = db.Set<Lead>().Where(l => l.State == LeadState.Accepted && l.ProtectedUntil < today).OrderBy(l => l.ProtectedUntil);
        var overdue = db.Set<Lead>().Where(l => (l.State == LeadState.InReview || l.State == LeadState.Submitted) && l.DecideBy < now && l.StateSince <= l.DecideBy).OrderBy(l => l.DecideBy);
        foreach (var due in new[] { offered, over, overdue })
        {
            foreach (var id in await due.Take(Most).Select(l => l.Id).ToListAsync(ct)) refusals.Note(await lapse.RunAsync(id, ct));
        }

        refusals.Note(await forget.RunAsync(now.AddDays(-ContactDays), ct));
        return refusals.End;
    }
}
