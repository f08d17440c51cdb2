using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
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
