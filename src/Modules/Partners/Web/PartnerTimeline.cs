using Microsoft.EntityFrameworkCore;
using System.Text.Json;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Partners.Web;

/// <summary>What happened with a partner, newest first: moves of the lifecycle, tiers, notes, and for the vendor's people changes of the profile.</summary>
internal static class PartnerTimeline
{
    private const int Longest = 60;

    public static async Task<IReadOnlyList<TimelineItem>> LoadAsync(Work work, PartnerId id, CancellationToken ct)
    {
        // What happened to a record that was merged into this one belongs to this partner's history.
        var merged = work.Actor.IsPartner ? [] : await work.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == id).Select(p => p.Id).Take(20).ToListAsync(ct);
        List<string> subjects = [id.ToString(), .. merged.Select(m => m.ToString())];
        var moves = await work.Db.Set<Transition>().AsNoTracking().Where(t => subjects.Contains(t.Subject) && t.Machine == PartnerLifecycle.Machine.Name)
            .OrderByDescending(t => t.Id).Take(Longest).ToListAsync(ct);
        var tiers = await work.Db.Set<TierChange>().AsNoTracking().Where(t => t.PartnerId == id).OrderByDescending(t => t.Id).Take(Longest).ToListAsync(ct);
        var notes = await PartnerPage.NotesAsync(work, id, ct);
        List<TimelineItem> items = [.. moves.Select(OfMove), .. tiers.Select(OfTier), .. notes.Select(OfNote)];
        if (!work.Actor.IsPartner)
        {
            var edits = await work.Db.Set<AuditEntry>().AsNoTracking().Where(a => subjects.Contains(a.Subject) && (a.Action == "partners.update_partner" || a.Action == "partners.merged" || a.Action == "partners.merge_undone" || a.Action == "partners.assign_manager" || a.Action == "partners.create_partner"))
                .OrderByDescending(a => a.Id).Take(Longest).ToListAsync(ct);
            items.AddRange(edits.Select(OfEdit));
        }

        return [.. items.OrderByDescending(i => i.At).Take(Longest)];
    }

    private static TimelineItem OfMove(Transition move)
    {
        var to = Words.Parse<PartnerState>(move.To) ?? PartnerState.Prospect;
        return new TimelineItem(move.At, move.ActorName, $"changed the status to “{Words.Label(to)}”", move.Reason, Icon: "arrow-right", Tone: PartnerLook.Tone(to));
    }

    private static TimelineItem OfTier(TierChange change) =>
        new(change.At, change.By, $"changed the tier from {Words.Label(change.From)} to {Words.Label(change.To)}", change.Reason, Icon: "award", Tone: change.To > change.From ? Tone.Good : Tone.Warning);

    private static TimelineItem OfNote(NoteItem note) =>
        new(note.At, note.By, note.EditedAt is null ? "wrote" : "wrote (changed since)", note.Text, note.Audience == NoteAudience.Internal ? Audience.Internal : Audience.Shared);

    private static TimelineItem OfEdit(AuditEntry entry) => entry.Action switch
    {
        "partners.create_partner" => new(entry.At, entry.ActorName, "added the partner", Icon: "plus", Tone: Tone.Info),
        "partners.merged" => new(entry.At, entry.ActorName, "merged another record into this one", Icon: "git-merge"),
        "partners.merge_undone" => new(entry.At, entry.ActorName, "took a merge back", Icon: "arrow-back-up"),
        "partners.assign_manager" => new(entry.At, entry.ActorName, "assigned the partner manager", Icon: "user-check"),
        _ => new(entry.At, entry.ActorName, "changed " + Fields(entry.Changes), Icon: "pencil"),
    };

    private static string Fields(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        return string.Join(", ", json.RootElement.EnumerateObject().Select(p => Words.Snake(p.Name).Replace('_', ' ')));
    }
}
