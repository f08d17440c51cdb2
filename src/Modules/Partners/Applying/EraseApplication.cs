using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Applying;

/// <summary>Erases an application at once, where the applicant asks for it. The partner that it has become stays.</summary>
internal sealed class EraseApplication(Work work) : UseCase<ApplicationId, Done>(work)
{
    protected override Permission Permission => ApplicationPermissions.Decide;

    protected override async Task<Result<Done>> HandleAsync(ApplicationId input, CancellationToken ct)
    {
        if (await Db.Set<Application>().SingleOrDefaultAsync(a => a.Id == input && a.State != ApplicationState.Unconfirmed, ct) is not { } application) return ApplicationProblems.Missing();
        Db.Remove(application);
        Work.Note("partners.application_erased", ApplicationId.Prefix, input.ToString(), new { state = Words.Of(application.State) });
        return default(Done);
    }
}
