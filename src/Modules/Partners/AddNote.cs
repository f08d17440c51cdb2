using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Partners;

/// <summary>Internal unless said otherwise; what a partner's person writes both sides read.</summary>
internal sealed record NewNote(string? Text, bool Shared = false, NoteKind? Kind = null, DateOnly? On = null);

/// <summary>Writes a note about a partner. What a partner's person writes is a message to whoever answers for the partner.</summary>
internal sealed class AddNote(Work work, Notify notify) : UseCase<(PartnerId Partner, NewNote Note), NoteId>(work)
{
    public const int Longest = 4000;

    protected override Permission Permission => PartnersPermissions.AddNote;

    protected override async Task<Result<NoteId>> HandleAsync((PartnerId Partner, NewNote Note) input, CancellationToken ct)
    {
        var on = input.Note.On ?? Work.Today;
        var check = new Check().Text(input.Note.Text, "text", "The note", Longest).That(on <= Work.Today && on >= Work.Today.AddYears(-10), "on", "Say on which day; within the last ten years.");
        if (check.Problem is { } problem) return problem;
        if (await Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == input.Partner && p.MergedInto == null, ct) is not { } partner) return PartnersProblems.Missing();
        var note = new Note
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<NoteId>(),
            PartnerId = input.Partner,
            Audience = input.Note.Shared || Work.Actor.IsPartner ? NoteAudience.Shared : NoteAudience.Internal,
            Kind = input.Note.Kind ?? NoteKind.Note,
            HappenedAt = on == Work.Today ? null : on.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc),
            Text = input.Note.Text!.Trim(),
            By = Work.Actor.Name,
            AuthorId = Work.Actor.Person,
            FromPartner = Work.Actor.IsPartner,
            At = Work.Now,
        };
        Db.Add(note);
        if (note.FromPartner) await PartnerNews.WroteAsync(Work, notify, partner, note.Text, ct);
        return note.Id;
    }
}
