using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Partners.Applying;

/// <summary>The applicant has opened the mailed link: from now on the application counts, and those who run the channel are told. Doing it twice changes nothing.</summary>
internal sealed class ConfirmApplication(Work work, Notify notify) : UseCase<ApplicationId, ApplicationState>(work)
{
    private const int Most = 5;

    public static readonly NotificationKind Told = new("partners.application", "Partnership", "A company has applied to become a partner", ByMail.AtOnce, null);

    protected override Permission Permission => ApplicationPermissions.Decide;

    protected override async Task<Result<ApplicationState>> HandleAsync(ApplicationId input, CancellationToken ct)
    {
        if (await Db.Set<Application>().SingleOrDefaultAsync(a => a.Id == input, ct) is not { } application) return ApplicationProblems.LinkOver();
        if (application.State != ApplicationState.Unconfirmed) return application.State;
        var moved = application.Move(Work, ApplicationTrigger.Confirm);
        if (!moved.Ok) return moved;
        var people = await People.WithRole(Db, Roles.ChannelOperations).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct);
        if (people.Count == 0) people = await People.WithRole(Db, Roles.Administrator).OrderBy(p => p.Id).Select(p => p.Id).Take(Most).ToListAsync(ct);
        await notify.TellAsync(people, new News(Told, $"{application.Company} wants to become a partner", "The application is confirmed and waits for your answer.", $"/app/partners/applications/{application.Id}", "Answer here:"), ct);
        return moved;
    }
}
