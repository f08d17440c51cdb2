using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Applying;

/// <summary>What the vendor adds to an application when it is accepted.</summary>
internal sealed record Acceptance(PartnerType? Type, PersonId? Manager = null, bool EvenIfSimilar = false, Dictionary<string, string?>? Fields = null);

/// <summary>Makes a partner of an application, in onboarding, and invites the applicant as its administrator.</summary>
internal sealed class AcceptApplication(Work work, CreatePartner create, InvitePerson invite) : UseCase<(ApplicationId Application, Acceptance Acceptance, Func<string, string> LinkOf), PartnerId>(work)
{
    protected override Permission Permission => ApplicationPermissions.Decide;

    protected override async Task<Result<PartnerId>> HandleAsync((ApplicationId Application, Acceptance Acceptance, Func<string, string> LinkOf) input, CancellationToken ct)
    {
        var (id, given, linkOf) = input;
        if (await Db.Set<Application>().SingleOrDefaultAsync(a => a.Id == id && a.State != ApplicationState.Unconfirmed, ct) is not { } application) return ApplicationProblems.Missing();
        // Before anything is made, so that a second click makes no second partner.
        if (ApplicationLifecycle.Machine.Next(application.State, ApplicationTrigger.Accept) is { Ok: false, Problem: { } no }) return no;
        if (given.Type is not { } type) return Problem.Invalid("type", "Choose what kind of partner it is.");
        var made = await create.RunAsync(new NewPartner(application.Company, application.Country, type)
        {
            Website = application.Website,
            Manager = given.Manager,
            State = PartnerState.Onboarding,
            Motions = application.Motions,
            EvenIfSimilar = given.EvenIfSimilar,
            Fields = given.Fields,
        }, ct);
        if (!made.Ok) return made;
        var invited = await invite.RunAsync((made.Value, new Invitation(application.ContactName, application.Email, ContactFunction.Admin, Roles.PartnerAdmin), linkOf), ct);
        if (!invited.Ok) return invited.Problem;
        application.PartnerId = made.Value;
        return application.Move(Work, ApplicationTrigger.Accept).Then<PartnerId>(_ => made.Value);
    }
}
