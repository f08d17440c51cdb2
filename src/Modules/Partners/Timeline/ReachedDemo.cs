using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Partners.Timeline;

/// <summary>Mails that the demo's partners were sent in the last weeks.</summary>
internal static class ReachedDemo
{
    private static readonly string[] Subjects =
    [
        "Approved: your registration", "Your tier is confirmed for another year", "A question about your registration", "Paula Ferreira wrote to you", "Your payout is on its way", "A lead for you: please answer within two days",
        "Today: 3 things are new for you", "The rules of engagement change on the first of next month",
    ];

    public static async Task LoadAsync(Demo demo, CancellationToken ct)
    {
        var chance = demo.Chance("partners.reached");
        var people = await (from m in demo.Db.Set<MembershipRow>().IgnoreQueryFilters([Db.PartnerFilter])
                            join p in demo.Db.Set<PersonRow>() on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
                            where m.TenantId == demo.Tenant
                            orderby p.Email, m.PartnerId
                            select new { p.Name, p.Email, m.PartnerId }).Take(60).ToListAsync(ct);
        await demo.InsertAsync([.. from person in people
                                   from n in Enumerable.Range(0, chance.Next(2, 7))
                                   let at = demo.Now.AddDays(-chance.Next(1, 80)).AddMinutes(-chance.Next(600))
                                   select new MailRow
                                   {
                                       TenantId = demo.Tenant, Id = demo.NewId<MailId>(at), To = person.Email, Subject = Subjects[chance.Next(Subjects.Length)], Body = $"Hello {person.Name},\n\nthis mail belongs to the demo.", State = MailState.Sent,
                                       Attempts = 1, NextAttemptAt = at, SentAt = at, CreatedAt = at, PartnerId = person.PartnerId,
                                   }], ct);
    }
}
