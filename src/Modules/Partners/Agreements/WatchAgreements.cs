using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Agreements;

/// <summary>Once a day: what renews by itself goes on, what cannot be found yet is made to be found, and whoever answers for a partner is told 90, 60 and 30 days before an agreement runs out, each once.</summary>
internal sealed class WatchAgreements(Work work, Notify notify) : IRecurring
{
    private const int Some = 200;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        while (true)
        {
            var renewed = await RenewAsync(ct);
            if (!renewed.Ok) return renewed.Problem;
            if (renewed.Value < Some) break;
        }

        while (true)
        {
            var indexed = await IndexAsync(ct);
            if (!indexed.Ok) return indexed.Problem;
            if (indexed.Value < Some) break;
        }

        foreach (var warning in AgreementStates.Warnings.Reverse())
        {
            while (true)
            {
                var warned = await WarnAsync(warning, ct);
                if (!warned.Ok) return warned.Problem;
                if (warned.Value < Some) break;
            }
        }

        return default(Done);
    }

    private Task<Result<int>> RenewAsync(CancellationToken ct) => work.TransactAsync<int>("partners.renew_agreements", async () =>
    {
        var today = work.Today;
        var rows = await work.Db.Set<PartnerAgreement>().Where(a => a.Ends < today && a.RenewalMonths > 0 && a.SignedOn != null && a.EndedOn == null && a.ValidUntil < today).OrderBy(a => a.Ends).ThenBy(a => a.Id).Take(Some).ToListAsync(ct);
        foreach (var row in rows) row.Until(row.RenewedUntil(today));
        return rows.Count;
    }, ct);

    // Agreements that were written down before they could be searched.
    private Task<Result<int>> IndexAsync(CancellationToken ct) => work.TransactAsync<int>("partners.index_agreements", async () =>
    {
        var rows = await work.Db.Set<PartnerAgreement>().Where(a => a.SearchText == "").OrderBy(a => a.Id).Take(Some).ToListAsync(ct);
        foreach (var row in rows) row.Index();
        return rows.Count;
    }, ct);

    // Each row that is found is marked, so that the next question finds others.
    private Task<Result<int>> WarnAsync(int days, CancellationToken ct) => work.TransactAsync<int>("partners.warn_agreements", async () =>
    {
        var (today, until) = (work.Today, work.Today.AddDays(days));
        var rows = await (
            from a in work.Db.Set<PartnerAgreement>()
            join p in work.Db.Set<Partner>() on new { a.TenantId, Id = a.PartnerId } equals new { p.TenantId, p.Id }
            where a.Ends >= today && a.Ends <= until && a.SignedOn != null && a.EndedOn == null && (a.WarnedDays == null || a.WarnedDays > days)
            orderby a.Ends, a.Id
            select new { Agreement = a, p.Name, p.ManagerId, p.State }).Take(Some).ToListAsync(ct);
        foreach (var row in rows)
        {
            row.Agreement.WarnedDays = days;
            if (row.State != PartnerState.Former) await AgreementNews.WarnAsync(work, notify, row.Agreement, row.Name, row.ManagerId, row.Agreement.Ends.DayNumber - today.DayNumber, ct);
        }

        return rows.Count;
    }, ct);
}
