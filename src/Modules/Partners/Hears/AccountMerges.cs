using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Partners.Graph;
using Trellis.Partners.Published;

namespace Trellis.Partners.Hears;

/// <summary>A partner's tie to a customer account that became part of another: what comes back when that is undone.</summary>
internal sealed class CustomerMove : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public required string Merge { get; init; }
    public PartnerId PartnerId { get; init; }
    public CustomerTieKind Kind { get; init; }
    public string? Note { get; init; }
    public string By { get; init; } = "";
    public DateTime Since { get; init; }

    /// <summary>The partner was tied to the account that stayed in the same way before.</summary>
    public bool HadTwin { get; init; }

    public static void Map(ModelBuilder model, Db db) => model.Owned<CustomerMove>("partners_customer_move", m => new { m.TenantId, m.Merge, m.PartnerId, m.Kind })
        .HasQueryFilter(Db.PartnerFilter, m => db.SeesAllPartners || m.PartnerId == db.Partner);
}

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
