using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Partners.Timeline;

/// <summary>Notes, calls, meetings and mails, on the day on which they happened. A partner's person reads the shared ones.</summary>
internal sealed class NoteEvents(Work work) : IPartnerEvents
{
    public async Task<IReadOnlyList<PartnerEvent>> OfAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        NoteKind? only = null;
        if (ask.Touch == PartnerTouch.System || (ask.Kind is { } asked && (only = KindOf(asked)) is null)) return [];
        var rows = work.Db.Set<Note>().AsNoTracking().Where(n => n.PartnerId == ask.Partner);
        if (only is { } kind) rows = rows.Where(n => n.Kind == kind);
        // Two parts of one index: what was written on its day, and what was written later.
        var written = rows.Where(n => n.HappenedAt == null && n.At <= ask.Until).OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(ask.Most);
        var later = rows.Where(n => n.HappenedAt != null && n.HappenedAt <= ask.Until).OrderByDescending(n => n.HappenedAt).ThenByDescending(n => n.Id).Take(ask.Most);
        return [.. (await written.Concat(later).ToListAsync(ct)).OrderBy(n => n.HappenedAt is not null).ThenByDescending(n => n.HappenedAt ?? n.At).ThenByDescending(n => n.Id.Value).Select(Of)];
    }

    private static NoteKind? KindOf(PartnerEventKind kind) => kind switch
    {
        PartnerEventKind.Note => NoteKind.Note,
        PartnerEventKind.Call => NoteKind.Call,
        PartnerEventKind.Meeting => NoteKind.Meeting,
        PartnerEventKind.Mail => NoteKind.Mail,
        _ => null,
    };

    private static PartnerEvent Of(Note note)
    {
        var changed = note.EditedAt is not null;
        var (kind, what) = note.Kind switch
        {
            NoteKind.Call => (PartnerEventKind.Call, changed ? "wrote down a call (changed since)" : "wrote down a call"),
            NoteKind.Meeting => (PartnerEventKind.Meeting, changed ? "wrote down a meeting (changed since)" : "wrote down a meeting"),
            NoteKind.Mail => (PartnerEventKind.Mail, changed ? "wrote down a mail (changed since)" : "wrote down a mail"),
            _ => (PartnerEventKind.Note, changed ? "wrote (changed since)" : "wrote"),
        };
        return new PartnerEvent(note.HappenedAt ?? note.At, kind, note.By, what, note.Text) { Audience = note.Audience == NoteAudience.Internal ? Audience.Internal : Audience.Shared };
    }
}
