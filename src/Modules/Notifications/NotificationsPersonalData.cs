using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Notifications;

/// <summary>What a person was told, and how it wants to be told.</summary>
internal sealed class NotificationsPersonalData(Work work) : IPersonalData
{
    public string Module => "notifications";

    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct)
    {
        var id = subject.Person;
        var told = await work.Db.Set<Notification>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(n => n.PersonId == id).OrderBy(n => n.Id).Select(n => new { n.Kind, n.Title, n.Body, n.Href, n.CreatedAt, n.ReadAt }).ToListAsync(ct);
        var chosen = await work.Db.Set<Preference>().AsNoTracking().Where(p => p.PersonId == id).OrderBy(p => p.Kind).Select(p => new { p.Kind, p.InApp, p.Mail }).ToListAsync(ct);
        return [new("notifications", [.. told]), new("preferences", [.. chosen])];
    }

    public async Task<int> EraseAsync(DataSubject subject, CancellationToken ct)
    {
        var (db, id, rows) = (work.Db, subject.Person, 0);
        rows += await db.Set<Notification>().IgnoreQueryFilters([Db.PartnerFilter]).Where(n => n.PersonId == id).ExecuteDeleteAsync(ct);
        // What others were told of the person, such as who wrote to them.
        var name = subject.Name;
        if (subject.NameIsUnique)
            rows += await db.Set<Notification>().IgnoreQueryFilters([Db.PartnerFilter]).Where(n => n.Body.Contains(name) || n.Title.Contains(name)).ExecuteUpdateAsync(s => s
                .SetProperty(n => n.Body, n => n.Body.Replace(name, Erasure.Name)).SetProperty(n => n.Title, n => n.Title.Replace(name, Erasure.Name)), ct);
        rows += await db.Set<Preference>().Where(p => p.PersonId == id).ExecuteDeleteAsync(ct);
        return rows + await db.Set<DigestDay>().Where(d => d.PersonId == id).ExecuteDeleteAsync(ct);
    }
}
