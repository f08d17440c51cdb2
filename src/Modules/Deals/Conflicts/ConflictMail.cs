using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Conflicts;

/// <summary>The kinds of news about conflicts.</summary>
internal static class ConflictNews
{
    private const string Group = "Deals";

    public static readonly NotificationKind Claimed = new("deals.conflict_claimed", Group, "Somebody disputes what I hold", null, ByMail.AtOnce);
    public static readonly NotificationKind Settled = new("deals.conflict_settled", Group, "A conflict of mine is decided", null, ByMail.AtOnce);

    public static readonly NotificationKind Late = new("deals.conflict_late", Group, "The decision on a conflict of mine is late", null, ByMail.AtOnce);

    public static readonly NotificationKind[] All = [Claimed, Settled, Late];
}

/// <summary>The mails about conflicts. A partner's mail names its own deal and nobody else's.</summary>
internal sealed class ConflictMail(Work work, Post post, Links links, Notify notify)
{
    /// <summary>Who hears of a dispute first: the partner's own manager.</summary>
    public const string HearsFirst = Roles.PartnerManager;

    private const int Most = 10;

    /// <summary>Disputed or appealed: to the managers of the partners in it, and to the partners themselves, apart from the one that disputes.</summary>
    public async Task DisputedAsync(Conflict conflict, CancellationToken ct)
    {
        PartnerId[] partners = conflict.OtherPartnerId is { } other ? [conflict.PartnerId, other] : [conflict.PartnerId];
        var managers = await (
            from p in work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter])
            join m in work.Db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter]) on new { p.TenantId, Id = p.ManagerId } equals new { m.TenantId, Id = (PersonId?)m.Id }
            where partners.Contains(p.Id) && m.State == PersonState.Active
            orderby m.Email
            select m.Email).Distinct().Take(Most).ToListAsync(ct);
        foreach (var to in managers)
            Send(to, $"{(conflict.AppealedAt is null ? "Disputed" : "Appealed")}: {conflict.CustomerName}", $"{work.Actor.Name} disputes: {ConflictWords.Kind(conflict.Kind).ToLowerInvariant()} at {conflict.CustomerName}.", "/app/conflicts/" + conflict.Id);
        foreach (var side in await SidesAsync(conflict, ct))
        {
            if (side.Partner == work.Actor.Partner) continue;
            await notify.TellAsync(side.Holders, side.People, new News(ConflictNews.Claimed, conflict.AppealedAt is null ? $"Disputed: {side.Title}" : $"Appealed: {side.Title}",
                $"{ConflictWords.ToldToPartner(conflict.Kind)} A person looks at both sides and decides. Until then everything stays as it is. Tell us your side: who asked whom, when, and what has been agreed.",
                $"/portal/conflicts/{conflict.Id}#said", "State your side:"), ct);
        }
    }

    /// <summary>To both partners: what was decided on their own deal.</summary>
    public async Task SettledAsync(Conflict conflict, CancellationToken ct)
    {
        foreach (var side in await SidesAsync(conflict, ct))
        {
            await notify.TellAsync(side.Holders, side.People, new News(ConflictNews.Settled, $"Decided: {side.Title}",
                $"{ConflictWords.OutcomeFor(conflict, side.Partner)}.\n{conflict.ReasonFor(side.Partner)}\n\nIf you do not agree, you can appeal once; somebody else decides then.", $"/portal/conflicts/{conflict.Id}"), ct);
        }
    }

    /// <summary>To those to whom it has gone up, and to the partners that wait: that we are late, and with whom it is. A mere suspicion is told to no partner.</summary>
    public async Task EscalatedAsync(Conflict conflict, CancellationToken ct)
    {
        HashSet<string> people = [];
        foreach (var role in ConflictClock.Upwards[conflict.Level - 1].Roles) people.UnionWith(await WithRoleAsync(role, ct));
        var suspicion = conflict.State == ConflictState.Suspected;
        var since = Rules.Phrases.Day(DateOnly.FromDateTime(suspicion ? conflict.OpenedAt : conflict.DisputedAt ?? conflict.OpenedAt));
        var (kind, now) = (ConflictWords.Kind(conflict.Kind).ToLowerInvariant(), ConflictClock.Label(conflict.Level).ToLowerInvariant());
        var text = suspicion
            ? $"A conflict at {conflict.CustomerName} ({kind}) has been suspected since {since}, and nobody has looked at it. It is {now} now."
            : $"A conflict at {conflict.CustomerName} ({kind}) has been disputed since {since} and is not decided. It is {now} now.";
        foreach (var to in people)
            Send(to, $"Waits too long: {conflict.CustomerName}", text, "/app/conflicts/" + conflict.Id);
        if (suspicion || !conflict.Shown) return;
        foreach (var side in await SidesAsync(conflict, ct))
            await notify.TellAsync(side.Holders, side.People, new News(ConflictNews.Late, $"We are late: {side.Title}",
                $"The conflict over {side.Title} has been disputed since {since} and is not decided in the promised time. It is {now} now. Nothing is asked of you.", $"/portal/conflicts/{conflict.Id}", "See where it stands:"), ct);
    }

    private Task<List<string>> WithRoleAsync(string role, CancellationToken ct) =>
        People.WithRole(work.Db, role).OrderBy(p => p.Email).Select(p => p.Email).Take(Most).ToListAsync(ct);

    // Each partner in it with the title of its own deal, and whom to tell: who registered it, or where that person has left, who sells and answers for it there.
    private async Task<List<Side>> SidesAsync(Conflict conflict, CancellationToken ct)
    {
        List<Side> sides = [];
        foreach (var (partner, id) in new (PartnerId?, DealId?)[] { (conflict.PartnerId, conflict.DealId), (conflict.OtherPartnerId, conflict.OtherDealId) }.DistinctBy(s => s.Item1))
        {
            if (partner is not { } side || id is not { } own) continue;
            var deal = await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(d => d.Id == own).Select(d => new { d.Title, d.DistributorId, d.RegisteredBy }).SingleOrDefaultAsync(ct);
            if (deal is null) continue;
            var holders = new Holders(side, deal.DistributorId);
            List<PersonId> people = await People.Reading(work.Db, deal.RegisteredBy, holders).Select(p => p.Id).ToListAsync(ct);
            if (people.Count == 0) people = await People.OfPartner(work.Db, side, Roles.PartnerAdmin, Roles.PartnerSales).OrderBy(p => p.Id).Select(p => p.Id).Take(5).ToListAsync(ct);
            sides.Add(new Side(side, holders, deal.Title, people));
        }

        return sides;
    }

    private sealed record Side(PartnerId Partner, Holders Holders, string Title, IReadOnlyCollection<PersonId> People);

    private void Send(string to, string subject, string text, string path) => post.Send(to, subject.ReplaceLineEndings(" "), $"{text}\n\n{links.To(path)}\n");
}
