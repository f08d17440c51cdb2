using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Passing;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Deals;

/// <summary>Registrations in a partner's history: sent in, decided, taken over, and how they ended. What happened before it took a deal over is another partner's.</summary>
internal sealed class DealHistory(Work work) : IPartnerEvents
{
    public async Task<IReadOnlyList<PartnerEvent>> OfAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        if (!ask.Wants(PartnerEventKind.Registration) || !work.Actor.May(DealsPermissions.View)) return [];
        var (until, deals) = (ask.Until, work.Db.Set<Deal>().AsNoTracking().Where(d => d.PartnerId == ask.Partner));
        var sent = await deals.Where(d => d.SubmittedAt <= until && (d.TransferredAt == null || d.SubmittedAt >= d.TransferredAt)).OrderByDescending(d => d.SubmittedAt).ThenByDescending(d => d.Id).Take(ask.Most).ToListAsync(ct);
        // While a registration is looked at again, what was decided before no longer holds.
        DealState[] undecided = [DealState.Draft, DealState.Submitted, DealState.InReview, DealState.InfoRequested];
        var decided = await deals.Where(d => d.DecidedAt <= until && !undecided.Contains(d.State) && (d.TransferredAt == null || d.DecidedAt >= d.TransferredAt)).OrderByDescending(d => d.DecidedAt).ThenByDescending(d => d.Id).Take(ask.Most).ToListAsync(ct);
        var closed = await deals.Where(d => d.ClosedAt <= until && d.SubmittedAt != null && (d.TransferredAt == null || d.ClosedAt >= d.TransferredAt)).OrderByDescending(d => d.ClosedAt).ThenByDescending(d => d.Id).Take(ask.Most).ToListAsync(ct);
        var taken = await deals.Where(d => d.TransferredAt != null && d.TransferredAt <= until).OrderByDescending(d => d.TransferredAt).ThenByDescending(d => d.Id).Take(ask.Most).ToListAsync(ct);
        return
        [
            .. closed.Where(d => d.State != DealState.Rejected).Select(d => Event(d, d.ClosedAt!.Value, End(d.State), Reason(d))),
            .. decided.Select(d => Event(d, d.DecidedAt!.Value, d.State == DealState.Rejected ? ("was refused", Tone.Warning) : ("was approved", Tone.Good), d.State == DealState.Rejected ? Reason(d) : null)),
            .. sent.Select(d => Event(d, d.SubmittedAt!.Value, ("was registered", Tone.Info), null)),
            .. taken.Select(d => Event(d, d.TransferredAt!.Value, ("was taken over from another partner", Tone.Info), null)),
        ];
    }

    private PartnerEvent Event(Deal deal, DateTime at, (string What, Tone Tone) said, string? text) =>
        new(at, PartnerEventKind.Registration, deal.Title, said.What, text, (work.Actor.IsPartner ? "/portal/deals/" : "/app/deals/") + deal.Id) { Tone = said.Tone };

    // Whoever sees part of a deal reads on its page what it may know.
    private string? Reason(Deal deal) => !work.Actor.IsPartner && !work.Actor.May(DealsPermissions.SeeAll) ? null
        : deal is { State: DealState.Won, WonAmount: { } won } ? new Money(won, deal.Currency).ToString() : deal.StateReason;

    private static (string What, Tone Tone) End(DealState state) => state switch
    {
        DealState.Won => ("was won", Tone.Good),
        DealState.Lost => ("was lost", Tone.Bad),
        DealState.Withdrawn => ("was withdrawn", Tone.Neutral),
        DealState.Expired => ("has expired", Tone.Warning),
        DealState.Revoked => ("was revoked", Tone.Bad),
        _ => ("has ended", Tone.Neutral),
    };
}

