using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Certifications;
using Trellis.Partners.Graph;
using Trellis.Partners.Leaving;
using Trellis.Partners.Published;
using Trellis.Partners.Records;
using Trellis.Ui;

namespace Trellis.Partners.Timeline;

/// <summary>What was added to a partner's record: people, contributions, files, certifications, ties to other partners, and lines of the off-boarding that were settled.</summary>
internal sealed class RecordEvents(Work work) : IPartnerEvents
{
    public async Task<IReadOnlyList<PartnerEvent>> OfAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        var events = new List<PartnerEvent>();
        if (ask.Wants(PartnerEventKind.Contribution)) events.AddRange(await GivenAsync(ask, ct));
        if (ask.Wants(PartnerEventKind.People)) events.AddRange(await PeopleAsync(ask, ct));
        if (ask.Wants(PartnerEventKind.File)) events.AddRange(await FilesAsync(ask, ct));
        if (ask.Wants(PartnerEventKind.Certification)) events.AddRange(await CertificationsAsync(ask, ct));
        if (ask.Wants(PartnerEventKind.Offboarding) || ask.Wants(PartnerEventKind.Onboarding)) events.AddRange(await StepsAsync(ask, ct));
        // A partner reads nothing of other partners; the filter keeps the vendor's checklist from it.
        if (work.Actor.IsPartner) return events;
        if (ask.Wants(PartnerEventKind.Relation)) events.AddRange(await RelationsAsync(ask, ct));
        return events;
    }

    private async Task<IEnumerable<PartnerEvent>> GivenAsync(PartnerEventsAsk ask, CancellationToken ct) =>
        (await work.Db.Set<Contribution>().AsNoTracking().Where(c => c.PartnerId == ask.Partner && c.At <= ask.Until).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(ask.Most)
            .Select(c => new { c.At, c.By, c.Title }).ToListAsync(ct))
        .Select(c => new PartnerEvent(c.At, PartnerEventKind.Contribution, c.By, "wrote down a contribution", c.Title) { Tone = Tone.Good });

    private async Task<IEnumerable<PartnerEvent>> PeopleAsync(PartnerEventsAsk ask, CancellationToken ct) =>
        (await work.Db.Set<Contact>().AsNoTracking().Where(c => c.PartnerId == ask.Partner && c.CreatedAt <= ask.Until).OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(ask.Most)
            .Select(c => new { c.CreatedAt, c.Name }).ToListAsync(ct))
        .Select(c => new PartnerEvent(c.CreatedAt, PartnerEventKind.People, c.Name, "is a contact now"));

    private async Task<IEnumerable<PartnerEvent>> FilesAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        // Few have more files than the record shows: those are there.
        var shown = await PartnerFiles.RowsAsync(work, ask.Partner, ct);
        IEnumerable<PartnerFile> rows = shown.Count < PartnerFiles.Most
            ? shown.Where(f => f.At <= ask.Until).OrderByDescending(f => f.At).ThenByDescending(f => f.Id.Value).Take(ask.Most)
            : await work.Db.Set<PartnerFile>().AsNoTracking().Where(f => f.PartnerId == ask.Partner && f.At <= ask.Until).OrderByDescending(f => f.At).ThenByDescending(f => f.Id).Take(ask.Most).ToListAsync(ct);
        return rows.Select(f => new PartnerEvent(f.At, PartnerEventKind.File, f.By, f.Audience == NoteAudience.Internal ? "added an internal file" : "added a file", f.Name, $"/files/partners/{f.PartnerId}/{f.Id}"));
    }

    private async Task<IEnumerable<PartnerEvent>> CertificationsAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        var rows = await work.Db.Set<Certification>().AsNoTracking().Where(c => c.PartnerId == ask.Partner && c.StateSince <= ask.Until).OrderByDescending(c => c.StateSince).ThenByDescending(c => c.Id).Take(ask.Most).ToListAsync(ct);
        return rows.Select(c =>
        {
            var (what, tone) = c.State switch
            {
                CertificationState.Confirmed => ("is certified", Tone.Good),
                CertificationState.Refused => ("is not certified: the claim was refused", Tone.Warning),
                CertificationState.Revoked => ("is not certified any more: it was revoked", Tone.Warning),
                _ => ("claims a certification", Tone.Info),
            };
            return new PartnerEvent(c.StateSince, PartnerEventKind.Certification, c.PersonName, what, c.Reason is { } reason ? $"{c.Subject}: {reason}" : c.Subject) { Tone = tone };
        });
    }

    private async Task<IEnumerable<PartnerEvent>> RelationsAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        var id = ask.Partner;
        var shown = await PartnerPage.TiesAsync(work, id, ct);
        IEnumerable<PartnerTie> rows = shown.Count < PartnerPage.MostTies
            ? shown.Where(r => r.Since <= ask.Until).OrderByDescending(r => r.Since).ThenBy(r => r.FromId.Value).ThenBy(r => r.ToId.Value).ThenBy(r => Words.Of(r.Kind), StringComparer.Ordinal).Take(ask.Most)
            : await PartnerPage.Ties(work, id).Where(r => r.Since <= ask.Until).OrderByDescending(r => r.Since).ThenBy(r => r.FromId).ThenBy(r => r.ToId).ThenBy(r => r.Kind).Take(ask.Most).ToListAsync(ct);
        return rows.Select(r =>
        {
            var forward = r.FromId == id;
            return new PartnerEvent(r.Since, PartnerEventKind.Relation, forward ? r.ToName : r.FromName, $"is tied to this partner: {RelationWords.How(r.Kind, forward)}", r.Note, $"/app/partners/{(forward ? r.ToId : r.FromId)}");
        });
    }

    private async Task<IEnumerable<PartnerEvent>> StepsAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        var (leaving, beginning) = (ask.Wants(PartnerEventKind.Offboarding), ask.Wants(PartnerEventKind.Onboarding));
        var rows = await work.Db.Set<Step>().AsNoTracking().Where(s => s.PartnerId == ask.Partner && (leaving || s.Kind == ChecklistKind.Onboarding) && (beginning || s.Kind == ChecklistKind.Offboarding) && s.At != null && s.At <= ask.Until).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Take(ask.Most).ToListAsync(ct);
        return rows.Select(s => s.Kind == ChecklistKind.Onboarding
            ? new PartnerEvent(s.At!.Value, PartnerEventKind.Onboarding, s.By ?? "Trellis", s.State == StepState.Waived ? "skipped a step of the onboarding" : "finished a step of the onboarding", s.Title, work.Actor.IsPartner ? "/portal/company/onboarding" : $"/app/partners/{s.PartnerId}/onboarding")
            : new PartnerEvent(s.At!.Value, PartnerEventKind.Offboarding, s.By ?? "Trellis", s.State == StepState.Waived ? "waived a line of the off-boarding" : "settled a line of the off-boarding", s.Title, $"/app/partners/{s.PartnerId}/offboarding"));
    }
}
