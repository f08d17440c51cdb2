using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Merging;
using Trellis.Partners.Published;
using Trellis.Partners.Web;
using Trellis.Ui;

namespace Trellis.Partners.Timeline;

/// <summary>Moves of the lifecycle, tiers, and for the vendor's people changes of the profile and of motions.</summary>
internal sealed class StandingEvents(Work work) : IPartnerEvents
{
    private static readonly string[] Edits = ["partners.update_partner", "partners.set_expertise", "partners.merged", "partners.merge_undone", "partners.assign_manager", "partners.create_partner"];
    private static readonly string[] OfMotions = ["partners.set_motion", "partners.end_motion"];

    public async Task<IReadOnlyList<PartnerEvent>> OfAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        if (!ask.Wants(PartnerEventKind.Standing) && !ask.Wants(PartnerEventKind.Profile)) return [];
        // What happened to a record that was merged into this one belongs to this partner's history.
        var merged = work.Actor.IsPartner ? [] : await MergedInto.OfAsync(work, ask.Partner, ct);
        List<string> subjects = [ask.Partner.ToString(), .. merged.Select(m => m.ToString())];
        var events = new List<PartnerEvent>();
        if (ask.Wants(PartnerEventKind.Standing))
        {
            var moves = await work.Db.Set<Transition>().AsNoTracking().Where(t => subjects.Contains(t.Subject) && t.Machine == PartnerLifecycle.Machine.Name && t.At <= ask.Until)
                .OrderByDescending(t => t.At).ThenByDescending(t => t.Id).Take(ask.Most).ToListAsync(ct);
            var tiers = await work.Db.Set<TierChange>().AsNoTracking().Where(t => t.PartnerId == ask.Partner && t.At <= ask.Until).OrderByDescending(t => t.At).ThenByDescending(t => t.Id).Take(ask.Most).ToListAsync(ct);
            events.AddRange(moves.Select(OfMove).Concat(tiers.Select(OfTier)));
        }

        if (!work.Actor.IsPartner) events.AddRange(await OfAuditAsync(ask, subjects, ct));
        return events;
    }

    private async Task<IEnumerable<PartnerEvent>> OfAuditAsync(PartnerEventsAsk ask, List<string> subjects, CancellationToken ct)
    {
        // The audit names a motion by its partner and its name.
        var motions = subjects.SelectMany(s => Enum.GetValues<Motion>().Select(m => (Subject: $"{s} {m}", Motion: m))).ToDictionary(m => m.Subject, m => m.Motion);
        List<string> all = [.. ask.Wants(PartnerEventKind.Profile) ? subjects : [], .. ask.Wants(PartnerEventKind.Standing) ? [.. motions.Keys] : Array.Empty<string>()];
        string[] told = [.. ask.Wants(PartnerEventKind.Profile) ? Edits : [], .. ask.Wants(PartnerEventKind.Standing) ? OfMotions : []];
        var edits = await work.Db.Set<AuditEntry>().AsNoTracking().Where(a => all.Contains(a.Subject) && told.Contains(a.Action) && a.At <= ask.Until)
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(ask.Most).ToListAsync(ct);
        return edits.Where(e => motions.ContainsKey(e.Subject) == OfMotions.Contains(e.Action)).Select(e => OfEdit(e, motions.TryGetValue(e.Subject, out var motion) ? PartnerWords.Label(motion) : ""));
    }

    private static PartnerEvent OfMove(Transition move)
    {
        var to = Words.Parse<PartnerState>(move.To) ?? PartnerState.Prospect;
        return new PartnerEvent(move.At, PartnerEventKind.Standing, move.ActorName, $"changed the status to “{Words.Label(to)}”", move.Reason) { Tone = PartnerLook.Tone(to) };
    }

    private static PartnerEvent OfTier(TierChange change) =>
        new(change.At, PartnerEventKind.Standing, change.By, $"changed the tier from {Words.Label(change.From)} to {Words.Label(change.To)}", change.Reason) { Tone = change.To > change.From ? Tone.Good : Tone.Warning };

    private static PartnerEvent OfEdit(AuditEntry entry, string motion)
    {
        var (kind, what) = entry.Action switch
        {
            "partners.create_partner" => (PartnerEventKind.Profile, "added the partner"),
            "partners.merged" => (PartnerEventKind.Profile, "merged another record into this one"),
            "partners.merge_undone" => (PartnerEventKind.Profile, "took a merge back"),
            "partners.assign_manager" => (PartnerEventKind.Profile, "assigned the partner manager"),
            "partners.set_expertise" => (PartnerEventKind.Profile, "changed the expertise"),
            "partners.set_motion" => (PartnerEventKind.Standing, $"set the motion “{motion}”"),
            "partners.end_motion" => (PartnerEventKind.Standing, $"ended the motion “{motion}”"),
            _ => (PartnerEventKind.Profile, T($"changed the profile: {Fields(entry.Changes)}")),
        };
        return new PartnerEvent(entry.At, kind, entry.ActorName, what);
    }

    private static string Fields(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        var changed = json.RootElement.EnumerateObject().Select(p => p.Name).ToList();
        return string.Join(", ", MergeFields.All.Where(f => changed.Contains(f.Name, StringComparer.OrdinalIgnoreCase)).Select(f => T(f.Label)));
    }
}
