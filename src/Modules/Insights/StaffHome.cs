using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>A deal in a short list on a home page.</summary>
internal sealed record HomeDeal(DealId Id, string Title, string PartnerName, DealState State, long Amount, string Currency, DateTime? SubmittedAt, DateOnly? ExpiresOn, DateTime? ClosedAt);

/// <summary>A partner in a short list on a home page.</summary>
internal sealed record HomePartner(PartnerId Id, string Name, PartnerState State, Tier Tier);

/// <summary>What a member of the vendor's staff sees first: what waits, what runs out, who needs help. Counts stop one behind <see cref="Capped.Cap"/>.</summary>
internal sealed record StaffHome(IReadOnlyList<HomeDeal> Waiting, int WaitingCount, IReadOnlyList<HomeDeal> Expiring, int ExpiringCount, IReadOnlyList<HomePartner> AtRisk, IReadOnlyList<HomeDeal> Won)
{
    private const int Rows = 6;

    // Of more partners than these, what is due is found among all deals rather than partner by partner.
    private const int Few = 2000;

    /// <summary>For a partner manager, of the partners that he or she looks after; <paramref name="mine"/> says so.</summary>
    public static async Task<StaffHome> ReadAsync(Work work, bool mine, CancellationToken ct)
    {
        var (today, soon, recent) = (work.Today, work.Today.AddDays(30), work.Now.AddDays(-14));
        var partners = work.Db.Set<PartnerRow>();
        var deals = await DealsAsync(work, mine, ct);
        var expiring = deals.Where(d => d.State == DealState.Approved && d.ExpiresOn >= today && d.ExpiresOn <= soon);
        // Each status by its own index, the longest waiting of both together.
        List<HomeDeal> waiting = [];
        foreach (var state in new[] { DealState.InReview, DealState.Submitted })
            waiting.AddRange(await Named(deals.Where(d => d.State == state).OrderBy(d => d.SubmittedAt).Take(Rows), partners).ToListAsync(ct));
        var ending = await Named(expiring.OrderBy(d => d.ExpiresOn).Take(Rows), partners).ToListAsync(ct);
        var won = await Named(deals.Where(d => d.State == DealState.Won && d.ClosedAt >= recent).OrderByDescending(d => d.ClosedAt).Take(Rows), partners).ToListAsync(ct);
        var person = work.Actor.Person;
        return new StaffHome(
            [.. waiting.OrderBy(d => d.SubmittedAt).Take(Rows)],
            await deals.Where(d => d.State == DealState.InReview || d.State == DealState.Submitted).CountCappedAsync(ct),
            [.. ending.OrderBy(d => d.ExpiresOn)],
            await expiring.CountCappedAsync(ct),
            await partners.Where(p => (!mine || p.ManagerId == person) && (p.State == PartnerState.AtRisk || p.State == PartnerState.Dormant))
                .OrderByDescending(p => p.Tier == Tier.Platinum ? 3 : p.Tier == Tier.Gold ? 2 : p.Tier == Tier.Silver ? 1 : 0).ThenBy(p => p.Name).Take(Rows)
                .Select(p => new HomePartner(p.Id, p.Name, p.State, p.Tier)).ToListAsync(ct),
            [.. won.OrderByDescending(d => d.ClosedAt)]);
    }

    private static async Task<IQueryable<DealRow>> DealsAsync(Work work, bool mine, CancellationToken ct)
    {
        IQueryable<DealRow> deals = work.Db.Set<DealRow>();
        if (DealSights.Hidden(work) is { } hidden) deals = deals.Where(d => !hidden.Contains(d.Id));
        if (!mine) return deals;
        var person = work.Actor.Person;
        var ids = await work.Db.Set<PartnerRow>().Where(p => p.ManagerId == person).Select(p => p.Id).Take(Few + 1).ToListAsync(ct);
        return ids.Count <= Few ? deals.Where(d => ids.Contains(d.PartnerId))
            : from d in deals
              join p in work.Db.Set<PartnerRow>() on new { d.TenantId, Id = d.PartnerId } equals new { p.TenantId, p.Id }
              where p.ManagerId == person
              select d;
    }

    // Only those that are shown get their partner's name.
    private static IQueryable<HomeDeal> Named(IQueryable<DealRow> deals, IQueryable<PartnerRow> partners) =>
        from d in deals
        join p in partners on new { d.TenantId, Id = d.PartnerId } equals new { p.TenantId, p.Id }
        select new HomeDeal(d.Id, d.Title, p.Name, d.State, d.State == DealState.Won ? d.WonAmount ?? d.Amount : d.Amount, d.Currency, d.SubmittedAt, d.ExpiresOn, d.ClosedAt);
}
