using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Partners.Graph;

internal sealed record CustomerTieEnd(AccountId Account, CustomerTieKind Kind);

/// <summary>Unties a partner from a customer.</summary>
internal sealed class UntieCustomer(Work work) : UseCase<(PartnerId Partner, CustomerTieEnd End), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, CustomerTieEnd End) input, CancellationToken ct)
    {
        var (partner, (account, kind)) = input;
        if (await Db.Set<CustomerTie>().SingleOrDefaultAsync(t => t.PartnerId == partner && t.AccountId == account && t.Kind == kind, ct) is not { } tie) return Problem.Missing("tie between these two");
        Db.Remove(tie);
        return default(Done);
    }
}
