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
        var typed = Customer.Typed(fields);
        var claims = (await Claims.OnAsync(work, except, null, typed.Domain, Customer.Key(name), ct, typed)).Select(c => (Claim: c, Same: Claims.Judge(typed, null, c))).ToList();
        // Its own deals are shown where they only resemble; of others nothing but what is sure.
        return new DuplicateWarning(
            [.. claims.Where(c => c.Claim.Partner == mine && c.Same != SameCustomer.No).OrderByDescending(c => c.Claim.SubmittedAt).Take(5).Select(c => new OwnEarlier(c.Claim.Deal, c.Claim.CustomerName, c.Claim.State, c.Claim.SubmittedAt))],
            claims.Any(c => c.Same == SameCustomer.Yes && c.Claim.Partner != mine && c.Claim.Covers(fields.Product) && c.Claim.IsProtected(work.Today)));
    }
}
