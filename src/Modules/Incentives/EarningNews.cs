using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Incentives;

/// <summary>What people are told about their earnings.</summary>
internal sealed class EarningNews(Work work, Notify notify)
{
    private const int MostReaders = 20;

    public static readonly NotificationKind Payable = new("incentives.payable", "Earnings", "Earnings of my company become payable", null, ByMail.Digest);

    /// <summary>To the admins and finance people of each partner: so much has become payable.</summary>
    public async Task PayableAsync(IReadOnlyList<Earning> released, CancellationToken ct)
    {
        foreach (var own in released.GroupBy(e => e.PartnerId))
        {
            var readers = await People.OfPartner(work.Db, own.Key, Roles.PartnerAdmin, Roles.PartnerFinance).OrderBy(p => p.Id).Select(p => p.Id).Take(MostReaders).ToListAsync(ct);
            var told = await DealSights.AmountReadersAsync(work, own.Key, readers, ct);
            var sums = string.Join(" and ", own.GroupBy(e => e.Currency).Select(g => new Money(g.Sum(e => e.Amount), g.Key).ToString()));
            var lines = string.Join('\n', own.Take(10).Select(e => $"{e.DealTitle}: {new Money(e.Amount, e.Currency)}"));
            await notify.TellAsync(own.Key, told, new News(Payable, $"Payable now: {sums}", $"The hold has ended, so this is in the next payout.\n\n{lines}", "/portal/earnings", "See your earnings:"), ct);
        }
    }
}
