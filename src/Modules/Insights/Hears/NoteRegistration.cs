using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Insights.Published;
using Trellis.Kernel;

namespace Trellis.Insights.Hears;

/// <summary>A registration is the first touch of the partner that made it.</summary>
internal sealed class NoteRegistration(Work work, RecreditDeal recredit) : IHearMany<DealRegistered>
{
    public Task HearAsync(DealRegistered happened, CancellationToken ct) => HearAsync([happened], ct);

    public async Task HearAsync(IReadOnlyList<DealRegistered> happened, CancellationToken ct)
    {
        var (deals, people) = (happened.Select(h => h.Deal).ToArray(), happened.Select(h => h.Person).Distinct().ToArray());
        var names = await work.Db.Set<PersonRow>().Where(p => people.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var known = (await work.Db.Set<Touch>().Where(t => deals.Contains(t.DealId) && t.Kind == TouchKind.Registration).Select(t => new { t.DealId, t.PartnerId }).ToListAsync(ct)).ToHashSet();
        work.Db.AddRange(happened.DistinctBy(h => (h.Deal, h.Partner)).Where(h => !known.Contains(new { DealId = h.Deal, PartnerId = h.Partner })).Select(h => new Touch
        {
            TenantId = work.Tenant,
            Id = Ids.New<TouchId>(h.At),
            DealId = h.Deal,
            PartnerId = h.Partner,
            Kind = TouchKind.Registration,
            At = h.At,
            Evidence = $"Registration {h.Deal}",
            PersonName = names.GetValueOrDefault(h.Person, "Trellis"),
            Source = TouchSource.System,
        }));
        await recredit.RunAsync(deals, ct);
    }
}
