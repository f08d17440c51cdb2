using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>A registration that changed its account because two accounts became one: what goes back when that is undone.</summary>
internal sealed class AccountMove : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public required string Merge { get; init; }
    public DealId DealId { get; init; }
    public AccountId FromId { get; init; }

    public static void Map(ModelBuilder model) => model.Owned<AccountMove>("deals_account_move", m => new { m.TenantId, m.Merge, m.DealId });
}
