using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

/// <summary>An agreement as its parties and the vendor read it.</summary>
internal sealed record AgreementLine(
    AgreementId Id, PartnerId Partner, string PartnerName, AgreementState State, Terms Terms, string Text, string Hash, DateTime ProposedAt, string ProposedBy,
    DateTime? ConsentedAt, string? ConsentedBy, int? CounterShare, int? CounterWork, string? CounterNote, DateTime? AcceptedAt, string? AcceptedBy, DateTime? EndedAt, string? EndReason,
    IReadOnlyList<AgreementTrigger> Allowed);

/// <summary>A template as it is offered for a deal.</summary>
internal sealed record FormationLine(FormationId Id, string Name, DealId Deal, IReadOnlyList<FormationPlace> Places, DateTime SavedAt, string SavedBy);

internal static class AgreementList
{
    /// <summary>The agreements of a deal, as far as the filters let the actor see them.</summary>
    public static async Task<IReadOnlyList<AgreementLine>> FindAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        if (!deal.Full && !work.Actor.IsPartner) return [];
        var rows = await work.Db.Set<CoalitionAgreement>().AsNoTracking().Where(a => a.DealId == deal.Id).OrderBy(a => a.Id).ToListAsync(ct);
        if (rows.Count == 0) return [];
        var names = await DealList.PartnerNamesAsync(work, [.. rows.Select(a => a.PartnerId)], ct);
        return [.. rows.Select(a => new AgreementLine(a.Id, a.PartnerId, names.GetValueOrDefault(a.PartnerId, ""), a.State, a.Terms, Text(work.Actor, deal, a), a.Hash, a.ProposedAt,
            Proposed(work.Actor, deal, a), a.ConsentedAt, Consented(work.Actor, deal, a), a.CounterShare, a.CounterWork, a.CounterNote,
            a.AcceptedAt, Person(work.Actor, a.PartnerId, a.AcceptedByName), a.EndedAt, a.EndReason, Allowed(work.Actor, a)))];
    }

    /// <summary>The actor's templates, newest first.</summary>
    public static async Task<IReadOnlyList<FormationLine>> FormationsAsync(Work work, CancellationToken ct)
    {
        var mine = work.Actor.Partner;
        var rows = await work.Db.Set<Formation>().AsNoTracking().Where(f => f.OwnerId == mine).OrderByDescending(f => f.Id).Take(50).ToListAsync(ct);
        return [.. rows.Select(f => new FormationLine(f.Id, f.Name, f.DealId, f.Places, f.SavedAt, f.SavedByName))];
    }

    /// <summary>What this actor may do with an agreement now.</summary>
    public static IReadOnlyList<AgreementTrigger> Allowed(Actor actor, CoalitionAgreement a)
    {
        var possible = AgreementLifecycle.Machine.Allowed(a.State);
        AgreementTrigger[] mine = actor.Partner switch
        {
            null => actor.May(DealsPermissions.Team) ? [AgreementTrigger.Insist, AgreementTrigger.Withdraw, AgreementTrigger.Leave, .. a.CounterShare > a.ShareBasisPoints ? Array.Empty<AgreementTrigger>() : [AgreementTrigger.Agree]] : [],
            { } p when p == a.HolderId => actor.May(DealsPermissions.Team) ? [AgreementTrigger.Consent, AgreementTrigger.Agree, AgreementTrigger.Insist, AgreementTrigger.Withdraw, AgreementTrigger.Leave] : [],
            { } p when p == a.PartnerId => actor.May(DealsPermissions.Register) ? [AgreementTrigger.Accept, AgreementTrigger.Decline, AgreementTrigger.Counter, AgreementTrigger.Leave] : [],
            _ => [],
        };
        return [.. possible.Intersect(mine)];
    }

    private static string Proposed(Actor actor, DealDetail deal, CoalitionAgreement a) => a switch
    {
        _ when !actor.IsPartner => a.ProposedByName,
        { ProposedByHolder: false } => "The vendor",
        _ when Before(deal, a.ProposedAt) => T("Another partner"),
        _ => actor.Partner == a.HolderId ? a.ProposedByName : deal.PartnerName,
    };

    private static string? Consented(Actor actor, DealDetail deal, CoalitionAgreement a) =>
        actor.IsPartner && Before(deal, a.ConsentedAt) ? T("Another partner") : Person(actor, a.HolderId, a.ConsentedByName);

    // The text names the partner that held the deal then. Who holds it now does not read which one that was; the terms stay.
    private static string Text(Actor actor, DealDetail deal, CoalitionAgreement a) => actor.IsPartner && actor.Partner != a.PartnerId && Before(deal, a.WrittenAt ?? a.ProposedAt) ? "" : a.Text;

    private static bool Before(DealDetail deal, DateTime? at) => at < deal.TransferredAt;

    // Of another partner's people a partner does not read the name.
    private static string? Person(Actor actor, PartnerId partner, string? name) => name is not null && actor.IsPartner && actor.Partner != partner ? "the partner" : name;
}
