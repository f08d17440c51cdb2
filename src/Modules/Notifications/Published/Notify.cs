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
    private readonly IReadOnlyList<Contact> _found;

    internal Reader(PersonId person, NotificationKind kind, IReadOnlyList<Contact> found) => (Person, Kind, _found) = (person, kind, found);

    /// <summary>Who it is.</summary>
    public PersonId Person { get; }

    /// <summary>The name and the address, or null where there is no such person.</summary>
    public (string Name, string Email)? Known => Found is { } found ? (found.Name, found.Email) : null;

    internal NotificationKind Kind { get; }

    internal Contact? Found => _found.Count == 0 ? null : _found[0];

    /// <param name="Place">The partner for which a partner's person reads the news; null where none lets it.</param>
    internal sealed record Contact(string Name, string Email, bool Active, bool OfVendor, PartnerId? Place, (bool InApp, ByMail Mail)? Own);
}

/// <summary>
/// Tells people, inside the open transaction, by the channels that each has chosen. News of a partner's records name that partner and reach only who may act for it at that moment, besides the
/// vendor's own people; news that name none reach the vendor's people alone.
/// </summary>
public sealed class Notify(Work work, Post post, Links links, IServiceProvider services)
{
    private const string Columns = "SELECT p.name, p.email, p.roles, p.state, c.in_app, c.mail";
    private const string From = """
        FROM identity_person AS p LEFT JOIN notifications_preference AS c ON c.tenant_id = p.tenant_id AND c.person_id = p.id AND c.kind = $3
        """;
    private const string Where = "WHERE p.tenant_id = $1 AND p.id = $2";

    private readonly SignedLinks _signed = services.GetRequiredService<SignedLinks>();

    /// <summary>Looks up along with other things how one of the vendor's people is told of this kind; for <see cref="Tell"/>, when the look-ups are done.</summary>
    public static Reader Ask(Asks asks, PersonId person, NotificationKind kind) => new(person, kind, asks.For($"{Columns} {From} {Where}", row => Read(row, null), person, kind.Code));

    /// <summary>The same of a person of whom these partners' records may be told.</summary>
    public static Reader Ask(Asks asks, Holders holders, PersonId person, NotificationKind kind) => new(person, kind, asks.For($"""
        {Columns}, m.partner_id
        {From}
        LEFT JOIN identity_membership AS m ON m.tenant_id = p.tenant_id AND m.person_id = p.id AND m.partner_id IN ($4, $5) AND m.state = 'active'
        {Where}
        """, row => Read(row, row.IdOrNull<PartnerId>(6)), person, kind.Code, holders.Partner, holders.Distributor ?? holders.Partner));

    /// <summary>Tells one person that was looked up.</summary>
    public void Tell(Reader reader, News news)
    {
        if (news.Kind != reader.Kind || news.Once is not null) throw new ArgumentException("The person was looked up for other news.", nameof(news));
        if (reader.Found is not { Active: true } found || !(found.OfVendor || found.Place is not null)) return;
        var own = Preference.Default(work.Tenant, reader.Person, news.Kind, !found.OfVendor);
        if (found.Own is { } chosen) (own.InApp, own.Mail) = chosen;
        Send(reader.Person, found.OfVendor ? null : found.Place, found.Email, news, own);
    }

    /// <summary>Tells one of the vendor's people.</summary>
    public Task TellAsync(PersonId person, News news, CancellationToken ct) => TellAsync([person], news, ct);

    /// <summary>Tells several of the vendor's people; who may not sign in any more, or is a partner's person, is told nothing.</summary>
    public async Task TellAsync(IReadOnlyCollection<PersonId> people, News news, CancellationToken ct)
    {
        if (people.Count == 0) return;
        var code = news.Kind.Code;
        var readers = await (
            from p in Active()
            join c in Chosen(code) on new { p.TenantId, PersonId = p.Id } equals new { c.TenantId, c.PersonId } into chosen
            from own in chosen.DefaultIfEmpty()
            where people.Contains(p.Id) && p.Roles != ""
            orderby p.Id
            select new { p.Id, p.Email, Own = own }).ToListAsync(ct);
        await TellAsync([.. readers.Select(r => new Addressee(r.Id, r.Email, null, r.Own))], news, ct);
    }

    /// <summary>Tells one person of a record of these partners.</summary>
    public Task TellAsync(Holders holders, PersonId person, News news, CancellationToken ct) => TellAsync(holders, [person], news, ct);

