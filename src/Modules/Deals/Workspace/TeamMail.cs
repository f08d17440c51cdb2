using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Workspace;

/// <summary>
/// What the sides of a deal are told of each other: messages, who joins and leaves, how it ended. A side is told what it reads on the deal's page, and of people of another partner only the company;
/// nobody is told what they did themselves.
/// </summary>
internal sealed class TeamMail(Work work, Notify notify)
{
    /// <summary>A message to every side that may read it; an internal note to the vendor's people who take part.</summary>
    public async Task SaidAsync(Deal deal, DealComment comment, CancellationToken ct)
    {
        var people = await DealPeople.OfAsync(work, deal, ct);
        var note = comment.Audience == CommentAudience.Internal;
        await VendorAsync(people, DealPart.Messages, note
            ? new News(DealNews.Note, $"An internal note on {deal.Title}", $"{comment.AuthorName} writes, for us only:\n\n{comment.Body}", Staff(deal), "Read it and answer:")
            : new News(DealNews.Message, $"A message on {deal.Title}", $"{Named()} writes to all on this deal:\n\n{comment.Body}", Staff(deal), "Read it and answer:"), ct);
        if (note) return;
        var names = await NamesAsync(people, ct);
        foreach (var partner in people.Holders.Concat(people.Members(DealPart.Messages)).Distinct())
            await PartnerAsync(people, partner, new News(DealNews.Message, $"A message on {deal.Title}", $"{Author(comment, partner, names)} writes to all on this deal:\n\n{comment.Body}", Portal(deal), "Read it and answer:"), ct, DealPart.Messages);
    }

    /// <summary>An invitation was answered: to holder and vendor, and a new partner to the others on the team.</summary>
    public async Task AnsweredAsync(Deal deal, DealMember member, CancellationToken ct)
    {
        var (people, joined) = (await DealPeople.OfAsync(work, deal, ct), member.State == MemberState.Accepted);
        var name = (await NamesAsync(people, ct, member.PartnerId)).GetValueOrDefault(member.PartnerId, "");
        var (title, text) = joined
            ? ($"{name} joins the team of {deal.Title}", $"{name} has accepted: with the role {Words.Label(member.Role).ToLowerInvariant()} it works on this deal from now on.")
            : ($"{name} does not join the team of {deal.Title}", $"{name} has declined the invitation. Its share is free again.");
        // A joint registration is a draft until it is accepted: the vendor hears of it by the registration itself.
        if (!member.Joint) await VendorAsync(people, null, new News(DealNews.Team, title, text, Staff(deal) + "#team"), ct);
        var told = joined ? people.Holders.Concat(people.Members()).Append(member.PartnerId) : people.Holders;
        foreach (var partner in told.Distinct()) await PartnerAsync(people, partner, new News(DealNews.Team, title, text, Portal(deal) + "#team"), ct);
    }

    /// <summary>The holder has consented to a partner that the vendor proposed, or has not: to the vendor.</summary>
    public async Task ConsentedAsync(Deal deal, PartnerId partner, bool consent, string? reason, CancellationToken ct)
    {
        var people = await DealPeople.OfAsync(work, deal, ct);
        var names = await NamesAsync(people, ct, partner);
        var (name, holder) = (names.GetValueOrDefault(partner, ""), names.GetValueOrDefault(deal.PartnerId, ""));
        var text = consent ? $"{holder} has consented to {name}, which is invited now." : $"{holder} has not consented to {name}.";
        await VendorAsync(people, DealPart.Agreements, new News(DealNews.Team, consent ? $"Consent to {name} on {deal.Title}" : $"No consent to {name} on {deal.Title}", reason is null ? text : $"{text}\n{reason}", Staff(deal) + "#team"), ct);
    }

