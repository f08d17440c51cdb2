using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Transfers;

/// <summary>What is said about a transfer. No mail to one partner names the other.</summary>
internal sealed class TransferMail(Work work, Notify notify)
{
    public async Task ProposedAsync(Transfer transfer, CancellationToken ct)
    {
        await notify.TellAsync(transfer.ToId, await PeopleAsync(transfer.ToId, ct), new News(TransferNews.Offered, $"A deal for you to take over: {transfer.Title}", $"""
            We propose that your company takes over the deal {transfer.Title}.
            Why: {transfer.Reason}

            Protection and dates stay as they are. Nothing happens until you accept.
            """, $"/portal/transfers/{transfer.Id}", "Accept or decline:"), ct);
        await notify.TellAsync(await GiverAsync(transfer, ct), transfer.FromPerson, new News(TransferNews.Moved, $"To go to another partner: {transfer.Title}", $"""
            We have proposed to another partner to take over your deal {transfer.Title}.
            Why: {transfer.Reason}

            The deal is yours until that partner accepts. If you do not agree, say so on the deal.
            """, $"/portal/transfers/{transfer.Id}", "Read it:"), ct);
    }

    public async Task AnsweredAsync(Transfer transfer, Holders giver, CancellationToken ct)
    {
        var taken = transfer.State == TransferState.Accepted;
        await notify.TellAsync(giver, transfer.FromPerson, new News(TransferNews.Moved, $"{(taken ? "Gone to another partner" : "It stays yours")}: {transfer.Title}",
            taken ? "The other partner has taken the deal over. Your receipt of the transfer says until when it was yours." : "The other partner does not take the deal over. Nothing changes for you.",
            $"/portal/transfers/{transfer.Id}", "Read it:"), ct);
        await notify.TellAsync(transfer.ProposedBy, new News(TransferNews.Moved, $"{(taken ? "Taken over" : "Not taken over")}: {transfer.Title}", $"{work.Actor.PartnerName} has {(taken ? "accepted" : "declined")}. {transfer.Answer}", $"/app/deals/{transfer.DealId}"), ct);
    }

    public async Task WithdrawnAsync(Transfer transfer, CancellationToken ct)
    {
        var news = new News(TransferNews.Moved, $"Taken back: {transfer.Title}", $"We have taken back the proposal to hand this deal to another partner.\nWhy: {transfer.Answer}", $"/portal/transfers/{transfer.Id}", "Read it:");
        await notify.TellAsync(await GiverAsync(transfer, ct), transfer.FromPerson, news, ct);
        await notify.TellAsync(transfer.ToId, await PeopleAsync(transfer.ToId, ct), news, ct);
    }

    /// <summary>Whose people are told that the deal goes: until it has gone, the distributor that has registered it stands on it too.</summary>
    public async Task<Holders> GiverAsync(Transfer transfer, CancellationToken ct)
    {
        var id = transfer.DealId;
        return new(transfer.FromId, await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.Id == id).Select(d => d.DistributorId).SingleOrDefaultAsync(ct));
    }

    private Task<List<PersonId>> PeopleAsync(PartnerId partner, CancellationToken ct) => People.OfPartner(work.Db, partner, Roles.PartnerAdmin, Roles.PartnerSales)
        .OrderBy(p => p.Id).Select(p => p.Id).Take(5).ToListAsync(ct);
}
