using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

/// <summary>Takes a note away: one's own, or as the vendor's manager any note of the vendor's people. The audit keeps that it was there.</summary>
internal sealed class RemoveNote(Work work) : UseCase<(PartnerId Partner, NoteId Note), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.AddNote;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, NoteId Note) input, CancellationToken ct)
    {
        if (!await LivePartner.IsAsync(Db, input.Partner, ct)) return PartnersProblems.Missing();
        var note = await Db.Set<Note>().SingleOrDefaultAsync(n => n.Id == input.Note && n.PartnerId == input.Partner, ct);
        if (note is null) return PartnersProblems.NoNote();
        if (note.AuthorId != Work.Actor.Person && (note.FromPartner || Work.Actor.IsPartner || !Work.Actor.May(PartnersPermissions.Manage))) return PartnersProblems.NotYourNote();
        Db.Remove(note);
        return default(Done);
    }
}
