using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A partner's administrator turns the sign-in of the own company off. It works at once and asks nobody; turning it on again is the vendor's.</summary>
internal sealed class TurnOffCompany(Work work) : UseCase<CompanyId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ProposeSignIn;

    protected override async Task<Result<Done>> HandleAsync(CompanyId input, CancellationToken ct)
    {
        await Work.LockAsync("company", ct);
        if (Work.Actor.Partner is not { } partner || await Db.Set<Company>().SingleOrDefaultAsync(c => c.Id == input && c.PartnerId == partner, ct) is not { On: true } company) return Problem.Missing("sign-in");
        company.On = false;
        await Db.Set<CompanyDomain>().Where(d => d.CompanyId == input).ExecuteDeleteAsync(ct);
        Work.Publish(new PartnerSignInChanged(partner, PartnerSignInStep.TurnedOff, Work.Actor.Name, null, Work.Now));
        return default(Done);
    }
}
