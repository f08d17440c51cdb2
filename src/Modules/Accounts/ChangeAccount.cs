using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>All that a person may change on an account, as it shall be.</summary>
/// <param name="Version">The version that was read; null to change whatever stands there.</param>
internal sealed record AccountChange(
    AccountId Account, string Name, string? Domain, string? Country, string? Sector, string? OwnerName, bool Named, int? Employees, long? Version = null,
    string? TaxNumber = null, string? City = null);

/// <summary>What a program changes on an account: only the fields that are given.</summary>
internal sealed record AccountPatch(string? Name = null, string? Domain = null, string? Country = null, string? Sector = null, string? OwnerName = null, bool? Named = null, int? Employees = null,
    string? TaxNumber = null, string? City = null);

/// <summary>Changes the facts of an account.</summary>
internal sealed class ChangeAccount(Work work) : UseCase<AccountChange, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync(AccountChange input, CancellationToken ct)
    {
        var account = await Db.Set<Account>().SingleOrDefaultAsync(a => a.Id == input.Account, ct);
        if (account is null) return AccountsProblems.Missing();
        if (input.Version is { } read && read != account.Version) return Problem.Stale();
        var facts = AccountInput.Read(input.Name, input.Domain, input.Country, input.Sector, input.OwnerName, input.Named, input.Employees, input.TaxNumber, input.City);
        if (!facts.Ok) return facts.Problem;
        account.Rewrite(facts.Value);
        account.See(Work.Now);
        await AccountKeys.RenewAsync(Work, [account], ct);
        return default(Done);
    }
}