    /// <summary>Tells several people of a record of these partners; who may not act for one of them now, and is none of the vendor's, is told nothing.</summary>
    public async Task TellAsync(Holders holders, IReadOnlyCollection<PersonId> people, News news, CancellationToken ct)
    {
        if (people.Count == 0) return;
        var (code, partner, distributor) = (news.Kind.Code, holders.Partner, holders.Distributor ?? holders.Partner);
        var memberships = work.Db.Set<MembershipRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(m => m.State == PersonState.Active && (m.PartnerId == partner || m.PartnerId == distributor));
        var readers = await (
            from p in Active()
            join m in memberships on new { p.TenantId, PersonId = p.Id } equals new { m.TenantId, m.PersonId } into places
            from place in places.DefaultIfEmpty()
            join c in Chosen(code) on new { p.TenantId, PersonId = p.Id } equals new { c.TenantId, c.PersonId } into chosen
            from own in chosen.DefaultIfEmpty()
            where people.Contains(p.Id)
            orderby p.Id
            select new { p.Id, p.Email, OfVendor = p.Roles != "", Place = (PartnerId?)place.PartnerId, Own = own }).ToListAsync(ct);
        await TellAsync([.. readers.Where(r => r.OfVendor || r.Place is not null).DistinctBy(r => r.Id).Select(r => new Addressee(r.Id, r.Email, r.OfVendor ? null : r.Place, r.Own))], news, ct);
    }

    /// <summary>The partners' people who want this kind by mail because they have chosen it: for kinds that nobody gets unasked.</summary>
    public async Task<IReadOnlyList<PersonId>> WhoAskedAsync(NotificationKind kind, CancellationToken ct) => await (
        from c in Chosen(kind.Code)
        join p in Active() on new { c.TenantId, Id = c.PersonId } equals new { p.TenantId, p.Id }
        where c.Mail != ByMail.Off && p.Roles == ""
        orderby p.Id
        select p.Id).ToListAsync(ct);

    /// <summary>Tells several partners' people what concerns no partner alone; who may not act for any now is told nothing.</summary>
    public async Task TellPartnersPeopleAsync(IReadOnlyCollection<PersonId> people, News news, CancellationToken ct)
    {
        if (people.Count == 0) return;
        var code = news.Kind.Code;
        var memberships = work.Db.Set<MembershipRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(m => m.State == PersonState.Active);
        var readers = await (
            from p in Active()
            join m in memberships on new { p.TenantId, PersonId = p.Id } equals new { m.TenantId, m.PersonId }
            join c in Chosen(code) on new { p.TenantId, PersonId = p.Id } equals new { c.TenantId, c.PersonId } into chosen
            from own in chosen.DefaultIfEmpty()
            where people.Contains(p.Id) && p.Roles == ""
            orderby p.Id, m.PartnerId
            select new { p.Id, p.Email, m.PartnerId, Own = own }).ToListAsync(ct);
        await TellAsync([.. readers.DistinctBy(r => r.Id).Select(r => new Addressee(r.Id, r.Email, r.PartnerId, r.Own))], news, ct);
    }

    private async Task TellAsync(IReadOnlyList<Addressee> readers, News news, CancellationToken ct)
    {
        if (readers.Count == 0) return;
        var people = readers.Select(r => r.Person).ToArray();
        var told = news.Once is not { } once ? [] : await work.Db.Set<Notification>().IgnoreQueryFilters([Db.PartnerFilter])
            .Where(n => people.Contains(n.PersonId) && n.Once == once).Select(n => n.PersonId).ToListAsync(ct);
        foreach (var (person, email, place, own) in readers.Where(r => !told.Contains(r.Person)))
            Send(person, place, email, news, own ?? Preference.Default(work.Tenant, person, news.Kind, place is not null));
    }

    private IQueryable<PersonRow> Active() => work.Db.Set<PersonRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.State == PersonState.Active);

    private IQueryable<Preference> Chosen(string kind) => work.Db.Set<Preference>().AsNoTracking().Where(c => c.Kind == kind);

    private static Reader.Contact Read(AskedRow row, PartnerId? place) => new(row.Text(0), row.Text(1), row.Word<PersonState>(3) == PersonState.Active, row.Text(2).Length > 0, place,
        row.TextOrNull(5) is null ? null : (row.Yes(4), row.Word<ByMail>(5)!.Value));

    private void Send(PersonId person, PartnerId? place, string email, News news, Preference own)
    {
        if (!own.InApp && own.Mail == ByMail.Off) return;
        var row = Notification.Of(work, person, place, news, own);
        work.Db.Add(row);
        if (own.Mail == ByMail.AtOnce) Mail(email, row, news, place);
    }

    private void Mail(string to, Notification row, News news, PartnerId? place)
    {
        var stop = links.To($"/unsubscribe?key={_signed.Stop(work.Tenant, row.PersonId, news.Kind.Code)}");
        post.Send(to, row.Title, $"""
            {news.Text}

            {news.Ask}

            {links.To($"/notice?key={_signed.Open(work.Tenant, row.Id, row.PersonId)}&to={SignedLinks.Path(row.Href)}")}

            You get this because you chose mails about “{news.Kind.Label}”. No more of these:

            {stop}
            """, stop, place);
    }

    private sealed record Addressee(PersonId Person, string Email, PartnerId? Place, Preference? Own);
}
