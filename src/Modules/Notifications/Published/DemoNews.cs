using Trellis.Kernel;

namespace Trellis.Notifications.Published;

/// <summary>Notifications of the demo company, which modules write for their own stories.</summary>
public sealed class DemoNews
{
    private readonly List<Notification> _rows = [];

    /// <summary>One person was told at a time of the past, for a partner where it is a partner's; read where the person has looked since.</summary>
    public void Tell(Demo demo, PersonId person, PartnerId? partner, News news, DateTime at, bool read) => _rows.Add(new Notification
    {
        TenantId = demo.Tenant,
        Id = demo.NewId<NotificationId>(at),
        PersonId = person,
        PartnerId = partner,
        Kind = news.Kind.Code,
        Title = Text.Storable(news.Title.ReplaceLineEndings(" "), 200),
        Body = Text.Storable(news.Text, 2000),
        Href = news.Href,
        InApp = true,
        CreatedAt = at,
        ReadAt = read ? at.AddHours(5) : null,
    });

    /// <summary>Writes them all.</summary>
    public Task SaveAsync(Demo demo, CancellationToken ct) => demo.InsertAsync(_rows, ct);
}
