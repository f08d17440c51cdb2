using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Incentives.Web;

/// <summary>What happened with an earning line, newest first.</summary>
internal static class EarningTimeline
{
    public static async Task<IReadOnlyList<TimelineItem>> LoadAsync(Work work, EarningDetails details, CancellationToken ct)
    {
        var subject = details.Earning.Id.ToString();
        var moves = await work.Db.Set<Transition>().AsNoTracking().Where(t => t.Subject == subject && t.Machine == EarningLifecycle.Machine.Name)
            .OrderByDescending(t => t.Id).Take(50).ToListAsync(ct);
        List<TimelineItem> items = [.. moves.Select(Of)];
        if (details.Earning.PaidAt is { } paid && moves.All(m => m.To != Words.Of(EarningState.Paid))) items.Insert(0, new TimelineItem(paid, details.StateBy, "paid it", Icon: "cash-banknote", Tone: Tone.Good));
        items.Add(new TimelineItem(details.Earning.WonAt, "Trellis", "computed the earning when the deal was won", Icon: "trophy", Tone: Tone.Info));
        return items;
    }

    private static TimelineItem Of(Transition move)
    {
        var to = Words.Parse<EarningState>(move.To) ?? EarningState.Accrued;
        return new TimelineItem(move.At, move.ActorName, $"moved it to “{EarningLook.Label(to)}”", move.Reason, Icon: "arrow-right", Tone: EarningLook.Tone(to));
    }
}
