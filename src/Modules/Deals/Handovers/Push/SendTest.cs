using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers.Push;

/// <summary>What a test message holds: nothing of any deal.</summary>
internal sealed record TestDocument(bool Test, ConnectedKind System, string Company, DateTime SentAt);

/// <summary>Sends a test message now, so that whoever connects a system sees at once whether it answers and whether it accepts the signature.</summary>
internal sealed class SendTest(Work work, PushSender sender, NoteAttempt note)
{
    public async Task<Result<AttemptLine>> RunAsync(ConnectedKind? wanted, CancellationToken ct)
    {
        if (!work.Actor.May(HandoverPermissions.Connect)) return Problem.Denied(HandoverPermissions.Connect);
        if (work.Actor.ViewedBy is not null) return Problem.OnlyLooking();
        if (wanted is not { } system) return HandoverProblems.WhichSystem();
        if (await work.Db.Set<ConnectedSystem>().AsNoTracking().SingleOrDefaultAsync(s => s.System == system, ct) is not { Pushes: true } known) return HandoverProblems.NoAddress(system);
        // The network is asked outside any transaction.
        var answer = await sender.SendAsync(known, "test", $"test_{work.NewId<AttemptId>().Value:N}", new TestDocument(true, system, work.Settings.Name, work.Now), ct);
        var noted = await note.RunAsync(new AttemptInput(system, answer), ct);
        return noted.Ok ? await AttemptList.FindAsync(work, noted.Value, ct) : noted.Problem;
    }
}
