using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Notifications.Published;

/// <summary>One piece of news.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Title">One line; line breaks become blanks.</param>
/// <param name="Text">What a reader must know, in plain text.</param>
/// <param name="Href">The path of the one thing it is about.</param>
/// <param name="Once">A key under which each person is told once only, however often this is said; null to tell every time.</param>
/// <param name="Ask">What the reader is asked to do there, as a line before the link of the mail.</param>
public sealed record News(NotificationKind Kind, string Title, string Text, string Href, string Ask = "Open it:", string? Once = null);

/// <summary>Tells people, inside the open transaction, by the channels that each has chosen.</summary>
public sealed class Notify(Work work, Post post, Links links, IServiceProvider services)
{
    private readonly SignedLinks _signed = services.GetRequiredService<SignedLinks>();

    /// <summary>Tells one person.</summary>
    public Task TellAsync(PersonId person, News news, CancellationToken ct) => TellAsync([person], news, ct);

    /// <summary>Tells several people; who may not sign in any more is told nothing.</summary>
    public async Task TellAsync(IReadOnlyCollection<PersonId> people, News news, CancellationToken ct)
    {
        if (people.Count == 0) return;
        var code = news.Kind.Code;
        var readers = await (
            from p in work.Db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter])
            join c in work.Db.Set<Preference>().AsNoTracking().Where(c => c.Kind == code) on new { p.TenantId, PersonId = p.Id } equals new { c.TenantId, c.PersonId } into chosen
            from own in chosen.DefaultIfEmpty()
            where people.Contains(p.Id) && p.State == PersonState.Active
            orderby p.Id
            select new { p.Id, p.Email, p.Roles, Own = own }).ToListAsync(ct);
        var told = news.Once is not { } once ? [] : await work.Db.Set<Notification>().Where(n => people.Contains(n.PersonId) && n.Once == once).Select(n => n.PersonId).ToListAsync(ct);
        foreach (var reader in readers.Where(r => !told.Contains(r.Id)))
        {
            var own = reader.Own ?? Preference.Default(work.Tenant, reader.Id, news.Kind, reader.Roles.Length == 0);
            if (!own.InApp && own.Mail == ByMail.Off) continue;
            var row = Notification.Of(work, reader.Id, news, own);
            work.Db.Add(row);
            if (own.Mail == ByMail.AtOnce) Mail(reader.Email, row, news);
        }
    }

    private void Mail(string to, Notification row, News news)
    {
        var stop = links.To($"/unsubscribe?key={_signed.Stop(work.Tenant, row.PersonId, news.Kind.Code)}");
        post.Send(to, row.Title, $"""
            {news.Text}

            {news.Ask}

            {links.To($"/notice?key={_signed.Open(work.Tenant, row.Id, row.PersonId)}&to={SignedLinks.Path(row.Href)}")}

            You get this because you chose mails about “{news.Kind.Label}”. No more of these:

            {stop}
            """, stop);
    }
}
