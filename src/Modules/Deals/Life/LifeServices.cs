using Microsoft.Extensions.DependencyInjection;
using Trellis.Deals.Life.Intake;
using Trellis.Deals.Life.Intake.Mailboxes;
using Trellis.Deals.Life.Uploads;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Life;

/// <summary>What the life of a registration adds to the module.</summary>
internal static class LifeServices
{
    public static void AddRegistrationLife(this IServiceCollection services)
    {
        services.AddNotificationKinds(LifeNews.All);
        services.AddNotificationKinds(MailboxMail.Kind);
        services.AddScoped<LifeMail>();
        services.AddScoped<Drafts>();
        services.AddScoped<RequestExtension>();
        services.AddScoped<DecideAnew>();
        services.AddScoped<Amend>();
        services.AddScoped<DecideRequest>();
        services.AddScoped<WithdrawRequest>();
        services.AddScoped<Recall>();
        services.AddScoped<Reopen>();
        services.AddScoped<WarnOfExpiry>();
        services.AddScoped<KeepPromise>();
        services.AddScoped<RemindOfRequest>();
        services.AddScoped<CheckAccount>();
        services.AddScoped<ProposeJointly>();
        services.AddScoped<TakeProposalBack>();
        services.AddScoped<JointRegistration>();
        services.AddScoped<UploadDeals>();
        services.AddScoped<StartUpload>();
        services.AddScoped<MapColumns>();
        services.AddScoped<TakeInMail>();
        services.AddScoped<ReceiveMail>();
        services.AddScoped<RecordMailFiles>();
        services.AddScoped<SetIntakeAddress>();
        services.AddScoped<ChoosePartnerOfMail>();
        services.AddScoped<DraftChosenMail>();
        services.AddSingleton<IntakeKeys>();
        services.AddSingleton<MailboxKeys>();
        services.AddScoped<MailboxMail>();
        services.AddScoped<SetMailbox>();
        services.AddScoped<RemoveMailbox>();
        services.AddScoped<TryMailbox>();
        services.AddScoped<SortMailbox>();
        services.AddScoped<HoldMessage>();
        services.AddScoped<ParkMessage>();
        services.AddScoped<SettleMessage>();
        services.AddScoped<NoteReading>();
        services.AddScoped<AnswerParked>();
    }

    public static Manifest WithRegistrationLife(this Manifest manifest) => manifest
        .Permits(LifePermissions.TakeInMail, LifePermissions.ConnectMailbox)
        .Lives(DealRequest.Machine)
        .Lives(ProtectionLifecycle.Machine)
        .Every<WarnOfExpiries>("deals.warn", TimeSpan.FromHours(1))
        .Every<KeepPromises>("deals.promise", TimeSpan.FromMinutes(15))
        .Every<ReadMailbox>("deals.mailbox", TimeSpan.FromMinutes(1))
        .Every<ForgetMail>("deals.forget_mail", TimeSpan.FromDays(1))
        .Hears<DealEnded, LapseRequests>()
        .Hears<DealWon, LapseRequestsOfWon>()
        .Runs<RegisterUpload>("deals.upload")
        .Shows(new NavItem("app", "Deals", "Requests of partners", "/app/deals/requests", "message", DealsPermissions.Decide, 202))
        .Shows(new NavItem("app", "Deals", "Account checks", "/app/deals/account-checks", "building", DealsPermissions.Decide, 204))
        .Shows(new NavItem("app", "Deals", "Forwarded mail", "/app/deals/mail", "mail", LifePermissions.TakeInMail, 230))
        .Shows(new NavItem("app", "Administration", "Mailbox for forwarded mail", "/app/deals/mail/mailbox", "mail", LifePermissions.ConnectMailbox, 911, "imap inbox password"));
}
