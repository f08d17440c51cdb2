using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

internal sealed record OpportunityAssignment(OpportunityId Opportunity, AccountId Account);

/// <summary>Says which account an opportunity belongs to, where the CRM does not.</summary>
internal sealed class AssignOpportunity(Work work) : UseCase<OpportunityAssignment, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync(OpportunityAssignment input, CancellationToken ct)
    {
        var opportunity = await Db.Set<Opportunity>().SingleOrDefaultAsync(o => o.Id == input.Opportunity, ct);
        if (opportunity is null) return AccountsProblems.MissingOpportunity();
        if (!await Db.Set<Account>().AnyAsync(a => a.Id == input.Account, ct)) return Problem.Invalid("account", "There is no such account.");
        opportunity.AssignTo(input.Account);
        return default(Done);
    }
}
