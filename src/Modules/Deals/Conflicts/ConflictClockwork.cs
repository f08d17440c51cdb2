using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Raises the level of a conflict that waits too long. One that is in time is left alone.</summary>
internal sealed class EscalateConflict(Work work, ConflictMail mail) : UseCase<ConflictId, bool>(work)
{
    protected override Permission Permission => ConflictsPermissions.Clock;

    protected override async Task<Result<bool>> HandleAsync(ConflictId id, CancellationToken ct)
    {
        var found = await Work.ConflictAsync(id, null, ct);
        if (!found.Ok) return found.Problem;
        var level = ConflictClock.Level(found.Value.State, found.Value.OpenedAt, found.Value.DisputedAt, Work.Now);
        if (level <= found.Value.Level) return false;
        found.Value.Escalate(level);
        await mail.EscalatedAsync(found.Value, ct);
        return true;
    }
}

/// <summary>Looks every hour which conflicts must go up.</summary>
internal sealed class EscalateConflicts(Db db, Work work, EscalateConflict escalate) : IRecurring
{
    private const int Most = 500;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var now = work.Now;
        var (first, second, third) = (now.AddHours(-72), now.AddHours(-168), now.AddHours(-336));
        // The next level of each, so that those that stand high enough already do not take the others' place.
        var due = await db.Set<Conflict>().AsNoTracking().Where(c => ConflictLifecycle.Open.Contains(c.State) && c.Level < 3)
            .Select(c => new { c.Id, c.Level, From = c.State == ConflictState.Suspected ? c.OpenedAt : c.DisputedAt ?? c.OpenedAt })
            .Where(c => (c.Level == 0 && c.From <= first) || (c.Level == 1 && c.From <= second) || (c.Level == 2 && c.From <= third))
            .OrderBy(c => c.From).Take(Most).Select(c => c.Id).ToListAsync(ct);
        var refusals = new Refusals();
        foreach (var id in due) refusals.Note(await escalate.RunAsync(id, ct));
        return refusals.End;
    }
}

/// <summary>Closes the suspicions of a deal that has ended or was refused: nothing is left to decide. What somebody disputes stays open.</summary>
internal sealed class CloseMoot(Work work) : UseCase<DealId, int>(work)
{
    protected override Permission Permission => ConflictsPermissions.Clock;

    protected override async Task<Result<int>> HandleAsync(DealId deal, CancellationToken ct)
    {
        var moot = await Db.Set<Conflict>().Where(c => (c.DealId == deal || c.OtherDealId == deal) && c.State == ConflictState.Suspected).ToListAsync(ct);
        foreach (var conflict in moot)
        {
            const string Why = "One of the two claims has ended.";
            var moved = await Work.MoveAsync(conflict, ConflictTrigger.Settle, Why, ct);
            if (!moved.Ok) return moved.Problem;
            conflict.Decide(ConflictOutcome.NoConflict, Why, null, Work.Now, null);
        }

        // What is over is no claim any more.
        await Db.Set<ClaimKey>().Where(k => k.DealId == deal).ExecuteDeleteAsync(ct);
        return moot.Count;
    }
}

/// <summary>After an import of opportunities: which living registrations have met the direct team since they were made?</summary>
internal sealed class WatchOpportunities(Work work) : UseCase<DateTime, int>(work)
{
    private const int Most = 5000;

    protected override Permission Permission => ConflictsPermissions.Clock;

    protected override async Task<Result<int>> HandleAsync(DateTime at, CancellationToken ct)
    {
        var alive = DealLifecycle.Claiming.Concat(DealLifecycle.Pending).ToArray();
        OpportunityStage[] open = [OpportunityStage.Prospecting, OpportunityStage.Engaging];
        var met = await (
            from d in Db.Set<Deal>().AsNoTracking()
            join o in Db.Set<OpportunityRow>() on new { d.TenantId, d.AccountId } equals new { o.TenantId, o.AccountId }
            where alive.Contains(d.State) && d.AccountId != null && open.Contains(o.Stage) && (d.ProductId == null || o.ProductId == null || d.ProductId == o.ProductId)
                && (d.OpportunityId == null || d.OpportunityId != o.Id)
                && !Db.Set<Deal>().Any(x => x.TenantId == o.TenantId && x.OpportunityId == o.Id)
                && !Db.Set<Conflict>().Any(c => c.TenantId == d.TenantId && c.DealId == d.Id && c.OpportunityId == o.Id)
            orderby o.Id descending
            select new { Deal = d, o.Id, o.ExternalId, o.OpenedOn }).Take(Most).ToListAsync(ct);
        // What stood there before the registration was weighed when it was decided.
        var opened = 0;
        foreach (var pair in met.Where(m => m.OpenedOn is not { } day || m.Deal.SubmittedAt is not { } sent || day >= DateOnly.FromDateTime(sent)).DistinctBy(m => m.Deal.Id))
            opened += await ConflictWatch.SuspectAsync(Work, ConflictWatch.WithDirect(Work, pair.Deal, pair.Id, pair.ExternalId, "import of opportunities"), ct) ? 1 : 0;
        return opened;
    }
}
