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
        var sent = deals.Where(d => d.SubmittedAt <= until && (d.TransferredAt == null || d.SubmittedAt >= d.TransferredAt)).OrderByDescending(d => d.SubmittedAt).ThenByDescending(d => d.Id).Take(ask.Most).Select(d => new Line { Step = Sent, At = d.SubmittedAt!.Value, Id = d.Id, Title = d.Title, State = d.State, Reason = d.StateReason, Won = d.WonAmount, Currency = d.Currency });
        // While a registration is looked at again, what was decided before no longer holds.
        DealState[] undecided = [DealState.Draft, DealState.Submitted, DealState.InReview, DealState.InfoRequested];
        var decided = deals.Where(d => d.DecidedAt <= until && !undecided.Contains(d.State) && (d.TransferredAt == null || d.DecidedAt >= d.TransferredAt)).OrderByDescending(d => d.DecidedAt).ThenByDescending(d => d.Id).Take(ask.Most).Select(d => new Line { Step = Decided, At = d.DecidedAt!.Value, Id = d.Id, Title = d.Title, State = d.State, Reason = d.StateReason, Won = d.WonAmount, Currency = d.Currency });
        var closed = deals.Where(d => d.ClosedAt <= until && d.SubmittedAt != null && (d.TransferredAt == null || d.ClosedAt >= d.TransferredAt)).OrderByDescending(d => d.ClosedAt).ThenByDescending(d => d.Id).Take(ask.Most).Select(d => new Line { Step = Closed, At = d.ClosedAt!.Value, Id = d.Id, Title = d.Title, State = d.State, Reason = d.StateReason, Won = d.WonAmount, Currency = d.Currency });
        var taken = deals.Where(d => d.TransferredAt != null && d.TransferredAt <= until).OrderByDescending(d => d.TransferredAt).ThenByDescending(d => d.Id).Take(ask.Most).Select(d => new Line { Step = Taken, At = d.TransferredAt!.Value, Id = d.Id, Title = d.Title, State = d.State, Reason = d.StateReason, Won = d.WonAmount, Currency = d.Currency });
        var lines = await closed.Concat(decided).Concat(sent).Concat(taken).ToListAsync(ct);
        return
        [
            .. lines.OrderBy(l => l.Step).ThenByDescending(l => l.At).ThenByDescending(l => l.Id.Value).Where(l => l.Step != Closed || l.State != DealState.Rejected).Select(l => l.Step switch
            {
                Closed => Event(l, End(l.State), Reason(l)),
                Decided => Event(l, l.State == DealState.Rejected ? ("was refused", Tone.Warning) : ("was approved", Tone.Good), l.State == DealState.Rejected ? Reason(l) : null),
                Sent => Event(l, ("was registered", Tone.Info), null),
                _ => Event(l, ("was taken over from another partner", Tone.Info), null),
            }),
        ];
    }

    // Within an instant the last step stands first.
    private const int Closed = 0;
    private const int Decided = 1;
    private const int Sent = 2;
    private const int Taken = 3;

    private sealed class Line
    {
        public int Step { get; init; }
        public DateTime At { get; init; }
        public DealId Id { get; init; }
        public string Title { get; init; } = "";
        public DealState State { get; init; }
        public string? Reason { get; init; }
        public long? Won { get; init; }
        public string Currency { get; init; } = "";
    }

    private PartnerEvent Event(Line deal, (string What, Tone Tone) said, string? text) =>
        new(deal.At, PartnerEventKind.Registration, deal.Title, said.What, text, (work.Actor.IsPartner ? "/portal/deals/" : "/app/deals/") + deal.Id) { Tone = said.Tone };

    // Whoever sees part of a deal reads on its page what it may know.
    private string? Reason(Line deal) => !work.Actor.IsPartner && !work.Actor.May(DealsPermissions.SeeAll) ? null
        : !work.Db.ReadsAmounts() ? AmountSight.WithoutAmount(deal.Reason) : deal is { State: DealState.Won, Won: { } won } ? new Money(won, deal.Currency).ToString() : deal.Reason;

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
            ? leads.Where(l => (l.OfferedAt ?? l.PassedAt) <= ask.Until).OrderByDescending(l => l.OfferedAt ?? l.PassedAt).ThenByDescending(l => l.Id).Take(ask.Most)
                .Select(l => new Line { Passed = true, At = l.OfferedAt ?? l.PassedAt, Id = l.Id, CustomerName = l.CustomerName, State = l.State, Direction = l.Direction })
            : leads.Where(l => l.PassedAt <= ask.Until).OrderByDescending(l => l.PassedAt).ThenByDescending(l => l.Id).Take(ask.Most)
                .Select(l => new Line { Passed = true, At = l.PassedAt, Id = l.Id, CustomerName = l.CustomerName, State = l.State, Direction = l.Direction });
        var answered = leads.Where(l => l.AnsweredAt <= ask.Until).OrderByDescending(l => l.AnsweredAt).ThenByDescending(l => l.Id).Take(ask.Most)
            .Select(l => new Line { Passed = false, At = l.AnsweredAt!.Value, Id = l.Id, CustomerName = l.CustomerName, State = l.State, Direction = l.Direction });
        return
        [
            .. (await answered.Concat(passed).ToListAsync(ct)).OrderBy(l => l.Passed).ThenByDescending(l => l.At).ThenByDescending(l => l.Id.Value).Select(l =>
                l.Passed ? Event(l, l.Direction == LeadDirection.ToPartner ? "was passed to the partner as a lead" : "was passed to the vendor as a lead", Tone.Info)
                : l.State is LeadState.Declined or LeadState.Rejected ? Event(l, "was declined as a lead", Tone.Warning) : Event(l, "was accepted as a lead", Tone.Good)),
        ];
    }

    private sealed class Line
    {
        public bool Passed { get; init; }
        public DateTime At { get; init; }
        public LeadId Id { get; init; }
        public string CustomerName { get; init; } = "";
        public LeadState State { get; init; }
        public LeadDirection Direction { get; init; }
    }

    private PartnerEvent Event(Line lead, string what, Tone tone) =>
        new(lead.At, PartnerEventKind.Lead, lead.CustomerName, what, null, (work.Actor.IsPartner ? "/portal/leads/" : "/app/leads/") + lead.Id) { Tone = tone };
}

