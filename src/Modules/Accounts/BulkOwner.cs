using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Many accounts get another owner in the direct sales.</summary>
internal sealed class BulkOwner(Work work, ChangeAccount change) : IBulkAction
{
    public string Record => "accounts";

    public string Code => "assign_owner";

    public string Label => "Assign an owner";

    public Permission Permission => AccountsPermissions.Manage;

    public async Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct) => await SalesPeople.ChoicesAsync(work, ct);

    public async Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct)
    {
        var id = Ids.Parse<AccountId>(subject) ?? default;
        var found = await AccountPage.FindAsync(work, id, ct);
        if (!found.Ok) return found.Problem;
        var now = found.Value;
        return (await change.RunAsync(new AccountChange(id, now.Name, now.Domain, now.Country, now.Sector, argument, now.Named, now.Employees, now.Version, now.TaxNumber, now.City), ct)).Problem;
    }
}
