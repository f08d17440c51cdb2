using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>A partner does not accept a settlement: once, and somebody else decides.</summary>
internal sealed class Appeal(Work work, ConflictMail mail) : UseCase<SideInput, ConflictId>(work)
{
    protected override Permission Permission => ConflictsPermissions.Raise;

    protected override async Task<Result<ConflictId>> HandleAsync(SideInput input, CancellationToken ct)
    {
        var found = await Work.ConflictAsync(input.Conflict, null, ct);
        if (!found.Ok) return found.Problem;
        var conflict = found.Value;
        if (Work.Actor.Partner is not { } partner) return DealsProblems.NoPartner();
        if (new Check().Text(input.Text, "text", "The reason of the appeal", 4000).Problem is { } problem) return problem;
        var id = conflict.Id;
        await Work.LockAsync($"conflict:{conflict.DealId}", ct);
        if (await UsedAsync(Work, id, partner, ct)) return ConflictsProblems.AppealUsed();
        var moved = await Work.MoveAsync(conflict, ConflictTrigger.Appeal, null, ct);
        if (!moved.Ok) return moved.Problem;
        conflict.Appeal(Work.Now);
        Work.Say(conflict, StatementKind.Appeal, input.Text!);
        await mail.DisputedAsync(conflict, ct);
        return conflict.Id;
    }

    /// <summary>Whether this partner has appealed in this conflict before; to dispute what a person has refused is its appeal.</summary>
    public static Task<bool> UsedAsync(Work work, ConflictId conflict, PartnerId partner, CancellationToken ct) =>
        work.Db.Set<ConflictStatement>().AnyAsync(s => s.ConflictId == conflict && s.PartnerId == partner && s.Kind == StatementKind.Appeal, ct);
}
