using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>Customers are called otherwise. Where accounts become one or part, <see cref="FollowMerge"/> and <see cref="FollowUnmerge"/> tell of it once the deals have followed.</summary>
internal sealed class UpdateOfAccount(Work work) : IHear<AccountsRenamed>
{
    public Task HearAsync(AccountsRenamed happened, CancellationToken ct) => QueueUpdate.OfAccountsAsync(work, happened.Accounts, ct);
}
