using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>A deal in a short list on a home page.</summary>
internal sealed record HomeDeal(DealId Id, string Title, string PartnerName, DealState State, long Amount, string Currency, DateTime? SubmittedAt, DateOnly? ExpiresOn, DateTime? ClosedAt);

/// <summary>A partner in a short list on a home page.</summary>
internal sealed record HomePartner(PartnerId Id, string Name, PartnerState State, Tier Tier);

/// <summary>What a member of the vendor's staff sees first: what waits, what runs out, who needs help.</summary>
internal sealed record StaffHome(
    IReadOnlyList<HomeDeal> Waiting, int WaitingCount, IReadOnlyList<HomeDeal> Expiring, int ExpiringCount, IReadOnlyList<HomePartner> AtRisk, int AtRiskCount, IReadOnlyList<HomeDeal> Won)
{
    private const int Rows = 6;

    /// <summary>For a partner manager, of the partners that he or she looks after; <paramref name="mine"/> says so.</summary>
    public static async Task<StaffHome> ReadAsync(Work work, bool mine, CancellationToken ct)
    {
        var db = work.Db;
        var (today, soon, recent) = (work.Today, work.Today.AddDays(14), work.Now.AddDays(-14));
        var person = work.Actor.Person;
        var partners = db.Set<PartnerRow>().Where(p => !mine || p.ManagerId == person);
        var deals = from d in db.Set<DealRow>()
                    join p in partners on new { d.TenantId, Id = d.PartnerId } equals new { p.TenantId, p.Id }
                    select new { Deal = d, p.Name };
        // Counts of all partners need no partner beside the deal: an index alone answers them.
        var counted = mine ? deals.Select(d => d.Deal) : db.Set<DealRow>();
        var expiring = deals.Where(d => d.Deal.State == DealState.Approved && d.Deal.ExpiresOn >= today && d.Deal.ExpiresOn <= soon);
        // Each status by its own index, the longest waiting of both together.
        List<HomeDeal> waiting = [];
        foreach (var state in new[] { DealState.InReview, DealState.Submitted })
            waiting.AddRange(await deals.Where(d => d.Deal.State == state).OrderBy(d => d.Deal.SubmittedAt).Take(Rows).Select(d => new HomeDeal(d.Deal.Id, d.Deal.Title, d.Name, d.Deal.State, d.Deal.Amount, d.Deal.Currency, d.Deal.SubmittedAt, d.Deal.ExpiresOn, d.Deal.ClosedAt)).ToListAsync(ct));
        var won = deals.Where(d => d.Deal.State == DealState.Won && d.Deal.ClosedAt >= recent);
        var atRisk = partners.Where(p => p.State == PartnerState.AtRisk || p.State == PartnerState.Dormant);
        return new StaffHome(
            [.. waiting.OrderBy(d => d.SubmittedAt).Take(Rows)],
            await counted.CountAsync(d => d.State == DealState.InReview || d.State == DealState.Submitted, ct),
            await expiring.OrderBy(d => d.Deal.ExpiresOn).Take(Rows).Select(d => new HomeDeal(d.Deal.Id, d.Deal.Title, d.Name, d.Deal.State, d.Deal.Amount, d.Deal.Currency, d.Deal.SubmittedAt, d.Deal.ExpiresOn, d.Deal.ClosedAt)).ToListAsync(ct),
            await counted.CountAsync(d => d.State == DealState.Approved && d.ExpiresOn >= today && d.ExpiresOn <= soon, ct),
            await atRisk.OrderByDescending(p => p.Tier).ThenBy(p => p.Name).Take(Rows).Select(p => new HomePartner(p.Id, p.Name, p.State, p.Tier)).ToListAsync(ct),
            await atRisk.CountAsync(ct),
            await won.OrderByDescending(d => d.Deal.ClosedAt).Take(Rows).Select(d => new HomeDeal(d.Deal.Id, d.Deal.Title, d.Name, d.Deal.State, d.Deal.WonAmount ?? d.Deal.Amount, d.Deal.Currency, d.Deal.SubmittedAt, d.Deal.ExpiresOn, d.Deal.ClosedAt)).ToListAsync(ct));
    }
}
