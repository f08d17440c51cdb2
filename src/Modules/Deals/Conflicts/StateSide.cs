using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Words for the file of a conflict.</summary>
internal sealed record SideInput(ConflictId Conflict, string? Text);

/// <summary>A partner states its side, a direct seller or mediator adds a note. Only the writer's own side and the vendor read it.</summary>
internal sealed class StateSide(Work work) : UseCase<SideInput, ConflictId>(work)
{
    protected override Permission Permission => ConflictsPermissions.Raise;

    protected override async Task<Result<ConflictId>> HandleAsync(SideInput input, CancellationToken ct)
    {
        var found = await Work.ConflictAsync(input.Conflict, null, ct);
        if (!found.Ok) return found.Problem;
        if (new Check().Text(input.Text, "text", "What you have to say", 4000).Problem is { } problem) return problem;
        if (Work.Actor.IsPartner && !found.Value.IsOpen) return ConflictsProblems.Settled();
        Work.Say(found.Value, Work.Actor.IsPartner ? StatementKind.Statement : StatementKind.Note, input.Text!);
        return found.Value.Id;
    }
}
