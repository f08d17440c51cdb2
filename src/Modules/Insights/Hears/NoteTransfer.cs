using Trellis.Deals.Published;
using Trellis.Insights.Published;
using Trellis.Kernel;

namespace Trellis.Insights.Hears;

/// <summary>A partner that takes a deal over is in it from that day: its first touch is of that date, and the touches of the one that had it stay as they are.</summary>
internal sealed class NoteTransfer(Work work, RecreditDeal recredit) : IHear<DealTransferred>
{
    public async Task HearAsync(DealTransferred happened, CancellationToken ct)
    {
        work.Db.Add(new Touch
        {
            TenantId = work.Tenant,
            Id = Ids.New<TouchId>(happened.At),
            DealId = happened.Deal,
            PartnerId = happened.To,
            Kind = TouchKind.Registration,
            At = happened.At,
            Evidence = "Took the registration over from another partner",
            PersonName = happened.Person,
            Source = TouchSource.System,
        });
        await recredit.RunAsync(happened.Deal, ct);
    }
}
