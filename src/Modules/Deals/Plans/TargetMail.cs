using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Plans;

/// <summary>The kinds of news about target lists.</summary>
internal static class TargetNews
{
    public static readonly NotificationKind Shared = new("deals.targets_shared", "Deals", "A target list is shared with us", null, ByMail.AtOnce);
    public static readonly NotificationKind Turn = new("deals.target_turn", "Deals", "It is our turn with a company of a target list", ByMail.Digest, ByMail.Digest);

    public static readonly NotificationKind[] All = [Shared, Turn];
}

/// <summary>What is said about target lists.</summary>
internal sealed class TargetMail(Work work, Notify notify)
{
    /// <summary>To the partner's people: a list begins.</summary>
    public async Task SharedAsync(TargetList list, CancellationToken ct) => await notify.TellAsync(list.PartnerId, await PeopleAsync(list.PartnerId, ct),
        new News(TargetNews.Shared, $"A target list with you: {list.Name}", $"{work.Actor.Name} shares a list of companies with you that we would like to win together. You can write down where you stand, and propose companies.", $"/portal/target-lists/{list.Id}", "Look at it:"), ct);

    /// <summary>To the side whose turn it has become.</summary>
    public async Task YourTurnAsync(TargetList list, Target target, CancellationToken ct)
    {
        if (target.NextSide == DealSide.Partner == work.Actor.IsPartner) return;
        var (what, text) = ($"Your turn: {target.Name}", target.NextStep is { } step ? $"The next step on the list {list.Name}: {step}" : $"The next step on the list {list.Name} is yours.");
        if (target.NextSide == DealSide.Partner) await notify.TellAsync(list.PartnerId, await PeopleAsync(list.PartnerId, ct), new News(TargetNews.Turn, what, text, $"/portal/target-lists/{list.Id}"), ct);
        else await notify.TellAsync(await Relations.RelationMail.AnsweringAsync(work, list.PartnerId, ct), new News(TargetNews.Turn, what, text, $"/app/target-lists/{list.Id}"), ct);
    }

    private Task<List<PersonId>> PeopleAsync(PartnerId partner, CancellationToken ct) => People.OfPartner(work.Db, partner, Roles.PartnerAdmin, Roles.PartnerSales)
        .OrderBy(p => p.Id).Select(p => p.Id).Take(5).ToListAsync(ct);
}
