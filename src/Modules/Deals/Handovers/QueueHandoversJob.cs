using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>Every minute.</summary>
internal sealed class QueueHandoversJob(QueueHandovers queue) : IRecurring
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var refusals = new Refusals();
        foreach (var system in Enum.GetValues<ConnectedKind>())
            while (refusals.Note(await queue.RunAsync(system, ct)) is { Ok: true, Value: QueueHandovers.Most }) { }
        return refusals.End;
    }
}
