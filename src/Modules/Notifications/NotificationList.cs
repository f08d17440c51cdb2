using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Notifications;

/// <summary>A notification as its reader sees it.</summary>
internal sealed record NotificationItem(NotificationId Id, string Kind, string KindLabel, string Title, string Text, string Href, DateTime CreatedAt, DateTime? ReadAt);

/// <summary>What the actor was told, newest first.</summary>
internal static class NotificationList
{
    /// <summary>How far the bell counts.</summary>
    public const int MostCounted = 99;

    public static async Task<Page<NotificationItem>> FindAsync(Work work, KindList kinds, bool unread, Paging paging, CancellationToken ct)
    {
        var rows = Own(work);
        if (unread) rows = rows.Where(n => n.ReadAt == null);
        var page = await rows.PageAsync(n => n.CreatedAt, n => n.Id, true, paging, ct);
        return page.Select(n => new NotificationItem(n.Id, n.Kind, kinds.Label(n.Kind), n.Title, n.Body, n.Href, n.CreatedAt, n.ReadAt));
    }

    public static Task<int> UnreadAsync(Work work, CancellationToken ct) => Own(work).Where(n => n.ReadAt == null).Take(MostCounted + 1).CountAsync(ct);

    public static IQueryable<Notification> Own(Work work)
    {
        var me = work.Actor.Person;
        return work.Db.Set<Notification>().AsNoTracking().Where(n => n.PersonId == me && n.InApp);
    }
}

/// <summary>All kinds that the modules have plugged in.</summary>
internal sealed class KindList(IEnumerable<Published.NotificationKind> kinds)
{
    public IReadOnlyList<Published.NotificationKind> All { get; } = [.. kinds];

    public Published.NotificationKind? Find(string code) => All.FirstOrDefault(k => k.Code == code);

    public string Label(string code) => Find(code)?.Label ?? code;

    public IEnumerable<Published.NotificationKind> For(Actor actor) => All.Where(k => (actor.IsPartner ? k.ForPartners : k.ForStaff) is not null);
}
