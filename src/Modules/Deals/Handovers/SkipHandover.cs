using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>A person decides that a deal need not go over, and says why.</summary>
internal sealed class SkipHandover(Work work) : UseCase<HandoverWords, HandoverId>(work)
{
    protected override Permission Permission => HandoverPermissions.Work;

    protected override async Task<Result<HandoverId>> HandleAsync(HandoverWords input, CancellationToken ct)
    {
        var found = await Work.HandoverAsync(input.Handover, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (new Check().Text(input.Reason, "reason", "The reason", 1000).Problem is { } problem) return problem;
        var moved = found.Value.Move(Work, HandoverTrigger.Skip, input.Reason!.Trim());
        return moved.Ok ? found.Value.Id : moved.Problem;
    }
}