    /// <summary>
    /// A partner goes, or its invitation is taken back; called before its place is ended. The reason is for those who read the agreement; the others on the team are told that it has left, and of an
    /// invitation nothing.
    /// </summary>
    public async Task LeftAsync(Deal deal, DealMember member, string? reason, CancellationToken ct)
    {
        var people = await DealPeople.OfAsync(work, deal, ct);
        var name = (await NamesAsync(people, ct, member.PartnerId)).GetValueOrDefault(member.PartnerId, "");
        var (left, itself) = (member.State == MemberState.Accepted, work.Actor.Partner == member.PartnerId);
        var title = left ? $"{name} has left the team of {deal.Title}" : $"{name} does not join the team of {deal.Title}";
        var text = left ? $"{name} is not on this deal any more. Its share falls back to the partner that registered it." : itself ? $"{name} has declined the invitation. Its share is free again." : $"The invitation of {name} was taken back.";
        var why = reason is null ? text : $"{text}\n{reason}";
        var readers = await people.OfVendorAsync(DealPart.Agreements, ct);
        await notify.TellAsync(readers, new News(DealNews.Team, title, why, Staff(deal) + "#team"), ct);
        // A place that was only proposed stands on the page of those who read the agreement, and on nobody else's.
        var proposed = member.State == MemberState.Proposed;
        if (!proposed) await notify.TellAsync([.. (await people.OfVendorAsync(null, ct)).Except(readers)], new News(DealNews.Team, title, text, Staff(deal) + "#team"), ct);
        foreach (var partner in proposed ? [deal.PartnerId] : people.Holders)
            await PartnerAsync(people, partner, new News(DealNews.Team, title, partner == deal.PartnerId ? why : text, Portal(deal) + "#team"), ct);
        foreach (var partner in left ? people.Members().Except(people.Holders).Where(p => p != member.PartnerId) : []) await PartnerAsync(people, partner, new News(DealNews.Team, title, text, Portal(deal) + "#team"), ct);
        if (member.State != MemberState.Proposed && !itself)
            await PartnerAsync(people, member.PartnerId, new News(DealNews.Team, left ? $"You are not on the team of {deal.Title} any more" : $"The invitation to {deal.Title} was taken back", reason is null ? "Nothing more is asked of you." : $"The reason: {reason}", "/portal/deals"), ct);
    }

    /// <summary>Won: to the holder and to every partner on the team, each with its own share.</summary>
    public async Task WonAsync(Deal deal, CancellationToken ct)
    {
        var people = await DealPeople.OfAsync(work, deal, ct);
        var title = $"Won: {deal.Title}";
        foreach (var partner in people.Holders) await PartnerAsync(people, partner, new News(DealNews.Closed, title, "The deal is won. Credit and earnings follow from it.", Portal(deal)), ct);
        foreach (var member in people.Team.Where(m => m.State == MemberState.Accepted))
            await PartnerAsync(people, member.PartnerId, new News(DealNews.Closed, title, $"The deal is won. {member.ShareBasisPoints / 100m:0.##} % of the credit are yours.", Portal(deal)), ct);
    }

    /// <summary>Ended without a win: to every partner on the team, and to the holder where it is the vendor that says so.</summary>
    public async Task EndedAsync(Deal deal, CancellationToken ct)
    {
        var people = await DealPeople.OfAsync(work, deal, ct);
        var title = deal.State switch
        {
            DealState.Lost => $"Lost: {deal.Title}",
            DealState.Withdrawn => $"Withdrawn: {deal.Title}",
            DealState.Expired => $"Expired: {deal.Title}",
            _ => $"Revoked: {deal.Title}",
        };
        if (deal.State == DealState.Lost)
            foreach (var partner in people.Holders) await LostAsync(deal, partner, await people.OfAsync(partner, ct), title, ct);
        foreach (var partner in people.Members()) await PartnerAsync(people, partner, new News(DealNews.Closed, title, "The deal is over, and your agreement with it. You still read what you could read.", Portal(deal)), ct);
    }

    // Whose roles leave amounts out is told without words in which one may stand.
    private async Task LostAsync(Deal deal, PartnerId partner, List<PersonId> people, string title, CancellationToken ct)
    {
        var readers = deal.ReasonFor(false) == deal.StateReason ? people : await DealPeople.ReadingAsync(work, partner, people, DealPart.Figures, ct);
        await notify.TellAsync(partner, readers, new News(DealNews.Closed, title, deal.StateReason ?? "", Portal(deal)), ct);
        await notify.TellAsync(partner, [.. people.Except(readers)], new News(DealNews.Closed, title, "", Portal(deal)), ct);
    }

    private static string Staff(Deal deal) => $"/app/deals/{deal.Id}";

    private static string Portal(Deal deal) => $"/portal/deals/{deal.Id}";

    private string Named() => work.Actor.IsPartner ? $"{work.Actor.Name} ({work.Actor.PartnerName})" : work.Actor.Name;

    private static string Author(DealComment comment, PartnerId reader, Dictionary<PartnerId, string> names) =>
        comment.AuthorPartner is { } partner && partner != reader ? names.GetValueOrDefault(partner, "Another partner") : comment.AuthorName;

    private Task<Dictionary<PartnerId, string>> NamesAsync(DealPeople people, CancellationToken ct, params PartnerId[] besides) =>
        DealList.PartnerNamesAsync(work, [.. people.Holders.Concat(people.Team.Select(m => m.PartnerId)).Concat(besides).Distinct()], ct);

    private async Task VendorAsync(DealPeople people, DealPart? part, News news, CancellationToken ct) => await notify.TellAsync(await people.OfVendorAsync(part, ct), news, ct);

    private async Task PartnerAsync(DealPeople people, PartnerId partner, News news, CancellationToken ct, DealPart? part = null) => await notify.TellAsync(partner, await people.OfAsync(partner, ct, part), news, ct);
}
