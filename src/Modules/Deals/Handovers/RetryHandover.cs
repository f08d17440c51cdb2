using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>A person lets a deal wait again that failed or was set aside.</summary>
internal sealed class RetryHandover(Work work) : UseCase<HandoverWords, HandoverId>(work)
{
    protected override Permission Permission => HandoverPermissions.Work;

    protected override async Task<Result<HandoverId>> HandleAsync(HandoverWords input, CancellationToken ct)
    {
        var found = await Work.HandoverAsync(input.Handover, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var moved = found.Value.Move(Work, HandoverTrigger.Retry);
        return moved.Ok ? found.Value.Id : moved.Problem;
    }
}
