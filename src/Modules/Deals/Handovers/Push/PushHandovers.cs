using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers.Push;

/// <summary>
/// Sends what waits to the systems that have an address, one deal after the other, outside of any transaction: take, send, note. Whoever is killed in between leaves a lease that runs out, and
/// the same message goes again under the same key. A system that does not answer is left alone until the next turn, so that it keeps neither other systems nor other companies waiting.
/// </summary>
internal sealed class PushHandovers(Work work, TakeForPush take, NoteAttempt note, FinishHandover finish, FailHandover fail, PushSender sender) : IRecurring
{
    private const int MostFaults = 3;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var refusals = new Refusals();
        foreach (var system in await work.Db.Set<ConnectedSystem>().AsNoTracking().Where(s => s.IsOn && s.Address != null).OrderBy(s => s.System).ToListAsync(ct))
        {
            var (watch, faults) = (Stopwatch.StartNew(), 0);
            while (faults < MostFaults && watch.Elapsed < Turn)
            {
                var taken = refusals.Note(await take.RunAsync(system.System, ct));
                if (!taken.Ok || taken.Value is not { } id) break;
                var answer = await SendAsync(system, id, refusals, ct);
                if (answer?.Status is null) break;
                faults = answer.Outcome == AttemptOutcome.Taken ? 0 : faults + 1;
            }
        }

        return refusals.End;
    }

    private async Task<PushAnswer?> SendAsync(ConnectedSystem system, HandoverId id, Refusals refusals, CancellationToken ct)
    {
        var (version, attempts) = await work.Db.Set<Handover>().Where(h => h.Id == id).Select(h => new ValueTuple<long, int>(h.Version, h.Attempts)).SingleAsync(ct);
        var document = (await HandoverDocuments.OfAsync(work, [id], ct)).Single();
        var answer = await sender.SendAsync(system, document.First is null ? "handover" : "update", id.ToString(), document, ct);
        // A finished one first: what is there must never be sent anew because noting it down failed.
        if (answer is { Outcome: AttemptOutcome.Taken, Number: { } number } && (await finish.RunAsync(new FinishInput(id, number, answer.Owner), ct)).Problem is { } problem)
            await FailAsync(id, version, $"It is there as {number}, but that cannot be kept: {problem.Message}", ct);
        else if (answer.Outcome == AttemptOutcome.Refused) await FailAsync(id, version, PushRules.Said(answer), ct);
        else if (answer.Outcome == AttemptOutcome.Later && attempts >= PushRules.MostAttempts) await FailAsync(id, version, $"It was sent {PushRules.MostAttempts} times without an answer.", ct);
        return refusals.Note(await note.RunAsync(new AttemptInput(system.System, answer, id, version), ct)).Ok ? answer : null;
    }

    // Whoever has done something with it meanwhile, in Trellis or there, is right: then there is nothing to park.
    private Task FailAsync(HandoverId id, long version, string reason, CancellationToken ct) => fail.RunAsync(new HandoverWords(id, Text.Storable(reason, 1000), version), ct);
}
