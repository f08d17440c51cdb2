using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>What all use cases on one deal share: find it, hold its customer, move it.</summary>
internal static class Moves
{
    /// <summary>The deal, tracked, if this actor may see it and nobody changed it since <paramref name="version"/>.</summary>
    public static async Task<Result<Deal>> DealAsync(this Work work, DealId id, long? version, CancellationToken ct)
    {
        var deal = await work.Db.Set<Deal>().SingleOrDefaultAsync(d => d.Id == id, ct);
        if (deal is null) return DealsProblems.Missing();
        return version is { } expected && expected != deal.Version ? Problem.Stale() : deal;
    }

    /// <summary>The deal, for the partner that registered it. A team member sees the deal but is told that it is not its own.</summary>
    public static async Task<Result<Deal>> OwnDealAsync(this Work work, DealId id, long? version, CancellationToken ct)
    {
        var found = await work.DealAsync(id, version, ct);
        return found.Then<Deal>(deal => deal.IsHeldBy(work.Actor.Partner) ? deal : DealsProblems.HolderOnly());
    }

    /// <summary>Moves the deal and writes the move down.</summary>
    public static Result<DealState> Move(this Work work, Deal deal, DealTrigger on, string? reason, ReasonCode? code = null, Actor? by = null)
    {
        var next = work.Move(DealLifecycle.Machine, deal.Id.ToString(), deal.State, on, reason, by);
        if (next.Ok) deal.Enter(next.Value, work.Now, (by ?? work.Actor).Name, reason, code);
        return next;
    }

    /// <summary>
    /// Makes everybody who decides on this customer wait for each other, however each of them writes it: two writings of one customer share at least one of the short keys. The
    /// keys are taken in one order and the account last, so that two registrations cannot wait for each other in a circle.
    /// </summary>
    public static async Task LockCustomerAsync(this Work work, Deal deal, CancellationToken ct)
    {
        await work.LockNamesAsync(deal, ct);
        if (deal.AccountId is { } account) await work.LockAsync($"customer:account:{account}", ct);
    }

    /// <summary>Only the keys of the writing: before the account is known.</summary>
    public static Task LockNamesAsync(this Work work, Deal deal, CancellationToken ct) => work.LockAsync(NameKeys(deal), ct);

    /// <summary>What <see cref="LockNamesAsync"/> takes.</summary>
    public static IEnumerable<string> NameKeys(Deal deal) =>
        Customers.Keys(Customer.Typed(deal), asking: true).Append("k:" + deal.CustomerKey).Select(key => $"customer:{key}");

    /// <summary>Keeps the short keys under which other registrations of the customer find this one.</summary>
    public static async Task KeepKeysAsync(this Work work, Deal deal, CancellationToken ct)
    {
        var id = deal.Id;
        var wanted = Customers.Keys(Customer.Typed(deal), asking: false).Distinct().ToList();
        // A registration that was begun in this very transaction has none yet.
        if (work.Db.Entry(deal).State == EntityState.Added)
        {
            KeyRows.Add<Conflicts.ClaimKey>(work, wanted, "deal_id", id);
            return;
        }

        var there = await work.Db.Set<Conflicts.ClaimKey>().IgnoreQueryFilters([Db.PartnerFilter]).Where(k => k.DealId == id).ToListAsync(ct);
        work.Db.RemoveRange(there.Where(t => !wanted.Contains(t.Key)));
        work.Db.AddRange(wanted.Where(w => !there.Exists(t => t.Key == w)).Select(w => new Conflicts.ClaimKey { TenantId = work.Tenant, Key = w, DealId = id }));
    }
}
