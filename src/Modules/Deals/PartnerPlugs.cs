using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Passing;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>Deals in the roll-up over a group of companies.</summary>
internal sealed class DealFigures(Work work) : IPartnerFigures
{
    public async Task<IReadOnlyList<PartnerFigure>> OfAsync(IReadOnlyList<PartnerId> partners, CancellationToken ct)
    {
        // Who asks has decided that these partners may be seen.
        var rows = await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(d => partners.Contains(d.PartnerId) && d.State != DealState.Draft)
            .GroupBy(d => new { d.PartnerId, d.State, d.Currency }).Select(g => new { g.Key, Count = g.Count(), Amount = g.Sum(d => d.WonAmount ?? d.Amount) }).ToListAsync(ct);
        var shown = work.Db.ReadsAmounts();
        return
        [
            .. from row in rows
               let name = row.Key.State == DealState.Won ? "Won" : Array.IndexOf(DealLifecycle.Pending, row.Key.State) >= 0 || Array.IndexOf(DealLifecycle.Claiming, row.Key.State) >= 0 ? "Open deals" : null
               where name is not null
               group row by (row.Key.PartnerId, Name: name, row.Key.Currency) into g
               select new PartnerFigure(g.Key.PartnerId, g.Key.Name, g.Sum(r => r.Count), shown ? g.Sum(r => r.Amount) : null, g.Key.Currency),
        ];
    }
}

/// <summary>What a partner won, on its contribution timeline.</summary>
internal sealed class DealGifts(Work work) : IPartnerContributions
{
    public async Task<IReadOnlyList<PartnerGift>> OfAsync(PartnerId partner, int most, CancellationToken ct)
    {
        if (!work.Actor.May(DealsPermissions.View)) return [];
        var rows = await work.Db.Set<DealRow>().Where(d => d.PartnerId == partner && d.State == DealState.Won && d.ClosedAt != null).OrderByDescending(d => d.ClosedAt).Take(most)
            .Select(d => new { d.Id, d.Title, d.ClosedAt, d.WonAmount, d.Currency }).ToListAsync(ct);
        var (root, shown) = (work.Actor.IsPartner ? "/portal/deals/" : "/app/deals/", work.Db.ReadsAmounts());
        return [.. rows.Select(d => new PartnerGift(DateOnly.FromDateTime(d.ClosedAt!.Value), "Deal won", d.Title, d.WonAmount is { } won && shown ? new Money(won, d.Currency).ToString() : null, "Deals", root + d.Id))];
    }
}

/// <summary>Partners that registered a deal, or whose deal was closed.</summary>
internal sealed class DealActivity : IPartnerActivity
{
    public IEnumerable<IQueryable<ActivePartner>> Since(Db db, DateTime since) =>
    [
        db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.CreatedAt >= since).Select(d => new ActivePartner { TenantId = d.TenantId, PartnerId = d.PartnerId, At = d.CreatedAt }),
        db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.ClosedAt >= since).Select(d => new ActivePartner { TenantId = d.TenantId, PartnerId = d.PartnerId, At = d.ClosedAt!.Value }),
    ];
}

/// <summary>The partner has registered a deal.</summary>
internal sealed class FirstRegistration(Work work) : IOnboardingFact
{
    public string Code => "first_registration";

    public string Text => "The first deal is registered";

    public async Task<IReadOnlySet<PartnerId>> AmongAsync(IReadOnlyCollection<PartnerId> partners, CancellationToken ct) =>
        (await work.Db.Set<Deal>().Where(d => partners.Contains(d.PartnerId) && d.SubmittedAt != null).Select(d => d.PartnerId).Distinct().ToListAsync(ct)).ToHashSet();
}

/// <summary>A partnership does not end while deals of the partner are open.</summary>
internal sealed class OpenDealsCheck(Work work) : IOffboardingCheck
{
    public string Code => "open_deals";

    public string Title => "Open deals handed over or closed";

    public int Order => 20;

    public async Task<OffboardingFinding> LookAsync(PartnerId partner, CancellationToken ct)
    {
        DealState[] open = [.. DealLifecycle.Pending, .. DealLifecycle.Claiming];
        var count = await work.Db.Set<Deal>().CountAsync(d => d.PartnerId == partner && open.Contains(d.State), ct);
        return count == 0 ? new(true, "No deal is open") : new(false, count == 1 ? "1 deal is still open" : $"{count} deals are still open", $"/app/deals?partner={partner}");
    }
}

/// <summary>A partnership does not end while leads lie on the partner's table, or ones that it has handed over wait for the vendor.</summary>
internal sealed class OpenLeadsCheck(Work work) : IOffboardingCheck
{
    public string Code => "open_leads";

    public string Title => "Open leads taken back or answered";

    public int Order => 21;

    public async Task<OffboardingFinding> LookAsync(PartnerId partner, CancellationToken ct)
    {
        var count = await work.Db.Set<Lead>().CountAsync(l => l.PartnerId == partner && LeadLifecycle.Open.Contains(l.State), ct);
        return count == 0 ? new(true, "No lead is open") : new(false, count == 1 ? "1 lead is still open" : $"{count} leads are still open", $"/app/leads?state=open&partner={partner}");
    }
}
