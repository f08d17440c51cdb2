using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>The mails of this module: each says one thing and leads to one place.</summary>
internal sealed class DealMail(Work work, Post post, Links links)
{
    /// <summary>To the partner manager: a registration waits.</summary>
    public async Task ReviewNeededAsync(Deal deal, PartnerRow partner, CancellationToken ct)
    {
        if (partner.ManagerId is not { } manager || await AddressAsync(manager, ct) is not { } to) return;
        post.Send(to, Line($"Decide: {deal.Title}"), $"""
            {partner.Name} has registered {deal.Title}.
            {deal.StateReason}

            Please decide by {Rules.Phrases.Day(deal.DecideBy is { } by ? DateOnly.FromDateTime(by) : null)}:

            {links.To($"/app/deals/{deal.Id}")}
            """);
    }

    /// <summary>To the person who registered: what was decided and why.</summary>
    public async Task DecidedAsync(Deal deal, CancellationToken ct)
    {
        if (await AddressAsync(deal.RegisteredBy, ct) is not { } to) return;
        post.Send(to, Line($"{DealLifecycle.Label(deal.State)}: {deal.Title}"), $"""
            {deal.StateReason}

            See your registration:

            {links.To($"/portal/deals/{deal.Id}")}
            """);
    }

    /// <summary>To the person who registered: something is asked.</summary>
    public async Task AskedAsync(Deal deal, CancellationToken ct)
    {
        if (await AddressAsync(deal.RegisteredBy, ct) is not { } to) return;
        post.Send(to, Line($"A question about {deal.Title}"), $"""
            {work.Actor.Name} asks:

            {deal.StateReason}

            Answer here; your place in the queue is kept:

            {links.To($"/portal/deals/{deal.Id}")}
            """);
    }

    /// <summary>To the people of the invited partner who may accept.</summary>
    public async Task InvitedAsync(Deal deal, DealMember member, CancellationToken ct)
    {
        var people = await (
            from m in work.Db.Set<MembershipRow>().IgnoreQueryFilters([Db.PartnerFilter])
            join p in work.Db.Set<PersonRow>() on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
            where m.PartnerId == member.PartnerId && p.State == PersonState.Active && (m.Roles.Contains(Roles.PartnerAdmin) || m.Roles.Contains(Roles.PartnerSales))
            orderby m.PersonId
            select p.Email).Take(5).ToListAsync(ct);
        foreach (var to in people)
        {
            post.Send(to, Line($"You are invited to a deal: {deal.CustomerName}"), $"""
                {work.Actor.Name} invites your company to a deal with {deal.CustomerName}, with the role {Words.Label(member.Role).ToLowerInvariant()} and {member.ShareBasisPoints / 100m:0.##} % of the credit.

                Accept or decline:

                {links.To($"/portal/deals/{deal.Id}")}
                """);
        }
    }

    private Task<string?> AddressAsync(PersonId person, CancellationToken ct) => work.Db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter])
        .Where(p => p.Id == person && p.State == PersonState.Active).Select(p => p.Email).SingleOrDefaultAsync(ct);

    private static string Line(string subject) => subject.ReplaceLineEndings(" ");
}
