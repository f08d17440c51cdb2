using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Ui;

namespace Trellis.Notifications;

/// <summary>Tells people what concerns them, by the channels that each has chosen: in the program, by mail at once, or by the mail of the day.</summary>
public sealed class NotificationsModule : Module
{
    public override string Name => "notifications";

    public override void Tables(ModelBuilder model, Db db) => NotificationTables.Map(model, db);

    public override void Services(IServiceCollection services)
    {
        services.AddScoped<Notify>();
        services.AddScoped<MarkRead>();
        services.AddScoped<MarkSeen>();
        services.AddScoped<ChoosePreferences>();
        services.AddScoped<StopMails>();
        services.AddScoped<IPersonalData, NotificationsPersonalData>();
        services.AddScoped<OpenNotice>();
        services.AddScoped<SendDigest>();
        services.AddScoped<IBell, Bell>();
        services.AddSingleton<SignedLinks>();
        services.AddSingleton<KindList>();
        services.AddNotificationKinds(new NotificationKind(SendDigest.DigestKind, "In general", "The mail of the day, with everything chosen for it", ByMail.Digest, ByMail.Digest));
    }

    public override void Api(IEndpointRouteBuilder api) => NotificationsApi.Map(api);

    public override void Web(IEndpointRouteBuilder web) => NotificationsApi.MapWeb(web);

    public override void Describe(Manifest manifest) => manifest
        .Permits(NotificationsPermissions.Read)
        .Every<SendDigests>("notifications.digest", TimeSpan.FromMinutes(15))
        .Shows(new NavItem("app", "Me", "Notifications", "/app/notifications", "bell", NotificationsPermissions.Read, 980))
        .Shows(new NavItem("portal", "Me", "Notifications", "/portal/notifications", "bell", NotificationsPermissions.Read, 980))
        .Offers(
            new Offer("app", "Choose which mails I get", "/app/notifications/settings", "settings", NotificationsPermissions.Read, "preferences notification digest unsubscribe"),
            new Offer("portal", "Choose which mails I get", "/portal/notifications/settings", "settings", NotificationsPermissions.Read, "preferences notification digest unsubscribe"));
}
