using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing.Web;

/// <summary>What an opportunity of the CRM says of the customer's interest, to be handed to a partner.</summary>
internal static class InterestOfOpportunity
{
    public static async Task<InterestForm?> FindAsync(Work work, OpportunityId id, CancellationToken ct)
    {
        var row = await work.Db.Set<OpportunityRow>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct);
        if (row is null) return null;
        var account = row.AccountId is { } of ? await work.Db.Set<AccountRow>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == of, ct) : null;
        var form = account is null ? new InterestForm() : InterestForm.Of(account);
        (form.Opportunity, form.Product) = (id.ToString(), row.ProductId?.ToString());
        if (row.Amount is > 0 and var amount) (form.Amount, form.Currency) = (new Money(amount, row.Currency).Major.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Currency);
        return form;
    }
}
