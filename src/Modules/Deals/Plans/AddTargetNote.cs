using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

internal sealed record NewTargetNote(TargetId Target, string? Body);

/// <summary>Writes a note on a company of a target list, which both sides read.</summary>
internal sealed class AddTargetNote(Work work) : UseCase<NewTargetNote, TargetNoteId>(work)
{
    private const int Most = 1000;

    protected override Permission Permission => TargetPermissions.Edit;

    protected override async Task<Result<TargetNoteId>> HandleAsync(NewTargetNote input, CancellationToken ct)
    {
        var found = await Work.TargetToWriteAsync(input.Target, ct);
        if (!found.Ok) return found.Problem;
        if (new Check().Text(input.Body, "body", "The note", 2000).Problem is { } problem) return problem;
        if (await Db.Set<TargetNote>().CountAsync(n => n.TargetId == input.Target, ct) >= Most) return WorkspaceProblems.TooMany("notes", Most);
        var note = new TargetNote
        {
            TenantId = Work.Tenant, Id = Work.NewId<TargetNoteId>(), TargetId = input.Target, PartnerId = found.Value.PartnerId, Body = input.Body!.Trim(), At = Work.Now,
            AuthorId = Work.Actor.Person, AuthorName = Work.Actor.Name, AuthorPartner = Work.Actor.Partner,
        };
        Db.Add(note);
        return note.Id;
    }
}
