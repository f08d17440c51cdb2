using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Handovers;

/// <summary>A handover and words about it.</summary>
internal sealed record HandoverWords(HandoverId Handover, string? Reason, long? Version = null);

/// <summary>The connector says why the other system does not take the deal. Channel operations are told.</summary>
internal sealed class FailHandover(Work work, Notify notify) : UseCase<HandoverWords, HandoverId>(work)
{
    private const int Told = 5;

    protected override Permission Permission => HandoverPermissions.Work;

    protected override async Task<Result<HandoverId>> HandleAsync(HandoverWords input, CancellationToken ct)
    {
        var found = await Work.HandoverAsync(input.Handover, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var handover = found.Value;
        if (new Check().Text(input.Reason, "reason", "The reason", 1000).Problem is { } problem) return problem;
        var moved = handover.Move(Work, HandoverTrigger.Fail, input.Reason!.Trim());
        if (!moved.Ok) return moved.Problem;
        var title = await Db.Set<Deal>().Where(d => d.Id == handover.DealId).Select(d => d.Title).SingleAsync(ct);
        var people = await People.WithRole(Db, Roles.ChannelOperations).OrderBy(p => p.Id).Select(p => p.Id).Take(Told).ToListAsync(ct);
        await notify.TellAsync(people, new News(HandoverNews.Failed, $"Did not go over: {title}", $"""
            The other system did not take the deal {title}.
            It said: {handover.Note}
            """, $"/app/deals/handovers/{handover.Id}", "Try again, or enter the number by hand:"), ct);
        return handover.Id;
    }
}
