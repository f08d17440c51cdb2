using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Conflicts;

/// <summary>The mails about conflicts. A partner's mail names its own deal and nobody else's.</summary>
internal sealed class ConflictMail(Work work, Post post, Links links)
{
    private const int Most = 10;

    /// <summary>To the managers of the partners in it: disputed or appealed.</summary>
    public async Task DisputedAsync(Conflict conflict, CancellationToken ct)
    {
        PartnerId[] partners = conflict.OtherPartnerId is { } other ? [conflict.PartnerId, other] : [conflict.PartnerId];
        var managers = await (
            from p in work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter])
            join m in work.Db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter]) on new { p.TenantId, Id = p.ManagerId } equals new { m.TenantId, Id = (PersonId?)m.Id }
            where partners.Contains(p.Id) && m.State == PersonState.Active
            orderby m.Email
            select m.Email).Distinct().Take(Most).ToListAsync(ct);
        foreach (var to in managers)
            Send(to, $"{(conflict.AppealedAt is null ? "Disputed" : "Appealed")}: {conflict.CustomerName}", $"{work.Actor.Name} disputes: {ConflictWords.Kind(conflict.Kind).ToLowerInvariant()} at {conflict.CustomerName}.", "/app/conflicts/" + conflict.Id);
    }

    /// <summary>To those who registered: what was decided on their own deal.</summary>
    public async Task SettledAsync(Conflict conflict, CancellationToken ct)
    {
        DealId?[] ids = [conflict.DealId, conflict.OtherDealId];
        var deals = await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(d => ids.Contains(d.Id)).Select(d => new { d.Id, d.Title, d.PartnerId, d.DistributorId, d.RegisteredBy }).ToListAsync(ct);
        foreach (var deal in deals)
        {
            var to = await People.Reading(work.Db, deal.RegisteredBy, new Holders(deal.PartnerId, deal.DistributorId)).Select(p => p.Email).SingleOrDefaultAsync(ct);
            if (to is null) continue;
            Send(to, $"Decided: {deal.Title}", $"{ConflictWords.OutcomeFor(conflict, deal.PartnerId)}.\n{conflict.Reason}\n\nIf you do not agree, you can appeal once; somebody else decides then.", "/portal/conflicts/" + conflict.Id);
        }
    }

    /// <summary>To those to whom it has gone up.</summary>
    public async Task EscalatedAsync(Conflict conflict, CancellationToken ct)
    {
        var role = conflict.Level == 1 ? Roles.ChannelOperations : Roles.Executive;
        var people = await People.WithRole(work.Db, role).OrderBy(p => p.Email).Select(p => p.Email).Take(Most).ToListAsync(ct);
        foreach (var to in people)
            Send(to, $"Waits too long: {conflict.CustomerName}", $"A conflict at {conflict.CustomerName} ({ConflictWords.Kind(conflict.Kind).ToLowerInvariant()}) has been disputed since {Rules.Phrases.Day(DateOnly.FromDateTime(conflict.DisputedAt!.Value))} and is not decided.", "/app/conflicts/" + conflict.Id);
    }

    private void Send(string to, string subject, string text, string path) => post.Send(to, subject.ReplaceLineEndings(" "), $"{text}\n\n{links.To(path)}\n");
}
