using Trellis.Accounts.Conflicts;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Ownership;

/// <summary>Settles which system owns which fields of accounts; a field that is not named stays as it is.</summary>
internal sealed class SettleAccountOwners(Work work) : UseCase<IReadOnlyDictionary<string, OwningSystem?>, Done>(work)
{
    protected override Permission Permission => OwnershipPermissions.Settle;

    protected override async Task<Result<Done>> HandleAsync(IReadOnlyDictionary<string, OwningSystem?> input, CancellationToken ct) => await AccountOwners.Owners.SettleAsync(Work, input, ct) is { } problem ? problem : default(Done);
}
