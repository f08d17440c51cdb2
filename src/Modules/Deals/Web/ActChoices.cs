using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Deals.Web;

/// <summary>What can be chosen when a person decides or links.</summary>
internal static class ActChoices
{
    /// <summary>The accounts that resembled the customer when it was registered.</summary>
    public static async Task<Option[]> AccountsAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        var stored = await work.Db.Set<Decision>().Where(d => d.DealId == deal.Id).OrderByDescending(d => d.At).Select(d => d.Evidence).FirstOrDefaultAsync(ct);
        return stored is null ? [] : [.. Evidence.FromJson(stored).Matches.Select(m => new Option(m.Account.ToString(), $"{m.Name} ({m.Score:P0})"))];
    }

    /// <summary>The open opportunities of the account.</summary>
    public static async Task<Option[]> OpportunitiesAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        if (deal.Account is not { } account) return [];
        var open = await work.Db.Set<OpportunityRow>()
            .Where(o => o.AccountId == account && (o.Stage == OpportunityStage.Prospecting || o.Stage == OpportunityStage.Engaging))
            .OrderByDescending(o => o.OpenedOn).Take(50).ToListAsync(ct);
        return [.. open.Select(o => new Option(o.Id.ToString(), $"{o.ExternalId}, {Words.Label(o.Stage)}{(o.Amount is { } amount ? $", {new Money(amount, o.Currency)}" : "")}"))];
    }
}
