using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Insights;

/// <summary>Rows of credit that cannot be told apart by country, sector or seller, because the account of their deal lacks it. The agreed split stands for all models.</summary>
internal sealed class AccountQuality(Work work) : IQualityEffect
{
    public async Task<IReadOnlyList<QualityEffect>> CountAsync(CancellationToken ct)
    {
        var rows = from c in Credits
                   join d in work.Db.Set<DealRow>().IgnoreQueryFilters([Db.PartnerFilter]) on new { c.TenantId, Id = c.DealId } equals new { d.TenantId, d.Id }
                   join a in work.Db.Set<AccountRow>() on new { d.TenantId, Id = d.AccountId } equals new { a.TenantId, Id = (AccountId?)a.Id }
                   select new { c.CreditedAmount, a.Country, a.Sector, a.OwnerName };
        var effects = new List<QualityEffect>();
        await AddAsync("account_without_country", rows.Where(r => r.Country == null).Select(r => r.CreditedAmount));
        await AddAsync("account_without_sector", rows.Where(r => r.Sector == null).Select(r => r.CreditedAmount));
        await AddAsync("account_without_owner", rows.Where(r => r.OwnerName == null).Select(r => r.CreditedAmount));
        return effects;

        async Task AddAsync(string check, IQueryable<long> credited)
        {
            var count = await credited.LongCountAsync(ct);
            if (count > 0) effects.Add(new QualityEffect(check, count, await credited.SumAsync(ct)));
        }
    }

    private IQueryable<Credit> Credits => work.Db.Set<Credit>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(c => c.Model == CreditModel.AgreedSplit);
}
