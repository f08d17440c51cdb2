using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

/// <summary>The mails of coalitions.</summary>
internal sealed class CoalitionMail(Work work, Post post, Links links)
{
    /// <summary>To the person who registered: the vendor would like to invite a partner.</summary>
    public async Task ProposedAsync(Deal deal, CoalitionAgreement agreement, string partner, CancellationToken ct)
    {
        if (await AddressAsync(deal, ct) is not { } to) return;
        post.Send(to, Line($"Your consent: {partner} on {deal.Title}"), $"""
            {work.Actor.Name} would like to invite {partner} to your deal, with the role {Words.Label(agreement.Role).ToLowerInvariant()} and {agreement.ShareBasisPoints / 100m:0.##} % of the credit.

            {partner} hears of it only when you consent:

            {links.To($"/portal/deals/{deal.Id}#team")}
            """);
    }

    /// <summary>To who answers: the person who registered.</summary>
    public async Task CounteredAsync(Deal deal, CoalitionAgreement agreement, CancellationToken ct)
    {
        if (await AddressAsync(deal, ct) is not { } to) return;
        post.Send(to, Line($"Other terms are wanted: {deal.Title}"), $"""
            {work.Actor.PartnerName} would like {agreement.CounterShare / 100m:0.##} % of the credit for {agreement.CounterWork / 100m:0.##} % of the work.
            {agreement.CounterNote}

            Agree, insist, or take the invitation back:

            {links.To($"/portal/deals/{deal.Id}#team")}
            """);
    }

    private Task<string?> AddressAsync(Deal deal, CancellationToken ct) => People.Reading(work.Db, deal.RegisteredBy, deal.Holders).Select(p => p.Email).SingleOrDefaultAsync(ct);

    private static string Line(string subject) => subject.ReplaceLineEndings(" ");
}
