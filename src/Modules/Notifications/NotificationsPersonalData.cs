using System.Text.RegularExpressions;
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
        if (subject.NameIsUnique) rows += await RenameAsync(subject.Name, ct);
        rows += await db.Set<Preference>().Where(p => p.PersonId == id).ExecuteDeleteAsync(ct);
        return rows + await db.Set<DigestDay>().Where(d => d.PersonId == id).ExecuteDeleteAsync(ct);
    }

    // Whole words alone: whoever is called Max is no part of “maximum”. A batch at a time, whatever their number.
    private async Task<int> RenameAsync(string name, CancellationToken ct)
    {
        var (told, changed) = (work.Db.Set<Notification>().IgnoreQueryFilters([Db.PartnerFilter]), 0);
        var word = new Regex($@"(?<!\w){Regex.Escape(name)}(?!\w)", RegexOptions.CultureInvariant);
        var ids = await told.AsNoTracking().Where(n => n.Body.Contains(name) || n.Title.Contains(name)).Select(n => n.Id).ToListAsync(ct);
        foreach (var some in ids.Chunk(500))
        {
            foreach (var n in await told.AsNoTracking().Where(n => some.Contains(n.Id)).Select(n => new { n.Id, n.Title, n.Body }).ToListAsync(ct))
            {
                var (title, body) = (word.Replace(n.Title, Erasure.Name), word.Replace(n.Body, Erasure.Name));
                if (title != n.Title || body != n.Body) changed += await told.Where(r => r.Id == n.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Title, title).SetProperty(r => r.Body, body), ct);
            }
        }

        return changed;
    }
}