/// <summary>Leads in a partner's history, in both directions. A partner reads of its own turn, from the moment at which it was asked.</summary>
internal sealed class LeadHistory(Work work) : IPartnerEvents
{
    public async Task<IReadOnlyList<PartnerEvent>> OfAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        if (!ask.Wants(PartnerEventKind.Lead) || !work.Actor.May(PassingPermissions.View)) return [];
        var leads = work.Db.Set<Lead>().AsNoTracking().Where(l => l.PartnerId == ask.Partner);
        var passed = work.Actor.IsPartner
            ? leads.Where(l => (l.OfferedAt ?? l.PassedAt) <= ask.Until).OrderByDescending(l => l.OfferedAt ?? l.PassedAt).ThenByDescending(l => l.Id)
            : leads.Where(l => l.PassedAt <= ask.Until).OrderByDescending(l => l.PassedAt).ThenByDescending(l => l.Id);
        var answered = await leads.Where(l => l.AnsweredAt <= ask.Until).OrderByDescending(l => l.AnsweredAt).ThenByDescending(l => l.Id).Take(ask.Most).ToListAsync(ct);
        return
        [
            .. answered.Select(l => l.State is LeadState.Declined or LeadState.Rejected ? Event(l, l.AnsweredAt!.Value, "was declined as a lead", Tone.Warning) : Event(l, l.AnsweredAt!.Value, "was accepted as a lead", Tone.Good)),
            .. (await passed.Take(ask.Most).ToListAsync(ct)).Select(l => Event(l, work.Actor.IsPartner ? l.OfferedAt ?? l.PassedAt : l.PassedAt, l.Direction == LeadDirection.ToPartner ? "was passed to the partner as a lead" : "was passed to the vendor as a lead", Tone.Info)),
        ];
    }

    private PartnerEvent Event(Lead lead, DateTime at, string what, Tone tone) =>
        new(at, PartnerEventKind.Lead, lead.CustomerName, what, null, (work.Actor.IsPartner ? "/portal/leads/" : "/app/leads/") + lead.Id) { Tone = tone };
}

/// <summary>Conflicts in a partner's history. A partner reads of those that it may see, by the customer as it wrote it itself, and nothing of the other side.</summary>
internal sealed class ConflictHistory(Work work) : IPartnerEvents
{
    public async Task<IReadOnlyList<PartnerEvent>> OfAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        if (!ask.Wants(PartnerEventKind.Conflict) || !work.Actor.May(ConflictsPermissions.View)) return [];
        var conflicts = work.Db.Set<Conflict>().AsNoTracking().Where(c => c.PartnerId == ask.Partner || c.OtherPartnerId == ask.Partner);
        var opened = await conflicts.Where(c => (c.DisputedAt ?? c.OpenedAt) <= ask.Until).OrderByDescending(c => c.DisputedAt ?? c.OpenedAt).ThenByDescending(c => c.Id).Take(ask.Most).ToListAsync(ct);
        var settled = await conflicts.Where(c => c.SettledAt <= ask.Until).OrderByDescending(c => c.SettledAt).ThenByDescending(c => c.Id).Take(ask.Most).ToListAsync(ct);
        var names = await NamesAsync([.. opened.Concat(settled)], ask.Partner, ct);
        return
        [
            .. settled.Select(c => Event(c, c.SettledAt!.Value, "stands in a conflict that is settled", c.Reason, Tone.Good)),
            .. opened.Select(c => Event(c, c.DisputedAt ?? c.OpenedAt, "stands in a conflict", null, Tone.Warning)),
        ];

        PartnerEvent Event(Conflict c, DateTime at, string what, string? text, Tone tone) =>
            new(at, PartnerEventKind.Conflict, names is null ? c.CustomerName : names.GetValueOrDefault(Own(c, ask.Partner), c.Id.ToString()), what, text, (work.Actor.IsPartner ? "/portal/conflicts/" : "/app/conflicts/") + c.Id) { Tone = tone };
    }

    private static DealId Own(Conflict c, PartnerId partner) => c.PartnerId == partner ? c.DealId : c.OtherDealId ?? c.DealId;

    // Null for the vendor's people, who read the customer as the conflict names it.
    private async Task<Dictionary<DealId, string>?> NamesAsync(IReadOnlyList<Conflict> conflicts, PartnerId partner, CancellationToken ct)
    {
        if (!work.Actor.IsPartner) return null;
        var deals = conflicts.Select(c => Own(c, partner)).Distinct().ToList();
        return await work.Db.Set<Deal>().AsNoTracking().Where(d => deals.Contains(d.Id) && d.PartnerId == partner).ToDictionaryAsync(d => d.Id, d => d.CustomerName, ct);
    }
}
