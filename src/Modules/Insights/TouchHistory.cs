using Microsoft.EntityFrameworkCore;
using Trellis.Insights.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Insights;

/// <summary>What a partner's people did for deals, in its history. Registrations stand there by themselves.</summary>
internal sealed class TouchHistory(Work work) : IPartnerEvents
{
    public async Task<IReadOnlyList<PartnerEvent>> OfAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        if (!ask.Wants(PartnerEventKind.Touch) || !work.Actor.May(InsightsPermissions.View)) return [];
        var rows = await work.Db.Set<Touch>().AsNoTracking().Where(t => t.PartnerId == ask.Partner && t.At <= ask.Until && t.Kind != TouchKind.Registration).OrderByDescending(t => t.At).ThenByDescending(t => t.Id).Take(ask.Most).ToListAsync(ct);
        return [.. rows.Select(t => new PartnerEvent(t.At, PartnerEventKind.Touch, t.PersonName, t.Source == TouchSource.Partner ? $"did for a deal, not confirmed yet: {Words.Label(t.Kind)}" : $"did for a deal: {Words.Label(t.Kind)}", t.Evidence,
            work.Actor.IsPartner ? null : $"/app/deals/{t.DealId}") { Tone = t.Source == TouchSource.Partner ? Tone.Neutral : Tone.Info })];
    }
}
