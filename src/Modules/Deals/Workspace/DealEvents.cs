using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Handovers;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Deals.Transfers;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>What an entry of the history is about.</summary>
internal enum DealEventKind
{
    Team,
    Request,
    Transfer,
    Handover,
    Task,
    Milestone,
    Sight,
    File,
}

/// <summary>Something that happened on a deal beside its status and its messages.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Who">Who did it, as this reader may know; of a task or a milestone that it is done.</param>
/// <param name="What">What, in words of the program.</param>
/// <param name="Text">Why, or what else, in words of people.</param>
internal sealed record DealEvent(DateTime At, DealEventKind Kind, string Who, string What, string? Text = null);

/// <summary>
/// The rest of a deal's history, from the rows that hold when and who: agreements, tasks, milestones and files as the page has read them for this actor, and for who sees the whole deal requests,
/// transfers, handovers and changes of sight.
/// </summary>
internal static class DealEvents
{
    private const int Most = 50;

    public static async Task<IReadOnlyList<DealEvent>> OfAsync(Work work, DealDetail deal, DealWorkspace space, CancellationToken ct)
    {
        if (!deal.Sight.Reads(DealPart.History) || (work.Actor.IsPartner && !deal.Full && !deal.OfReseller && deal.Invitation != MemberState.Accepted)) return [];
        List<DealEvent> events = [.. OfTeam(work.Actor, deal, space), .. Done(work.Actor, space), .. space.Files?.Select(f => new DealEvent(f.At, DealEventKind.File, f.AddedBy, $"added the file “{f.Name}”")) ?? []];
        if (deal.Full && !deal.OfReseller)
        {
            if (deal.Sight.Reads(DealPart.Figures)) events.AddRange(await RequestsAsync(work, deal.Id, ct));
            events.AddRange(await TransfersAsync(work, deal.Id, ct));
            if (!work.Actor.IsPartner && work.Actor.May(HandoverPermissions.View)) events.AddRange(await HandoversAsync(work, deal.Id, ct));
            events.AddRange(await SightsAsync(work, deal, ct));
        }

        return [.. events.OrderBy(e => e.At)];
    }

    private static IEnumerable<DealEvent> OfTeam(Actor actor, DealDetail deal, DealWorkspace space)
    {
        foreach (var a in space.Agreements)
        {
            var byHolder = a.ConsentedAt == a.ProposedAt;
            yield return new(a.ProposedAt, DealEventKind.Team, Known(a.ProposedBy), byHolder ? $"invited {a.PartnerName} to the team" : $"proposed {a.PartnerName} for the team");
            if (a.ConsentedAt is { } consented && !byHolder) yield return new(consented, DealEventKind.Team, Named(a.ConsentedBy, deal.PartnerName), $"consented to {a.PartnerName}");
            if (a.AcceptedAt is { } accepted) yield return new(accepted, DealEventKind.Team, a.PartnerName, "joined the team", actor.IsPartner ? null : a.AcceptedBy);
            if (a.EndedAt is not { } ended) continue;
            if (a.State == AgreementState.Left) yield return new(ended, DealEventKind.Team, a.PartnerName, "left the team", a.EndReason);
            if (a.State == AgreementState.Declined) yield return new(ended, DealEventKind.Team, a.PartnerName, "declined the invitation", a.EndReason);
            if (a.State == AgreementState.Withdrawn) yield return new(ended, DealEventKind.Team, a.PartnerName, "was not invited any more", a.EndReason);
        }

        // Of the others on the team a member reads that they have joined, and nothing of their terms.
        foreach (var place in deal.Team.Where(t => t.Role != DealRole.Source && t.State == MemberState.Accepted && !space.Agreements.Any(a => a.Partner == t.Partner && a.AcceptedAt is not null)))
            yield return new(place.Since, DealEventKind.Team, place.PartnerName, "joined the team");
    }

    private static string Named(string? person, string company) => person is null or "the partner" ? company : person;

    // Who of a side has done it stays with the vendor's people: of another partner's people a partner reads no name.
    private static IEnumerable<DealEvent> Done(Actor actor, DealWorkspace space) =>
    [
        .. space.Tasks.Where(t => t.DoneAt is not null).Select(t => new DealEvent(t.DoneAt!.Value, DealEventKind.Task, T("Task done"), t.Title, t.DoneBy)),
        .. space.Tasks.Where(t => t.Freed is not null).Select(t => new DealEvent(t.Freed!.Value.At, DealEventKind.Task, T("Task without an owner by name"), t.Title, Gone(t.Freed.Value.By))),
        .. space.Plan.Where(m => m.Freed is not null).Select(m => new DealEvent(m.Freed!.Value.At, DealEventKind.Milestone, T("Milestone without an owner by name"), m.Title, Gone(m.Freed.Value.By))),
        .. space.Plan.Where(m => m.DoneAt is not null).Select(m => new DealEvent(m.DoneAt!.Value, DealEventKind.Milestone, T("Milestone reached"), m.Title, m.DoneBy)),
    ];

    private static string Gone(string? who) => who is { Length: > 0 } ? T($"{who} may not act any more; it is in the company’s hands.") : T("Who had it may not act any more; it is in the company’s hands.");

