using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;

namespace Trellis.Notifications;

internal static class NotificationsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("/notifications").WithTags("Notifications").ProducesProblem(403);
        routes.MapGet("", ListAsync).WithName("ListNotifications").WithSummary("What the caller was told, newest first").Produces<Page<NotificationItem>>().Requires(NotificationsPermissions.Read);
        routes.MapPost("/read", ReadAllAsync).WithName("ReadAllNotifications").WithSummary("Mark all as read").Produces<int>().Requires(NotificationsPermissions.Read);
        routes.MapPost("/{id}/read", ReadAsync).WithName("ReadNotification").WithSummary("Mark one as read").Produces<int>().ProducesProblem(404).Requires(NotificationsPermissions.Read);
        routes.MapGet("/preferences", PreferencesAsync).WithName("ListNotificationPreferences").WithSummary("How each kind reaches the caller").Produces<ChoiceItem[]>().Requires(NotificationsPermissions.Read);
        routes.MapPut("/preferences", ChooseAsync).WithName("ChooseNotificationPreferences").WithSummary("Choose how kinds reach the caller").Produces<Done>().ProducesProblem(422).Requires(NotificationsPermissions.Read);
    }

    /// <summary>The answer to a mail program's own button, which posts without a page (RFC 8058).</summary>
    public static void MapWeb(IEndpointRouteBuilder web) =>
        web.MapPost("/unsubscribe/one-click", async (StopMails stop, [FromQuery] string? key, CancellationToken ct) => (await stop.RunAsync(key, ct)).ToOk())
            .AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();

    private static async Task<IResult> ListAsync(Work work, KindList kinds, bool? unread, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await NotificationList.FindAsync(work, kinds, unread ?? false, new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> ReadAllAsync(MarkRead mark, CancellationToken ct) => (await mark.RunAsync(null, ct)).ToOk();

    private static async Task<IResult> ReadAsync(MarkRead mark, NotificationId id, CancellationToken ct) => (await mark.RunAsync(id, ct)).ToOk();

    private static async Task<IResult> PreferencesAsync(Work work, KindList kinds, CancellationToken ct) => Results.Json(await ChoosePreferences.ReadAsync(work, kinds, ct), Json.Options);

    private static async Task<IResult> ChooseAsync(ChoosePreferences choose, Choice[] input, CancellationToken ct) => (await choose.RunAsync(input, ct)).ToOk();
}
