using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Partners.Graph;

namespace Trellis.Partners.Hears;

/// <summary>Two accounts became one: partners that were tied to the one that went are tied to the one that stayed.</summary>
internal sealed class FollowAccountMerge(Work work) : IHear<AccountsMerged>
{
    public async Task HearAsync(AccountsMerged happened, CancellationToken ct)
    {
        var ties = await work.Db.Set<CustomerTie>().Where(t => t.AccountId == happened.FromId || t.AccountId == happened.IntoId).ToListAsync(ct);
        var there = ties.Where(t => t.AccountId == happened.IntoId).Select(t => (t.PartnerId, t.Kind)).ToHashSet();
        foreach (var tie in ties.Where(t => t.AccountId == happened.FromId))
        {
            var twin = there.Contains((tie.PartnerId, tie.Kind));
            work.Db.Remove(tie);
            if (!twin) work.Db.Add(tie.To(happened.IntoId));
            work.Db.Add(new CustomerMove { TenantId = work.Tenant, Merge = happened.Merge, PartnerId = tie.PartnerId, Kind = tie.Kind, Note = tie.Note, By = tie.By, Since = tie.Since, HadTwin = twin });
        }
    }
}
