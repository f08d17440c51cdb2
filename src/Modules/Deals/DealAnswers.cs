using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>Registrations that a person decides, as the fairness report takes them, and requests on them. What the rules decide at once was never waited for.</summary>
internal sealed class DealAnswers : IPromisedAnswers
{
    public async Task<IReadOnlyList<AskedFact>> SinceAsync(Work work, DateTime since, CancellationToken ct)
    {
        var registrations = (await DecisionHistory.ReadAsync(work, since, ct)).Where(d => d.RulesSaid is null).Select(d => d.Asked);
        var requests = await work.Db.Set<DealRequest>().AsNoTracking().IgnoreQueryFilters([Db.PartnerFilter]).Where(r => r.RequestedAt >= since)
            .Select(r => new { r.PartnerId, r.State, r.RequestedAt, r.DecideBy, r.DecidedAt }).ToListAsync(ct);
        return
        [
            .. registrations,
            .. requests.Where(r => r.DecidedAt != r.RequestedAt).Select(r => r.State is RequestState.Withdrawn or RequestState.Lapsed
                ? new AskedFact(r.PartnerId, AskedKind.Request, r.RequestedAt, r.DecideBy, null) { TakenBackAt = r.DecidedAt }
                : new AskedFact(r.PartnerId, AskedKind.Request, r.RequestedAt, r.DecideBy, r.DecidedAt)),
        ];
    }
}
