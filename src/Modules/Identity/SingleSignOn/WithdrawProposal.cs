using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A partner's administrator takes back what the own company asks for.</summary>
internal sealed class WithdrawProposal(Work work) : UseCase<CompanyProposalId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ProposeSignIn;

    protected override async Task<Result<Done>> HandleAsync(CompanyProposalId input, CancellationToken ct)
    {
        if (Work.Actor.Partner is not { } partner || await Db.Set<CompanyProposal>().SingleOrDefaultAsync(p => p.Id == input && p.PartnerId == partner, ct) is not { } asked) return Problem.Missing("request");
        Db.Remove(asked);
        return default(Done);
    }
}
