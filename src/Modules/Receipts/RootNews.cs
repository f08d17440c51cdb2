using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Receipts;

/// <summary>The root of a day by mail: whoever keeps the mail can prove later what stood in the chain, without having visited the page.</summary>
internal static class RootNews
{
    public static readonly NotificationKind Kind = new("receipts.day_root", "Receipts", "The root of each day’s receipts, to keep", null, ByMail.Off) { MailOnly = true };

    public static News Of(DayRoot root, Links links)
    {
        var path = $"/receipts/roots?issuer={root.TenantId}";
        return new News(Kind, $"Root of the receipts of {root.Day:yyyy-MM-dd}",
            $"Receipts sealed on {root.Day:yyyy-MM-dd} (UTC): {root.Last - root.First + 1}, numbers {root.First} to {root.Last}. The root of the day is {root.Root}. Keep this mail: with the number you can tell later whether a receipt of that day was changed, dropped or back-dated. All published roots: {links.To(path)}",
            path, "See the published roots:", $"{Kind.Code}/{root.Day:yyyy-MM-dd}");
    }
}
