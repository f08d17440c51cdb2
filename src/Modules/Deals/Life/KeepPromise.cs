using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

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
