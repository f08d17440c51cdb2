using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Suspends a person at one partner, or lets it in again. At other partners it may act as before.</summary>
internal sealed class ChangeMemberState(Work work) : UseCase<MemberChange, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.InvitePartnerPeople;

    protected override async Task<Result<Done>> HandleAsync(MemberChange input, CancellationToken ct)
    {
        if (input.State == PersonState.Invited) return MemberProblems.NoState();
        if (await Members.FindAsync(Work, input.Partner, input.Person, ct) is not { } membership) return Problem.Missing("person");
        // Nobody is let in who has not said yes.
        if (membership.State == PersonState.Invited) return MemberProblems.NotAccepted();
        if (input.State == PersonState.Suspended)
        {
            if (input.Person == Work.Actor.Person) return MemberProblems.Yourself();
            if (await Members.IsLastAdminAsync(Work, membership, ct)) return RoleProblems.LastPartnerAdmin();
            await Members.EndKeysAsync(Work, input.Partner, input.Person, ct);
            Work.Publish(new AccessEnded(input.Person, input.Partner, Work.Now));
        }

        membership.State = input.State;
        return default(Done);
    }
}
