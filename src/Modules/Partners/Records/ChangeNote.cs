using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

/// <summary>Words a note of one's own anew; those who read it see that it was changed.</summary>
internal sealed class ChangeNote(Work work) : UseCase<(PartnerId Partner, NoteId Note, string? Text), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.AddNote;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, NoteId Note, string? Text) input, CancellationToken ct)
    {
        if (new Check().Text(input.Text, "text", "The note", AddNote.Longest).Problem is { } problem) return problem;
        if (!await LivePartner.IsAsync(Db, input.Partner, ct)) return PartnersProblems.Missing();
        var note = await Db.Set<Note>().SingleOrDefaultAsync(n => n.Id == input.Note && n.PartnerId == input.Partner, ct);
        if (note is null) return PartnersProblems.NoNote();
        if (note.AuthorId != Work.Actor.Person) return PartnersProblems.NotYourNote();
        (note.Text, note.EditedAt) = (input.Text!.Trim(), Work.Now);
        return default(Done);
    }
}
