using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>The promise of a decision, and who is asked when it is late: pure.</summary>
internal static class Promise
{
    /// <summary>The instant at which half of the business time until the promise is over.</summary>
    public static DateTime HalfTime(WorkCalendar calendar, DateTime since, DateTime decideBy) => calendar.Plus(since, calendar.Between(since, decideBy) / 2);

    /// <summary>The role that must decide by now: each further promise that passes unanswered goes one role up.</summary>
    public static string Owes(WorkCalendar calendar, string first, DateTime decideBy, int days, DateTime now)
    {
        var (role, due) = (first, decideBy);
        while (now > due && ReviewRoles.Above(role) is { } above) (role, due) = (above, calendar.Add(due, days));
        return role;
    }
}

/// <summary>Reminds the reviewer at half time, and takes a late registration to the role above. Run by the clock; one that is in time is left alone.</summary>
internal sealed class KeepPromise(Work work, LifeMail mail) : UseCase<DealId, bool>(work)
{
    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<bool>> HandleAsync(DealId id, CancellationToken ct)
    {
        var found = await Work.DealAsync(id, null, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (deal is not { State: DealState.InReview, DecideBy: { } by, Reviewer: { } reviewer }) return false;
        if (Work.Now > by) return await EscalateAsync(deal, by, reviewer, ct);
        if (Work.Now < Promise.HalfTime(Work.Settings.Calendar, deal.StateSince, by) || !await FirstAsync(deal, NoticeKind.HalfTime, DealNotice.ClockKey(by, reviewer), ct)) return false;
        await mail.HalfTimeAsync(deal, reviewer, ct);
        return true;
    }

    private async Task<Result<bool>> EscalateAsync(Deal deal, DateTime by, string reviewer, CancellationToken ct)
    {
        var rules = RuleSetText.FromJson((await RuleBook.CurrentAsync(Work, ct)).Content);
        var role = Promise.Owes(Work.Settings.Calendar, deal.EscalatedFrom ?? reviewer, by, rules.DecideWithin, Work.Now);
        if (role == reviewer || !await FirstAsync(deal, NoticeKind.Escalation, DealNotice.ClockKey(by, role), ct)) return false;
        var words = $"The promised time is over, so the {Roles.Label(role).ToLowerInvariant()} decides now.";
        // The status and its clock stay: the delay must not look shorter than it is.
        var moved = Work.Move(DealLifecycle.Machine, deal.Id.ToString(), deal.State, DealTrigger.Escalate, words);
        if (!moved.Ok) return moved.Problem;
        deal.Escalate(role);
        await mail.EscalatedAsync(deal, role, ct);
        return true;
    }

    private async Task<bool> FirstAsync(Deal deal, NoticeKind kind, string key, CancellationToken ct)
    {
        var id = deal.Id;
        await Work.LockAsync($"deal-notice:{id}", ct);
        if (await Db.Set<DealNotice>().AnyAsync(n => n.DealId == id && n.Kind == kind && n.Key == key, ct)) return false;
        Db.Add(DealNotice.Of(Work.Tenant, id, kind, key, Work.Now));
        return true;
    }
}

/// <summary>Reminds of a request that waits for an answer: the partner manager at half time, the role above when it is late; each once.</summary>
internal sealed class RemindOfRequest(Work work, LifeMail mail) : UseCase<RequestId, bool>(work)
{
    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<bool>> HandleAsync(RequestId id, CancellationToken ct)
    {
        var request = await Db.Set<DealRequest>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (request is not { State: RequestState.Pending } || Work.Now < Promise.HalfTime(Work.Settings.Calendar, request.RequestedAt, request.DecideBy)) return false;
        var late = Work.Now > request.DecideBy;
        var (deal, key) = (request.DealId, $"{id}/{(late ? "late" : "half")}");
        await Work.LockAsync($"deal-notice:{deal}", ct);
        if (await Db.Set<DealNotice>().AnyAsync(n => n.DealId == deal && n.Kind == NoticeKind.Request && n.Key == key, ct)) return false;
        Db.Add(DealNotice.Of(Work.Tenant, deal, NoticeKind.Request, key, Work.Now));
        var asked = await Db.Set<Deal>().AsNoTracking().SingleAsync(d => d.Id == deal, ct);
        await mail.RequestWaitsAsync(asked, request, late ? Roles.ChannelOperations : Roles.PartnerManager, late, ct);
        return true;
    }
}

/// <summary>Looks every quarter of an hour at what waits for a decision.</summary>
internal sealed class KeepPromises(Db db, Work work, KeepPromise keep, RemindOfRequest remind) : IRecurring
{
    private const int Most = 5_000;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var refusals = new Refusals();
        var waiting = await db.Set<Deal>().AsNoTracking().Where(d => d.State == DealState.InReview && d.DecideBy != null)
            .OrderBy(d => d.DecideBy).Take(Most).Select(d => new { d.Id, d.StateSince, d.DecideBy, d.Reviewer }).ToListAsync(ct);
        var ids = waiting.Select(d => d.Id).ToArray();
        var said = (await db.Set<DealNotice>().AsNoTracking().Where(n => ids.Contains(n.DealId) && n.Kind != NoticeKind.Expiry)
            .Select(n => new { n.DealId, n.Kind, n.Key }).ToListAsync(ct)).Select(n => (n.DealId, n.Kind, n.Key)).ToHashSet();
        foreach (var deal in waiting)
        {
            var by = deal.DecideBy!.Value;
            var late = work.Now > by && ReviewRoles.Above(deal.Reviewer ?? "") is not null;
            var half = work.Now <= by && work.Now >= Promise.HalfTime(work.Settings.Calendar, deal.StateSince, by) && !said.Contains((deal.Id, NoticeKind.HalfTime, DealNotice.ClockKey(by, deal.Reviewer ?? "")));
            if (late || half) refusals.Note(await keep.RunAsync(deal.Id, ct));
        }

        foreach (var id in await db.Set<DealRequest>().Where(r => r.State == RequestState.Pending).OrderBy(r => r.DecideBy).Take(Most).Select(r => r.Id).ToListAsync(ct)) refusals.Note(await remind.RunAsync(id, ct));
        return refusals.End;
    }
}
