using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Coalitions;

/// <summary>What the partner that holds a deal is asked about its team.</summary>
internal sealed class CoalitionMail(Work work, Notify notify)
{
    private const int Most = 5;

    public static readonly NotificationKind Consent = new("deals.consent_asked", "Deals", "The vendor wants to invite a partner to my deal", null, ByMail.AtOnce);
    public static readonly NotificationKind Terms = new("deals.terms_wanted", "Deals", "A partner wants other terms on my deal", null, ByMail.AtOnce);

    /// <summary>The vendor would like to invite a partner.</summary>
    public Task ProposedAsync(Deal deal, CoalitionAgreement agreement, string partner, CancellationToken ct) => TellAsync(deal, new News(Consent, $"Your consent: {partner} on {deal.Title}", $"""
        {work.Actor.Name} would like to invite {partner} to your deal, with the role {Words.Label(agreement.Role).ToLowerInvariant()} and {agreement.ShareBasisPoints / 100m:0.##} % of the credit.
        """, Path(deal), $"{partner} hears of it only when you consent:"), ct);

    /// <summary>An invited partner neither accepts nor declines.</summary>
    public Task CounteredAsync(Deal deal, CoalitionAgreement agreement, CancellationToken ct) => TellAsync(deal, new News(Terms, $"Other terms are wanted: {deal.Title}", $"""
        {work.Actor.PartnerName} would like {agreement.CounterShare / 100m:0.##} % of the credit for {agreement.CounterWork / 100m:0.##} % of the work.
        {agreement.CounterNote}
        """, Path(deal), "Agree, insist, or take the invitation back:"), ct);

    // The person who registered; where that one has left, those who may answer.
    private async Task TellAsync(Deal deal, News news, CancellationToken ct)
    {
        var people = await People.Reading(work.Db, deal.RegisteredBy, deal.Holders).Select(p => p.Id).ToListAsync(ct);
        if (people.Count == 0) people = await People.OfPartner(work.Db, deal.PartnerId, Roles.PartnerAdmin, Roles.PartnerSales).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct);
        await notify.TellAsync(deal.Holders, people, news, ct);
    }

    private static string Path(Deal deal) => $"/portal/deals/{deal.Id}#team";
}