/// <summary>Conflicts in a partner's history. A partner reads of those that it may see, by the customer as it wrote it itself, and nothing of the other side.</summary>
internal sealed class ConflictHistory(Work work) : IPartnerEvents
{
    public async Task<IReadOnlyList<PartnerEvent>> OfAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        if (!ask.Wants(PartnerEventKind.Conflict) || !work.Actor.May(ConflictsPermissions.View)) return [];
        var conflicts = work.Db.Set<Conflict>().AsNoTracking().Where(c => c.PartnerId == ask.Partner || c.OtherPartnerId == ask.Partner);
        var opened = conflicts.Where(c => (c.DisputedAt ?? c.OpenedAt) <= ask.Until).OrderByDescending(c => c.DisputedAt ?? c.OpenedAt).ThenByDescending(c => c.Id).Take(ask.Most)
            .Select(c => new Line { Settled = false, At = c.DisputedAt ?? c.OpenedAt, Id = c.Id, CustomerName = c.CustomerName, PartnerId = c.PartnerId, DealId = c.DealId, OtherDealId = c.OtherDealId, Reason = c.Reason });
        var settled = conflicts.Where(c => c.SettledAt <= ask.Until).OrderByDescending(c => c.SettledAt).ThenByDescending(c => c.Id).Take(ask.Most)
            .Select(c => new Line { Settled = true, At = c.SettledAt!.Value, Id = c.Id, CustomerName = c.CustomerName, PartnerId = c.PartnerId, DealId = c.DealId, OtherDealId = c.OtherDealId, Reason = c.Reason });
        var lines = (await opened.Concat(settled).ToListAsync(ct)).OrderByDescending(c => c.Settled).ThenByDescending(c => c.At).ThenByDescending(c => c.Id.Value).ToList();
        var names = await NamesAsync(lines, ask.Partner, ct);
        return [.. lines.Select(c => c.Settled ? Event(c, "stands in a conflict that is settled", c.Reason, Tone.Good) : Event(c, "stands in a conflict", null, Tone.Warning))];

        PartnerEvent Event(Line c, string what, string? text, Tone tone) =>
            new(c.At, PartnerEventKind.Conflict, names is null ? c.CustomerName : names.GetValueOrDefault(Own(c, ask.Partner), c.Id.ToString()), what, text, (work.Actor.IsPartner ? "/portal/conflicts/" : "/app/conflicts/") + c.Id) { Tone = tone };
    }

    private sealed class Line
    {
        public bool Settled { get; init; }
        public DateTime At { get; init; }
        public ConflictId Id { get; init; }
        public string CustomerName { get; init; } = "";
        public PartnerId PartnerId { get; init; }
        public DealId DealId { get; init; }
        public DealId? OtherDealId { get; init; }
        public string? Reason { get; init; }
    }

    private static DealId Own(Line c, PartnerId partner) => c.PartnerId == partner ? c.DealId : c.OtherDealId ?? c.DealId;

    // Null for the vendor's people, who read the customer as the conflict names it.
    private async Task<Dictionary<DealId, string>?> NamesAsync(IReadOnlyList<Line> conflicts, PartnerId partner, CancellationToken ct)
    {
        if (!work.Actor.IsPartner) return null;
        var deals = conflicts.Select(c => Own(c, partner)).Distinct().ToList();
        return await work.Db.Set<Deal>().AsNoTracking().Where(d => deals.Contains(d.Id) && d.PartnerId == partner).ToDictionaryAsync(d => d.Id, d => d.CustomerName, ct);
    }
}
