using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Applying;

/// <summary>Says no to an application; the applicant reads the reason in a mail.</summary>
internal sealed class DeclineApplication(Work work, ApplicationMail mail) : UseCase<(ApplicationId Application, string? Reason), ApplicationState>(work)
{
    protected override Permission Permission => ApplicationPermissions.Decide;

    protected override async Task<Result<ApplicationState>> HandleAsync((ApplicationId Application, string? Reason) input, CancellationToken ct)
    {
        if (await Db.Set<Application>().SingleOrDefaultAsync(a => a.Id == input.Application && a.State != ApplicationState.Unconfirmed, ct) is not { } application) return ApplicationProblems.Missing();
        if (new Check().Text(input.Reason, "reason", "The reason", 1000).Problem is { } problem) return problem;
        var reason = input.Reason!.Trim();
        var moved = application.Move(Work, ApplicationTrigger.Decline, reason);
        if (moved.Ok) mail.TellDeclined(application, reason);
        return moved;
    }
}
