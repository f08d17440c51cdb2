using Microsoft.EntityFrameworkCore;
using System.Text.Json;
using Trellis.Kernel;
using Trellis.Partners.Merging;
using Trellis.Partners.Published;
using Trellis.Partners.Records;
using Trellis.Ui;

namespace Trellis.Partners.Web;

/// <summary>What happened with a partner, newest first: moves of the lifecycle, tiers, notes, contributions, contacts, and for the vendor's people changes of the profile and of motions.</summary>
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
        var given = await work.Db.Set<Contribution>().AsNoTracking().Where(c => c.PartnerId == id).OrderByDescending(c => c.Id).Take(Longest).Select(c => new { c.At, c.By, c.Title }).ToListAsync(ct);
        var people = await work.Db.Set<Contact>().AsNoTracking().Where(c => c.PartnerId == id).OrderByDescending(c => c.Id).Take(Longest).Select(c => new { c.CreatedAt, c.Name }).ToListAsync(ct);
        List<TimelineItem> items =
        [
            .. moves.Select(OfMove), .. tiers.Select(OfTier), .. notes.Select(OfNote),
            .. given.Select(g => new TimelineItem(g.At, g.By, "wrote down a contribution", g.Title, Icon: "gift", Tone: Tone.Good)),
            .. people.Select(p => new TimelineItem(p.CreatedAt, p.Name, "is a contact now", Icon: "user-plus")),
        ];
        if (!work.Actor.IsPartner) items.AddRange(await EditsAsync(work, subjects, ct));

        return [.. items.OrderByDescending(i => i.At).Take(Longest)];
    }

    private static async Task<IEnumerable<TimelineItem>> EditsAsync(Work work, List<string> subjects, CancellationToken ct)
    {
        // The audit names a motion by its partner and its name.
        var motions = subjects.SelectMany(s => Enum.GetValues<Motion>().Select(m => (Subject: $"{s} {m}", Motion: m))).ToDictionary(m => m.Subject, m => m.Motion);
        List<string> all = [.. subjects, .. motions.Keys];
        string[] told = ["partners.update_partner", "partners.merged", "partners.merge_undone", "partners.assign_manager", "partners.create_partner", "partners.set_motion", "partners.end_motion"];
        var edits = await work.Db.Set<AuditEntry>().AsNoTracking().Where(a => all.Contains(a.Subject) && told.Contains(a.Action)).OrderByDescending(a => a.Id).Take(Longest).ToListAsync(ct);
        return edits.Where(e => e.Action != "partners.create_partner" || !motions.ContainsKey(e.Subject)).Select(e => OfEdit(e, motions.TryGetValue(e.Subject, out var motion) ? PartnerWords.Label(motion) : ""));
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

    private static TimelineItem OfEdit(AuditEntry entry, string motion) => entry.Action switch
    {
        "partners.create_partner" => new(entry.At, entry.ActorName, "added the partner", Icon: "plus", Tone: Tone.Info),
        "partners.merged" => new(entry.At, entry.ActorName, "merged another record into this one", Icon: "git-merge"),
        "partners.merge_undone" => new(entry.At, entry.ActorName, "took a merge back", Icon: "arrow-back-up"),
        "partners.assign_manager" => new(entry.At, entry.ActorName, "assigned the partner manager", Icon: "user-check"),
        "partners.set_motion" => new(entry.At, entry.ActorName, $"set the motion “{motion}”", Icon: "route"),
        "partners.end_motion" => new(entry.At, entry.ActorName, $"ended the motion “{motion}”", Icon: "route"),
        _ => new(entry.At, entry.ActorName, T($"changed the profile: {Fields(entry.Changes)}"), Icon: "pencil"),
    };

    private static string Fields(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        var changed = json.RootElement.EnumerateObject().Select(p => p.Name).ToList();
        return string.Join(", ", MergeFields.All.Where(f => changed.Contains(f.Name, StringComparer.OrdinalIgnoreCase)).Select(f => T(f.Label)));
    }
}
