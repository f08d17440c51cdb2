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

/// <summary>How one person is told of one kind of news; filled when the look-ups are done.</summary>
public sealed class Reader
{
    private readonly IReadOnlyList<Choice> _found;

    internal Reader(PersonId person, NotificationKind kind, IReadOnlyList<Choice> found) => (Person, Kind, _found) = (person, kind, found);

    /// <summary>Who it is.</summary>
    public PersonId Person { get; }

    /// <summary>The name and the address, or null where there is no such person.</summary>
    public (string Name, string Email)? Known => Found is { } found ? (found.Name, found.Email) : null;

    internal NotificationKind Kind { get; }

    internal Choice? Found => _found.Count == 0 ? null : _found[0];

    internal sealed record Choice(string Name, string Email, bool OfPartner, bool Active, (bool InApp, ByMail Mail)? Own);
}

/// <summary>Tells people, inside the open transaction, by the channels that each has chosen.</summary>
public sealed class Notify(Work work, Post post, Links links, IServiceProvider services)
{
    private readonly SignedLinks _signed = services.GetRequiredService<SignedLinks>();

    /// <summary>Looks up along with other things how one person is told of this kind; for <see cref="Tell"/>, when the look-ups are done.</summary>
    public static Reader Ask(Asks asks, PersonId person, NotificationKind kind) => new(person, kind, asks.For("""
        SELECT p.name, p.email, p.roles, p.state, c.in_app, c.mail
        FROM identity_person AS p LEFT JOIN notifications_preference AS c ON c.tenant_id = p.tenant_id AND c.person_id = p.id AND c.kind = $3
        WHERE p.tenant_id = $1 AND p.id = $2
        """, row => new Reader.Choice(row.Text(0), row.Text(1), row.Text(2).Length == 0, row.Word<PersonState>(3) == PersonState.Active, row.TextOrNull(5) is null ? null : (row.Yes(4), row.Word<ByMail>(5)!.Value)), person, kind.Code));

    /// <summary>Tells one person that was looked up.</summary>
    public void Tell(Reader reader, News news)
    {
        if (news.Kind != reader.Kind || news.Once is not null) throw new ArgumentException("The person was looked up for other news.", nameof(news));
        if (reader.Found is not { Active: true } found) return;
        var own = Preference.Default(work.Tenant, reader.Person, news.Kind, found.OfPartner);
        if (found.Own is { } chosen) (own.InApp, own.Mail) = chosen;
        Send(reader.Person, found.Email, news, own);
    }

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
            Send(reader.Id, reader.Email, news, reader.Own ?? Preference.Default(work.Tenant, reader.Id, news.Kind, reader.Roles.Length == 0));
        }
    }

    private void Send(PersonId person, string email, News news, Preference own)
    {
        if (!own.InApp && own.Mail == ByMail.Off) return;
        var row = Notification.Of(work, person, news, own);
        work.Db.Add(row);
        if (own.Mail == ByMail.AtOnce) Mail(email, row, news);
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
