using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Partners.Timeline;

/// <summary>
/// How the partner's people were reached: mails that Trellis has sent them for this partner, and the days on which they were in the portal. Both are remembered for a time only, mails
/// for three months and days for thirteen, and both go with the person. Never shown to a partner.
/// </summary>
internal sealed class ReachedEvents(Work work) : IPartnerEvents
{
    public async Task<IReadOnlyList<PartnerEvent>> OfAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        if (work.Actor.IsPartner || !work.Actor.May(PartnersPermissions.ViewReached)) return [];
        var events = new List<PartnerEvent>();
        // A merge leaves the tables of lower modules as they are: mails and days of a record that was merged are this partner's.
        PartnerId[] partners = [ask.Partner, .. await MergedInto.OfAsync(work, ask.Partner, ct)];
        if (ask.Wants(PartnerEventKind.SentMail)) events.AddRange(await MailsAsync(ask, partners, ct));
        if (ask.Wants(PartnerEventKind.SignIn)) events.AddRange(await DaysAsync(ask, partners, ct));
        return events;
    }

    private async Task<IEnumerable<PartnerEvent>> MailsAsync(PartnerEventsAsk ask, PartnerId[] partners, CancellationToken ct)
    {
        var mails = await (from m in work.Db.Set<MailRow>()
                           join p in work.Db.Set<PersonRow>() on new { m.TenantId, Email = m.To } equals new { p.TenantId, p.Email } into known
                           from p in known.DefaultIfEmpty()
                           where m.PartnerId != null && partners.Contains(m.PartnerId!.Value) && m.CreatedAt <= ask.Until
                           orderby m.CreatedAt descending, m.Id descending
                           select new { m.To, Name = (string?)p.Name, m.Subject, m.State, m.CreatedAt }).AsNoTracking().Take(ask.Most).ToListAsync(ct);
        return mails.Select(m => new PartnerEvent(m.CreatedAt, PartnerEventKind.SentMail, m.Name ?? m.To, m.State switch
        {
            MailState.Sent => "was sent a mail",
            MailState.Failed => "could not be reached by a mail",
            _ => "is being sent a mail",
        }, m.Subject)
        { Tone = m.State == MailState.Failed ? Tone.Warning : Tone.Neutral });
    }

    private async Task<IEnumerable<PartnerEvent>> DaysAsync(PartnerEventsAsk ask, PartnerId[] partners, CancellationToken ct) =>
        (await (from d in work.Db.Set<SignInDayRow>()
                join p in work.Db.Set<PersonRow>() on new { d.TenantId, Id = d.PersonId } equals new { p.TenantId, p.Id }
                where partners.Contains(d.PartnerId) && d.At <= ask.Until
                orderby d.At descending, d.PersonId descending
                select new { d.At, d.PersonId, p.Name }).Take(ask.Most).ToListAsync(ct))
        .Select(d => new PartnerEvent(d.At, PartnerEventKind.SignIn, d.Name, "was in the portal", null, PersonLinks.Href(work, d.PersonId)));
}
