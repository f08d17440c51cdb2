using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers.Push;

/// <summary>An attempt to write down; without a handover it was a test message.</summary>
/// <param name="System">To which system.</param>
/// <param name="Answer">What came back.</param>
/// <param name="Handover">The handover, or null.</param>
/// <param name="Version">Its version when it was sent: what somebody has done with it meanwhile stands.</param>
internal sealed record AttemptInput(ConnectedKind System, PushAnswer Answer, HandoverId? Handover = null, long Version = 0);

/// <summary>Writes an attempt down, and moves the handover where that needs no more: taken without a number, or asked again later.</summary>
internal sealed class NoteAttempt(Work work) : UseCase<AttemptInput, AttemptId>(work)
{
    protected override Permission Permission => HandoverPermissions.View;

    protected override async Task<Result<AttemptId>> HandleAsync(AttemptInput input, CancellationToken ct)
    {
        var answer = input.Answer;
        var attempt = new HandoverAttempt
        {
            TenantId = Work.Tenant, Id = Work.NewId<AttemptId>(), HandoverId = input.Handover, System = input.System, At = Work.Now - TimeSpan.FromMilliseconds((int)answer.Took.TotalMilliseconds),
            Milliseconds = (int)answer.Took.TotalMilliseconds, Outcome = answer.Outcome, Status = answer.Status, Answer = answer.Text,
        };
        Db.Add(attempt);
        if (input.Handover is not { } id || await Db.Set<Handover>().SingleOrDefaultAsync(h => h.Id == id && h.State == HandoverState.Taken && h.Version == input.Version, ct) is not { } handover) return attempt.Id;
        var moved = answer.Outcome switch
        {
            AttemptOutcome.Taken when answer.Number is null => handover.Move(Work, HandoverTrigger.Finish),
            AttemptOutcome.Later => handover.Postpone(Work, Work.Now + PushRules.Pause(handover.Attempts, answer.RetryAfter), PushRules.Said(answer)),
            _ => HandoverState.Taken,
        };
        return moved.Ok ? attempt.Id : moved.Problem;
    }
}
