using Microsoft.EntityFrameworkCore;
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
    /// Makes everybody who decides on this customer wait for each other. One customer has several keys; they are taken in one order, so that two
    /// registrations cannot wait for each other in a circle.
    /// </summary>
    public static async Task LockCustomerAsync(this Work work, Deal deal, CancellationToken ct)
    {
        List<string> keys = [$"customer:name:{deal.CustomerKey}"];
        if (deal.CustomerDomain is { } domain) keys.Add($"customer:domain:{domain}");
        if (deal.AccountId is { } account) keys.Add($"customer:account:{account}");
        foreach (var key in keys.Order(StringComparer.Ordinal)) await work.LockAsync(key, ct);
    }
}
