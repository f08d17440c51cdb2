using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Notifications.Published;

/// <summary>When a notification comes by mail.</summary>
public enum ByMail
{
    /// <summary>Never.</summary>
    Off,

    /// <summary>With everything else of the day, in the morning.</summary>
    Digest,

    /// <summary>At once.</summary>
    AtOnce,
}

/// <summary>Something that people may be told about; a module plugs in its own and every reader chooses how each arrives.</summary>
/// <param name="Code">A stable code such as <c>deals.decided</c>.</param>
/// <param name="Group">The heading on the preference page.</param>
/// <param name="Label">What happened, as a reader calls it.</param>
/// <param name="ForStaff">How it reaches the vendor's people by mail until they choose; null where it never concerns them.</param>
/// <param name="ForPartners">How it reaches partners' people by mail until they choose; null where it never concerns them.</param>
public sealed record NotificationKind(string Code, string Group, string Label, ByMail? ForStaff, ByMail? ForPartners)
{
    /// <summary>Whether it comes by mail alone and never stands in the program: what a reader keeps, such as the root of a day.</summary>
    public bool MailOnly { get; init; }
}

/// <summary>Lets modules plug in their kinds.</summary>
public static class NotificationKinds
{
    /// <summary>Registers kinds of notifications.</summary>
    public static IServiceCollection AddNotificationKinds(this IServiceCollection services, params NotificationKind[] kinds)
    {
        foreach (var kind in kinds) services.AddSingleton(kind);
        return services;
    }
}
