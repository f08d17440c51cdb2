using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Notifications;

/// <summary>The mail of the day: after seven in the morning where the reader lives, what has come since the last one and was not read yet.</summary>
internal sealed class SendDigests(Work work, SendDigest send, TimeProvider clock) : IRecurring
{
    private const int Morning = 7;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (now, db, zone, refusals) = (clock.GetUtcNow(), work.Db, work.Settings.TimeZone, new Refusals());
        var waiting = await (
            from n in db.Set<Notification>().Where(n => n.DigestDue).Select(n => new { n.TenantId, n.PersonId }).Distinct()
            join p in db.Set<PersonRow>() on new { n.TenantId, Id = n.PersonId } equals new { p.TenantId, p.Id }
            select new { p.Id, p.TimeZone }).ToListAsync(ct);
        foreach (var reader in waiting)
        {
            var local = Local(now, reader.TimeZone ?? zone);
            if (local.Hour >= Morning) refusals.Note(await send.RunAsync((reader.Id, DateOnly.FromDateTime(local.DateTime)), ct));
        }

        return refusals.End;
    }

    private static DateTimeOffset Local(DateTimeOffset now, string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? TimeZoneInfo.ConvertTime(now, found) : now;
}
