using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Partners.Agreements;

/// <summary>What people are told about agreements.</summary>
internal static class AgreementNews
{
    private const int Most = 5;

    public static readonly NotificationKind Warned = new("partners.agreement_expiring", "Partnership", "An agreement with a partner runs out", ByMail.AtOnce, null);
    public static readonly NotificationKind Ended = new("partners.agreement_ended", "Partnership", "An agreement of ours has been ended", null, ByMail.AtOnce);

    public static readonly NotificationKind Proposed = new("partners.renewal_proposed", "Partnership", "We are asked whether an agreement goes on", null, ByMail.AtOnce);
    public static readonly NotificationKind Answered = new("partners.renewal_answered", "Partnership", "A partner has answered whether an agreement goes on", ByMail.AtOnce, null);

    /// <summary>To the partner's manager, or to those who run the channel: 90, 60 and 30 days ahead.</summary>
    public static async Task WarnAsync(Work work, Notify notify, PartnerAgreement a, string partner, PersonId? manager, int daysLeft, CancellationToken ct)
    {
        var text = a.RenewalMonths == 0 ? $"It ends on {a.ValidUntil:yyyy-MM-dd}. Agree on what comes next, or let it end."
            : a.NoticeUntil >= work.Today ? $"It renews by itself after {a.ValidUntil:yyyy-MM-dd}. Notice can be given until {a.NoticeUntil:yyyy-MM-dd}."
            : $"It renews by itself after {a.ValidUntil:yyyy-MM-dd}. The time for notice is over.";
        await notify.TellAsync(await AnswerableAsync(work.Db, manager, ct), new News(Warned, $"The agreement {a.Number} with {partner} runs out in {daysLeft} days", text, $"/app/partners/{a.PartnerId}/agreements/{a.Id}"), ct);
    }

    public static async Task EndedAsync(Work work, Notify notify, PartnerAgreement a, CancellationToken ct)
    {
        var people = await People.OfPartner(work.Db, a.PartnerId, Roles.PartnerAdmin).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct);
        await notify.TellAsync(a.PartnerId, people, new News(Ended, $"The agreement {a.Number} ends on {a.EndedOn:yyyy-MM-dd}", a.EndReason!, "/portal/company/agreements"), ct);
    }

    public static async Task ProposedAsync(Work work, Notify notify, PartnerAgreement a, Renewal r, CancellationToken ct)
    {
        var people = await People.OfPartner(work.Db, a.PartnerId, Roles.PartnerAdmin).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct);
        await notify.TellAsync(a.PartnerId, people, new News(Proposed, $"Shall the agreement {a.Number} go on?", $"We propose to go on from {r.ValidFrom:yyyy-MM-dd} until {r.ValidUntil:yyyy-MM-dd}.", "/portal/company/agreements", "Answer here:"), ct);
    }

    /// <summary>To whoever answers for the partner, unless it is who wrote the answer down.</summary>
    public static async Task AnsweredAsync(Work work, Notify notify, PartnerAgreement a, Renewal r, CancellationToken ct)
    {
        if (!work.Actor.IsPartner) return;
        var partner = await work.Db.Set<Partner>().AsNoTracking().Where(p => p.Id == a.PartnerId).Select(p => new { p.Name, p.ManagerId }).SingleAsync(ct);
        var (title, text) = r.State == RenewalState.Agreed ? ($"{partner.Name} agrees to renew {a.Number}", "The next agreement is a draft. Have it signed.") : ($"{partner.Name} does not renew {a.Number}", Words.Label(r.Reason ?? default));
        await notify.TellAsync(await AnswerableAsync(work.Db, partner.ManagerId, ct), new News(Answered, title, text, $"/app/partners/{a.PartnerId}/agreements/{a.Id}"), ct);
    }

    private static async Task<List<PersonId>> AnswerableAsync(Db db, PersonId? manager, CancellationToken ct)
    {
        if (manager is { } one && await People.OfVendor(db).AnyAsync(p => p.Id == one, ct)) return [one];
        return await People.WithRole(db, Roles.ChannelOperations, Roles.Administrator).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct);
    }
}