    private static async Task<IEnumerable<DealEvent>> RequestsAsync(Work work, DealId id, CancellationToken ct)
    {
        return (await RequestList.RowsAsync(work, id, ct)).Take(Most).SelectMany(Of);

        static IEnumerable<DealEvent> Of(DealRequest r)
        {
            var longer = r.Kind == RequestKind.Extension;
            yield return new(r.RequestedAt, DealEventKind.Request, r.RequestedByName, longer ? "asked for longer protection" : "asked for a change of the registration", Kernel.Text.OrNull(r.Reason) ?? r.Summary);
            if (r.DecidedAt is not { } decided || decided == r.RequestedAt) yield break;
            var what = r.State switch
            {
                RequestState.Granted => longer ? "granted longer protection" : "granted the change",
                RequestState.Refused => longer ? "refused longer protection" : "refused the change",
                RequestState.Withdrawn => "took the request back",
                _ => "let the request lapse",
            };
            yield return new(decided, DealEventKind.Request, r.DecidedByName ?? T("The vendor"), what, r.Answer);
        }
    }

    // That it has gone over stands in the history of its status. Neither partner reads who the other one is.
    private static async Task<IEnumerable<DealEvent>> TransfersAsync(Work work, DealId id, CancellationToken ct)
    {
        var partner = work.Actor.IsPartner;
        return (await TransferList.RowsAsync(work, id, ct)).Take(Most).SelectMany(t => new DealEvent?[]
        {
            new(t.ProposedAt, DealEventKind.Transfer, t.ProposedByName, "proposed to hand the deal to another partner", t.Reason),
            t.AnsweredAt is not { } at ? null : t.State switch
            {
                TransferState.Declined => new(at, DealEventKind.Transfer, partner || t.AnsweredByName is null ? T("The other partner") : t.AnsweredByName, "declined to take the deal over", partner ? null : t.Answer),
                TransferState.Withdrawn => new(at, DealEventKind.Transfer, t.AnsweredByName ?? T("The vendor"), "took the proposal back", t.Answer),
                _ => null,
            },
        }.OfType<DealEvent>());
    }

    private static async Task<IEnumerable<DealEvent>> HandoversAsync(Work work, DealId id, CancellationToken ct)
    {
        return (await HandoverList.OfDealAsync(work, id, ct)).SelectMany(h => new DealEvent?[]
        {
            new(h.Created, DealEventKind.Handover, "Trellis",
                h.Revision > 0 ? h.System == ConnectedKind.Crm ? "let a change wait for the CRM" : "let a change wait for the ERP" : h.System == ConnectedKind.Crm ? "let it wait for the CRM" : "let it wait for the ERP"),
            h.State switch
            {
                HandoverState.Done when h.Revision > 0 => new(h.Since, DealEventKind.Handover, h.By ?? "Trellis", h.System == ConnectedKind.Crm ? "told the CRM of the change" : "told the ERP of the change"),
                HandoverState.Done => new(h.Since, DealEventKind.Handover, h.By ?? "Trellis", h.System == ConnectedKind.Crm ? "took it over into the CRM" : "took it over into the ERP", h.Number),
                HandoverState.Failed => new(h.Since, DealEventKind.Handover, h.By ?? "Trellis", h.System == ConnectedKind.Crm ? "could not take it over into the CRM" : "could not take it over into the ERP", h.Note),
                HandoverState.Skipped => new(h.Since, DealEventKind.Handover, h.By ?? "Trellis", "decided that it need not go over", h.Note),
                _ => null,
            },
        }.OfType<DealEvent>());
    }

    // The row keeps the last level only; each change before stands in the audit, under the keys of the rows.
    private static async Task<IEnumerable<DealEvent>> SightsAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        var names = deal.Team.Where(t => t.Role != DealRole.Source).ToDictionary(t => $"{deal.Id} {t.Partner}", t => t.PartnerName);
        string[] subjects = [deal.Id.ToString(), .. names.Keys];
        string[] kinds = ["deals_direct_sight", "deals_member"];
        var rows = await work.Db.Set<AuditEntry>().AsNoTracking().Where(a => subjects.Contains(a.Subject) && kinds.Contains(a.SubjectKind) && a.Action == "deals.set_sight").OrderByDescending(a => a.Id).Take(Most)
            .Select(a => new { a.At, a.ActorName, a.ActorPartner, a.Subject, a.Changes }).ToListAsync(ct);
        var events = rows.Select(a => (a, Level: Level(a.Changes))).Where(x => x.Level is not null).Select(x => new DealEvent(x.a.At, DealEventKind.Sight, By(work.Actor, deal, x.a.ActorPartner, x.a.ActorName, x.a.At),
            names.TryGetValue(x.a.Subject, out var partner) ? $"set what {partner} sees" : "set what the vendor’s direct team sees", T(Sights.Label(x.Level!.Value)))).ToList();
        if (events.Count > 0) return events;
        var id = deal.Id;
        if (await Sights.DirectAsync(work, id, ct) is null) return [];
        var last = await work.Db.Set<DirectSight>().AsNoTracking().SingleOrDefaultAsync(s => s.DealId == id, ct);
        return last is null ? [] : [new(last.SetAt, DealEventKind.Sight, work.Actor.IsPartner && last.SetAt < deal.TransferredAt ? T("Another partner") : last.SetByName, "set what the vendor’s direct team sees", T(Sights.Label(last.Level)))];
    }

    // What was set before the deal went over was set by the partner that had it then.
    private static string By(Actor actor, DealDetail deal, PartnerId? partner, string name, DateTime at)
    {
        if (!actor.IsPartner || partner is not { } by || by == actor.Partner) return name;
        return at >= deal.TransferredAt || deal.TransferredAt is null ? deal.Team.FirstOrDefault(t => t.Partner == by)?.PartnerName ?? T("Another partner") : T("Another partner");
    }

    private static DealVisibility? Level(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        foreach (var name in new[] { nameof(DirectSight.Level), nameof(DealMember.Visibility) })
            if (json.RootElement.TryGetProperty(name, out var pair) && pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2 && pair[1].ValueKind == JsonValueKind.String) return Words.Parse<DealVisibility>(pair[1].GetString());
        return null;
    }
}
