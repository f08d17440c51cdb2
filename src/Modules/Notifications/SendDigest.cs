using System.Text;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Notifications;

/// <summary>Writes one person's mail of one day, once, however many nodes try.</summary>
internal sealed class SendDigest(Work work, Post post, Links links, SignedLinks signed, KindList kinds) : UseCase<(PersonId Person, DateOnly Day), int>(work)
{
    public const string DigestKind = "notifications.digest";
    private const int MostLines = 30;

    protected override Permission Permission => NotificationsPermissions.Read;

    protected override async Task<Result<int>> HandleAsync((PersonId Person, DateOnly Day) input, CancellationToken ct)
    {
        await Work.LockAsync($"digest:{input.Person}", ct);
        var day = await Db.Set<DigestDay>().SingleOrDefaultAsync(d => d.PersonId == input.Person, ct);
        if (day?.On >= input.Day) return 0;
        if (day is null) Db.Add(new DigestDay { TenantId = Work.Tenant, PersonId = input.Person, On = input.Day });
        else day.On = input.Day;
        var due = await Db.Set<Notification>().Where(n => n.PersonId == input.Person && n.DigestDue).OrderBy(n => n.Id).Take(1000).ToListAsync(ct);
        foreach (var row in due) row.DigestDue = false;
        var reader = await Readership.OfAsync(Db, input.Person, ct);
        var news = due.Where(n => n.ReadAt is null && reader.MayRead(n)).ToList();
        var stopped = await Db.Set<Preference>().AnyAsync(p => p.PersonId == input.Person && p.Kind == DigestKind && p.Mail == ByMail.Off, ct);
        if (news.Count > 0 && reader.Email is { } to && !stopped) Write(to, input.Person, news);
        return news.Count;
    }

    private void Write(string to, PersonId person, List<Notification> news)
    {
        var text = new StringBuilder("What is new for you:\n");
        foreach (var group in news.Take(MostLines).GroupBy(n => kinds.Label(n.Kind)))
        {
            text.Append('\n').Append(group.Key).Append('\n');
            foreach (var row in group) text.Append("\n- ").Append(row.Title).Append('\n').Append(links.To($"/notice?key={signed.Open(Work.Tenant, row.Id, person)}&to={SignedLinks.Path(row.Href)}")).Append('\n');
        }

        if (news.Count > MostLines) text.Append($"\nand {news.Count - MostLines} more in your notifications.\n");
        var stop = links.To($"/unsubscribe?key={signed.Stop(Work.Tenant, person, DigestKind)}");
        text.Append("\nNo more mails of the day:\n\n").Append(stop).Append('\n');
        post.Send(to, news.Count == 1 ? $"Today: {news[0].Title}" : $"Today: {news.Count} things are new for you", text.ToString(), stop, Place(news));
    }

    // A person of several partners reads of all of them in one mail: it is in no history then.
    private static PartnerId? Place(List<Notification> news) => news.Select(n => n.PartnerId).Distinct().ToList() is [{ } one] ? one : null;
}
