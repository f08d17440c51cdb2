using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>What a partner is told about a customer before it registers: its own earlier registrations in full, of others only that one stands.</summary>
/// <param name="Own">The partner's own living registrations.</param>
/// <param name="ProtectedForAnother">Whether another partner is protected for this customer and product.</param>
internal sealed record DuplicateWarning(IReadOnlyList<OwnEarlier> Own, bool ProtectedForAnother)
{
    public bool IsEmpty => Own.Count == 0 && !ProtectedForAnother;
}

internal sealed record OwnEarlier(DealId Id, string CustomerName, DealState State, DateTime? SubmittedAt);

/// <summary>Looks for duplicates while a partner types and again when it submits.</summary>
internal static class Duplicates
{
    public static async Task<DuplicateWarning> FindAsync(Work work, DealFields fields, DealId? except, CancellationToken ct)
    {
        if (work.Actor.Partner is not { } mine || Text.OrNull(fields.CustomerName) is not { } name || !Text.IsClean(name) || name.Length > 200) return new([], false);
        var (domain, key) = (Customer.Domain(fields.CustomerDomain) ?? Customer.Domain(fields.ContactEmail), Customer.Key(name));
        var claims = (await Claims.OnAsync(work, except, null, domain, key, ct))
            .Where(c => Claims.Compare(null, domain, key, null, c.CustomerDomain, c.CustomerKey) == SameCustomer.Yes).ToList();
        return new DuplicateWarning(
            [.. claims.Where(c => c.Partner == mine).OrderByDescending(c => c.SubmittedAt).Take(5).Select(c => new OwnEarlier(c.Deal, c.CustomerName, c.State, c.SubmittedAt))],
            claims.Any(c => c.Partner != mine && c.Covers(fields.Product) && c.IsProtected(work.Today)));
    }
}
