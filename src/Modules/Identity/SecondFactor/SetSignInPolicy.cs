using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Sets what the tenant asks of those who sign in.</summary>
internal sealed class SetSignInPolicy(Work work, CurrentSession session) : UseCase<bool, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageSignIn;

    protected override async Task<Result<Done>> HandleAsync(bool secondFactorForStaff, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        await Work.LockAsync("sign-in-policy", ct);
        var policy = await Db.Set<SignInPolicy>().SingleOrDefaultAsync(ct) ?? Db.Add(new SignInPolicy { TenantId = Work.Tenant }).Entity;
        policy.SecondFactorForStaff = secondFactorForStaff;
        return default(Done);
    }
}
