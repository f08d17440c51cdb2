using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Passing;
using Trellis.Kernel;

namespace Trellis.Deals.Published;

/// <summary>A lead that the vendor has offered to a partner. One that is offered to the next partner is another one.</summary>
/// <param name="Lead">Its id as text.</param>
/// <param name="Customer">The customer's name.</param>
/// <param name="Partner">To whom.</param>
/// <param name="PassedAt">When it was passed.</param>
public sealed record PassedLead(string Lead, string Customer, PartnerId Partner, DateTime PassedAt);

/// <summary>The leads of a time that partners were offered. For jobs of the vendor: it sees every partner.</summary>
public static class LeadHistory
{
    /// <summary>All passed on or after <paramref name="since"/>; what a person of the vendor has kept back, or still decides on, went to nobody.</summary>
    public static async Task<IReadOnlyList<PassedLead>> ReadAsync(Work work, DateTime since, CancellationToken ct)
    {
        var leads = await work.Db.Set<Lead>().AsNoTracking().IgnoreQueryFilters([Db.PartnerFilter])
            .Where(l => l.PassedAt >= since && l.Direction == LeadDirection.ToPartner && l.OfferedAt != null).OrderBy(l => l.PassedAt).ThenBy(l => l.Id)
            .Select(l => new { l.Id, l.CustomerName, l.PartnerId, l.PassedAt }).ToListAsync(ct);
        return leads.ConvertAll(l => new PassedLead(l.Id.ToString(), l.CustomerName, l.PartnerId, l.PassedAt));
    }
}
