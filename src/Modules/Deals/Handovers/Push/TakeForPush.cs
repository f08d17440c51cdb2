using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers.Push;

/// <summary>
/// Takes the next deal that is due to be sent, the oldest first, and what was taken and never noted down. The lease is short, since whoever takes it sends it at once. A deal does not go into
/// the ERP while it is on its way into the CRM, and an update not before what was sent of the same deal before it.
/// </summary>
internal sealed class TakeForPush(Work work) : UseCase<ConnectedKind, HandoverId?>(work)
{
    // The timeout of an attempt and what it takes to note it down, amply.
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<HandoverId?>> HandleAsync(ConnectedKind system, CancellationToken ct)
    {
        await Work.LockAsync(QueueHandovers.Key(system), ct);
        while (await NextAsync(system, ct) is { } next)
        {
            if (next.Attempts < PushRules.MostAttempts)
            {
                var taken = next.Move(Work, HandoverTrigger.Take);
                if (!taken.Ok) return taken.Problem;
                next.AnswerBy(Work.Now + Lease);
                await HandoverFacts.NoteAsync(Work, [next], ct);
                return next.Id;
            }

            // It was killed at its last attempt each time.
            if (next.State == HandoverState.Waiting && next.Move(Work, HandoverTrigger.Take).Problem is { } refused) return refused;
            if (next.Move(Work, HandoverTrigger.Fail, $"It was sent {PushRules.MostAttempts} times without an answer.").Problem is { } problem) return problem;
            await Work.SaveAsync(ct);
        }

        return (HandoverId?)null;
    }

    private async Task<Handover?> NextAsync(ConnectedKind system, CancellationToken ct)
    {
        var now = Work.Now;
        var due = Db.Set<Handover>().Where(h => h.System == system
            && ((h.State == HandoverState.Waiting && (h.NextAttemptAt == null || h.NextAttemptAt <= now)) || (h.State == HandoverState.Taken && h.LeasedUntil < now))).InTurn(Db);
        if (system == ConnectedKind.Erp && await Db.Set<ConnectedSystem>().AnyAsync(s => s.System == ConnectedKind.Crm && s.IsOn, ct))
        {
            var before = Db.Set<Handover>().Where(h => h.System == ConnectedKind.Crm && h.Revision == 0 && (h.State == HandoverState.Waiting || h.State == HandoverState.Taken));
            due = due.Where(h => !before.Any(b => b.TenantId == h.TenantId && b.DealId == h.DealId));
        }

        return await due.OrderBy(h => h.Id).FirstOrDefaultAsync(ct);
    }
}
