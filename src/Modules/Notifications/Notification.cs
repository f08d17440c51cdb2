using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Notifications;

/// <summary>Names a notification.</summary>
internal readonly record struct NotificationId(Guid Value) : ITypedId<NotificationId>
{
    public static string Prefix => "ntf";
    public static NotificationId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out NotificationId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What one person was told.</summary>
internal sealed class Notification : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public NotificationId Id { get; init; }
    public PersonId PersonId { get; init; }

    /// <summary>The partner for which a partner's person reads it: once that membership has ended, nobody reads it any more. Null for the vendor's people.</summary>
    public PartnerId? PartnerId { get; init; }

    public required string Kind { get; init; }
    public required string Title { get; init; }
    public required string Body { get; init; }

    /// <summary>The path of the one thing it is about.</summary>
    public required string Href { get; init; }

    /// <summary>Whether it stands in the list; where not, it only waits for the mail of the day.</summary>
    public bool InApp { get; init; }

    /// <summary>The key under which the person is told once only.</summary>
    public string? Once { get; init; }

    public DateTime CreatedAt { get; init; }
    public DateTime? ReadAt { get; set; }

    /// <summary>Whether it waits for the mail of the day.</summary>
    public bool DigestDue { get; set; }

    public static Notification Of(Work work, PersonId person, PartnerId? place, News news, Preference chosen) => new()
    {
        TenantId = work.Tenant,
        Id = work.NewId<NotificationId>(),
        PersonId = person,
        PartnerId = place,
        Kind = news.Kind.Code,
        Title = Text.Storable(news.Title.ReplaceLineEndings(" "), 200),
        Body = Text.Storable(news.Text, 2000),
        Href = news.Href,
        InApp = chosen.InApp,
        Once = news.Once,
        CreatedAt = work.Now,
        DigestDue = chosen.Mail == ByMail.Digest,
    };
}

/// <summary>How one kind reaches one person.</summary>
internal sealed class Preference : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PersonId PersonId { get; init; }
    public required string Kind { get; init; }
    public bool InApp { get; set; }
    public ByMail Mail { get; set; }

    public static Preference Default(TenantId tenant, PersonId person, NotificationKind kind, bool partner) => new()
    {
        TenantId = tenant,
        PersonId = person,
        Kind = kind.Code,
        InApp = !kind.MailOnly,
        Mail = (partner ? kind.ForPartners : kind.ForStaff) ?? ByMail.Off,
    };
}

/// <summary>On which of its days a person last got the mail of the day.</summary>
internal sealed class DigestDay : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public PersonId PersonId { get; init; }
    public DateOnly On { get; set; }
}
