using Trellis.Deals.Published;
using Trellis.Insights.Published;
using Trellis.Kernel;

namespace Trellis.Insights.Hears;

/// <summary>A partner that joins a deal team leaves a touch, of a kind that follows from its role.</summary>
internal sealed class NoteMember(Work work, RecreditDeal recredit) : IHear<DealMemberJoined>
{
    public async Task HearAsync(DealMemberJoined happened, CancellationToken ct)
    {
        work.Db.Add(new Touch
        {
            TenantId = work.Tenant,
            Id = Ids.New<TouchId>(happened.At),
            DealId = happened.Deal,
            PartnerId = happened.Partner,
            Kind = KindOf(happened.Role),
            At = happened.At,
            Evidence = $"Joined the deal team as {Words.Label(happened.Role).ToLowerInvariant()}, agreed share {happened.ShareBasisPoints / 100m:0.##} %",
            PersonName = "Deal team",
            Source = TouchSource.System,
        });
        await recredit.RunAsync(happened.Deal, ct);
    }

    public static TouchKind KindOf(DealRole role) => role switch
    {
        DealRole.Influence => TouchKind.Advice,
        DealRole.Deliver or DealRole.Integrate => TouchKind.Implementation,
        DealRole.Retain => TouchKind.Support,
        _ => TouchKind.Meeting,
    };
}
