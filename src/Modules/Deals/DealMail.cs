using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>Who is told what the rules decide: the person who registered, and the partner manager if there is one.</summary>
internal sealed record DealReaders(Reader Registrar, Reader? Manager);

/// <summary>What people are told about a deal: each piece of news says one thing and leads to one place.</summary>
internal sealed class DealMail(Work work, Notify notify)
{
    /// <summary>Looks up along with other things how those are told whom a decision concerns.</summary>
    public static DealReaders Ask(Asks asks, Deal deal, PartnerRow partner) =>
        new(Notify.Ask(asks, deal.Holders, deal.RegisteredBy, DealNews.Decided), partner.ManagerId is { } manager ? Notify.Ask(asks, manager, DealNews.Review) : null);

    /// <summary>What follows from the rules' decision, to those who were looked up; to another role than the partner manager where the rules name one.</summary>
    public async Task RuledAsync(Deal deal, PartnerRow partner, DealReaders readers, CancellationToken ct)
    {
        if (deal.State is DealState.Approved or DealState.Rejected) notify.Tell(readers.Registrar, Decided(deal, await ReasonAsync(deal, ct)));
        else if (deal.Reviewer is { } role and not Roles.PartnerManager) await notify.TellAsync(await Reviewers.OfAsync(work, deal.PartnerId, role, ct), ReviewNeeded(deal, partner), ct);
        else if (readers.Manager is { } manager) notify.Tell(manager, ReviewNeeded(deal, partner));
    }

    /// <summary>To the role that decides: a registration waits.</summary>
    public async Task ReviewNeededAsync(Deal deal, PartnerRow partner, CancellationToken ct) =>
        await notify.TellAsync(await Reviewers.OfAsync(work, deal.PartnerId, deal.Reviewer ?? Roles.PartnerManager, ct), ReviewNeeded(deal, partner), ct);

    /// <summary>To the person who registered: what was decided and why.</summary>
    public async Task DecidedAsync(Deal deal, CancellationToken ct) => await notify.TellAsync(deal.Holders, deal.RegisteredBy, Decided(deal, await ReasonAsync(deal, ct)), ct);

    private static News ReviewNeeded(Deal deal, PartnerRow partner) => new(DealNews.Review, $"Decide: {deal.Title}", $"""
        {partner.Name} has registered {deal.Title}.
        {deal.StateReason}

        Please decide by {Rules.Phrases.Day(deal.DecideBy is { } by ? DateOnly.FromDateTime(by) : null)}.
        """, $"/app/deals/{deal.Id}", "Decide here:");

    // Asked only where an amount may stand in the words.
    private async Task<string?> ReasonAsync(Deal deal, CancellationToken ct) =>
        deal.ReasonFor(false) == deal.StateReason || await Workspace.DealPeople.ReadsAmountsAsync(work, deal, deal.RegisteredBy, ct) ? deal.StateReason : null;

    private static News Decided(Deal deal, string? reason) =>
        new(DealNews.Decided, $"{DealLifecycle.Label(deal.State)}: {deal.Title}", reason ?? "", $"/portal/deals/{deal.Id}", "See your registration:");

    /// <summary>To the person who registered: something is asked.</summary>
    public Task AskedAsync(Deal deal, CancellationToken ct) => notify.TellAsync(deal.Holders, deal.RegisteredBy, new News(DealNews.Asked, $"A question about {deal.Title}", $"""
        {work.Actor.Name} asks:

        {deal.StateReason}
        """, $"/portal/deals/{deal.Id}", "Answer here; your place in the queue is kept:"), ct);

    /// <summary>To the person who registered and the partner manager: the protection ends soon.</summary>
    public async Task ExpiringAsync(Deal deal, PersonId? manager, int days, CancellationToken ct)
    {
        var once = $"{deal.Id} {deal.ExpiresOn:yyyy-MM-dd} {days}";
        var when = days switch { 0 => "today", 1 => "tomorrow", _ => $"in {days} days, on {Rules.Phrases.Day(deal.ExpiresOn)}" };
        var text = $"The protection ends {when}; afterwards the customer is free for others. Until then, win it, move it on, or ask for an extension.";
        await notify.TellAsync(deal.Holders, deal.RegisteredBy, new News(DealNews.Expiring, $"Ends soon: {deal.Title}", text, $"/portal/deals/{deal.Id}", Once: once), ct);
        if (manager is { } person) await notify.TellAsync(person, new News(DealNews.Expiring, $"Ends soon: {deal.Title}", text, $"/app/deals/{deal.Id}", Once: once), ct);
    }

    /// <summary>To the people of the invited partner who may accept.</summary>
    public async Task InvitedAsync(Deal deal, DealMember member, CancellationToken ct)
    {
        var people = await People.OfPartner(work.Db, member.PartnerId, Roles.PartnerAdmin, Roles.PartnerSales).OrderBy(p => p.Id).Select(p => p.Id).Take(5).ToListAsync(ct);
        await notify.TellAsync(member.PartnerId, people, new News(DealNews.Invited, $"You are invited to a deal: {deal.CustomerName}",
            $"{Workspace.NamedToReaders.NameTo(work.Actor, member.PartnerId)} invites your company to a deal with {deal.CustomerName}, with the role {Words.Label(member.Role).ToLowerInvariant()} and {member.ShareBasisPoints / 100m:0.##} % of the credit.\n{Workspace.SightWords.Promise(member.Sight.Parts)}",
            $"/portal/deals/{deal.Id}", "Accept or decline:"), ct);
    }
}
