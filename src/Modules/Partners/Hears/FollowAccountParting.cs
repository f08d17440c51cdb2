using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Partners.Graph;

namespace Trellis.Partners.Hears;

/// <summary>The merge was undone: ties go back, unless somebody has untied the two since.</summary>
internal sealed class FollowAccountParting(Work work) : IHear<AccountsParted>
{
    public async Task HearAsync(AccountsParted happened, CancellationToken ct)
    {
        var moves = await work.Db.Set<CustomerMove>().Where(m => m.Merge == happened.Merge).ToListAsync(ct);
        var ties = (await work.Db.Set<CustomerTie>().Where(t => t.AccountId == happened.IntoId || t.AccountId == happened.FromId).ToListAsync(ct)).ToDictionary(t => (t.PartnerId, t.Kind, t.AccountId));
        foreach (var move in moves)
        {
            var there = ties.GetValueOrDefault((move.PartnerId, move.Kind, happened.IntoId));
            if (there is not null && !ties.ContainsKey((move.PartnerId, move.Kind, happened.FromId)))
                work.Db.Add(new CustomerTie { TenantId = work.Tenant, PartnerId = move.PartnerId, AccountId = happened.FromId, Kind = move.Kind, Note = move.Note, By = move.By, Since = move.Since });
            if (there is not null && !move.HadTwin) work.Db.Remove(there);
        }

        work.Db.RemoveRange(moves);
    }
}
