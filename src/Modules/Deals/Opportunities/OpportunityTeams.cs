using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Passing;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Opportunities;

/// <summary>The partners on an opportunity, for the vendor: the linked deal with its team, who is planned, and how a partner could come to lead it.</summary>
internal sealed record OpportunityTeam
{
    public required OpportunityId Opportunity { get; init; }
    public required string Number { get; init; }
    public AccountId? Account { get; init; }

    /// <summary>The linked deal as this reader may see it; null without one.</summary>
    public LinkedDeal? Deal { get; init; }

    public required IReadOnlyList<PlannedLine> Planned { get; init; }

    /// <summary>Registrations of the same customer that are not linked to an opportunity.</summary>
    public required IReadOnlyList<Registered> Registrations { get; init; }

    /// <summary>To whom the opportunity was handed as a lead.</summary>
    public required IReadOnlyList<HandedLead> Leads { get; init; }

    /// <summary>Whether this reader may bring somebody in now.</summary>
    public required bool Brings { get; init; }
}

internal sealed record LinkedDeal(DealId Id, string Title, DealState State, DateTime Since, PartnerId Partner, string PartnerName, IReadOnlyList<TeamPlace> Team);

internal sealed record PlannedLine(PlannedPlaceId Id, PartnerId Partner, string PartnerName, DealRole Role, int ShareBasisPoints, int WorkBasisPoints, DealVisibility Visibility, string? Note, DateTime At, string By);

internal sealed record Registered(DealId Id, string PartnerName, string? ProductName, DealState State);

internal sealed record HandedLead(LeadId Id, string PartnerName, LeadState State);

internal static class OpportunityTeams
{
    private const int Most = 10;

    public static async Task<Result<OpportunityTeam>> FindAsync(Work work, OpportunityId id, CancellationToken ct)
    {
        var row = work.Actor.IsPartner ? null : await work.Db.Set<OpportunityRow>().Where(o => o.Id == id).Select(o => new { o.ExternalId, o.AccountId }).SingleOrDefaultAsync(ct);
        if (row is null) return Problem.Missing("opportunity");
        var found = await DealAsync(work, id, ct) is { } linked ? await DealPage.FindAsync(work, linked, ct) : Problem.Missing("deal");
        var deal = found.Ok ? found.Value : null;
        var planned = await work.Db.Set<PlannedPlace>().AsNoTracking().Where(p => p.OpportunityId == id && p.SettledAt == null).OrderBy(p => p.Id).ToListAsync(ct);
        var names = await DealList.PartnerNamesAsync(work, [.. planned.Select(p => p.PartnerId)], ct);
        return new OpportunityTeam
        {
            Opportunity = id,
            Number = row.ExternalId,
            Account = row.AccountId,
            Deal = deal is null ? null : new LinkedDeal(deal.Id, deal.Title, deal.State, deal.StateSince, deal.Partner, deal.PartnerName, deal.Team),
            Planned = [.. planned.Select(p => new PlannedLine(p.Id, p.PartnerId, names.GetValueOrDefault(p.PartnerId, ""), p.Role, p.ShareBasisPoints, p.WorkBasisPoints, p.Visibility, p.Note, p.PlannedAt, p.PlannedByName))],
            Registrations = deal is null && row.AccountId is { } account ? await RegistrationsAsync(work, account, ct) : [],
            Leads = deal is null && work.Actor.May(PassingPermissions.View) ? await LeadsAsync(work, id, ct) : [],
            Brings = work.Actor.May(DealsPermissions.Team) && (deal is null || InviteMember.Possible(work.Actor, deal.Full, deal.State)),
        };
    }

    public static Task<DealId?> DealAsync(Work work, OpportunityId opportunity, CancellationToken ct) =>
        work.Db.Set<Deal>().Where(d => d.OpportunityId == opportunity && d.State != DealState.Draft).OrderBy(d => d.Id).Select(d => (DealId?)d.Id).FirstOrDefaultAsync(ct);

    private static async Task<IReadOnlyList<Registered>> RegistrationsAsync(Work work, AccountId account, CancellationToken ct)
    {
        var open = await work.Db.Set<Deal>().AsNoTracking().Where(d => d.AccountId == account && d.OpportunityId == null && (d.State == DealState.Approved || d.State == DealState.InReview || d.State == DealState.InfoRequested))
            .OrderByDescending(d => d.CreatedAt).Select(d => d.Id).Take(Most).ToListAsync(ct);
        var lines = open.Count == 0 ? [] : (await DealList.FindAsync(work, new DealFilter { Only = open }, new Paging(Size: Most), ct)).Items;
        return [.. lines.Select(l => new Registered(l.Id, l.PartnerName, l.ProductName, l.State))];
    }

    /// <summary>The leads by which an opportunity was handed to partners.</summary>
    public static IQueryable<Lead> Handed(Work work, OpportunityId opportunity) => work.Db.Set<Lead>().AsNoTracking().Where(l => l.OpportunityId == opportunity && l.Direction == LeadDirection.ToPartner);

    private static async Task<IReadOnlyList<HandedLead>> LeadsAsync(Work work, OpportunityId opportunity, CancellationToken ct)
    {
        var leads = await Handed(work, opportunity).OrderByDescending(l => l.Id).Take(Most).Select(l => new { l.Id, l.PartnerId, l.State }).ToListAsync(ct);
        var names = await DealList.PartnerNamesAsync(work, [.. leads.Select(l => l.PartnerId)], ct);
        return [.. leads.Select(l => new HandedLead(l.Id, names.GetValueOrDefault(l.PartnerId, ""), l.State))];
    }
}

/// <summary>Whoever planned a team hears when it can be invited: the opportunity has a deal now.</summary>
internal sealed class PlannedToDos(Work work) : IToDoSource
{
    private const int Most = 5;

    public async Task<IReadOnlyList<ToDo>> OfAsync(CancellationToken ct)
    {
        if (work.Actor.IsPartner || !work.Actor.May(DealsPermissions.Team)) return [];
        var me = work.Actor.Person;
        var rows = await (
            from p in work.Db.Set<PlannedPlace>()
            where p.PlannedBy == me && p.SettledAt == null
            join d in work.Db.Set<Deal>() on new { p.TenantId, Id = (OpportunityId?)p.OpportunityId } equals new { d.TenantId, Id = d.OpportunityId }
            where d.State == DealState.Converted
            join o in work.Db.Set<OpportunityRow>() on new { p.TenantId, Id = p.OpportunityId } equals new { o.TenantId, o.Id }
            orderby p.Id
            select new { p.OpportunityId, o.ExternalId, d.Title }).Take(4 * Most).ToListAsync(ct);
        return [.. rows.DistinctBy(r => r.OpportunityId).Take(Most).Select(r => new ToDo($"Invite the planned team of {r.ExternalId}", $"A partner has registered it: {r.Title}", $"/app/opportunities/{r.OpportunityId}/partners", "Invite"))];
    }
}
