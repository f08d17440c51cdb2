using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Conflicts;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

/// <summary>Brings the account back that a merge took away, with what belonged to it. The one that stayed gets its old values, unless it was changed since.</summary>
internal sealed class UndoMerge(Work work) : UseCase<MergeId, AccountId>(work)
{
    protected override Permission Permission => AccountsPermissions.Merge;

    protected override async Task<Result<AccountId>> HandleAsync(MergeId input, CancellationToken ct)
    {
        await Work.LockAsync(["accounts.import", "accounts.merge"], ct);
        var merge = await Db.Set<AccountMerge>().SingleOrDefaultAsync(m => m.Id == input, ct);
        if (merge is null) return Problem.Missing("merge");
        if (merge.UndoneAt is not null) return MergeProblems.UndoneAlready();
        if (Work.Now > merge.At + AccountMerge.UndoFor) return MergeProblems.TooLate(merge.At + AccountMerge.UndoFor);
        var into = await Db.Set<Account>().SingleOrDefaultAsync(a => a.Id == merge.IntoId, ct);
        if (into is null) return MergeProblems.LaterMerge(merge.IntoName);
        var from = Snapshot.Make<Account>(Db, merge.From);
        if (from.ParentId is { } parent && !await Db.Set<Account>().AnyAsync(a => a.Id == parent, ct)) from.Under(null, from.ParentWritten);
        Db.Add(from);
        var moved = JsonSerializer.Deserialize<MovedRecords>(merge.Moved, Json.Options)!;
        var unchanged = into.Version == merge.Written;
        if (unchanged) Snapshot.Restore(Db, into, merge.Before);
        await MoveBackAsync(merge, moved, ct);
        if (moved.ByHand is { } hand) await ReturnByHandAsync(hand.Select(h => Snapshot.Make<HandValue>(Db, h)).ToList(), merge, unchanged, ct);
        await AccountKeys.RenewAsync(Work, [into, from], ct);
        merge.Undo(Work.Now, Work.Actor.Name);
        foreach (var pair in await Db.Set<DuplicatePair>().Where(d => (d.LeftId == merge.FromId && d.RightId == merge.IntoId) || (d.LeftId == merge.IntoId && d.RightId == merge.FromId)).ToListAsync(ct)) pair.Reopen();
        Work.Publish(new AccountsParted(merge.Id.ToString(), merge.FromId, merge.IntoId, Work.Now));
        return merge.FromId;
    }

    // As the values do: those of the account that stayed only where nobody has changed it since.
    private async Task ReturnByHandAsync(List<HandValue> before, AccountMerge merge, bool unchanged, CancellationToken ct)
    {
        if (unchanged) await Db.Set<HandValue>().Where(h => h.AccountId == merge.IntoId).ExecuteDeleteAsync(ct);
        Db.AddRange(before.Where(h => h.AccountId == merge.FromId || unchanged));
    }

    // What was given to another account since stays there.
    private async Task MoveBackAsync(AccountMerge merge, MovedRecords moved, CancellationToken ct)
    {
        var (from, into) = (merge.FromId, merge.IntoId);
        foreach (var ids in moved.Opportunities.Chunk(1000))
            await Db.Set<Opportunity>().Where(o => ids.Contains(o.Id) && o.AccountId == into).ExecuteUpdateAsync(s => s.SetProperty(o => o.AccountId, from).SetProperty(o => o.Version, o => o.Version + 1), ct);
        foreach (var ids in moved.Contacts.Chunk(1000))
            await Db.Set<AccountContact>().Where(c => ids.Contains(c.Id) && c.AccountId == into).ExecuteUpdateAsync(s => s.SetProperty(c => c.AccountId, from).SetProperty(c => c.Version, c => c.Version + 1), ct);
        foreach (var ids in moved.Subsidiaries.Chunk(1000))
            await Db.Set<Account>().Where(a => ids.Contains(a.Id) && a.ParentId == into).ExecuteUpdateAsync(s => s.SetProperty(a => a.ParentId, from).SetProperty(a => a.Version, a => a.Version + 1), ct);
        var added = moved.NewAliases.ToList();
        Db.RemoveRange(await Db.Set<Alias>().Where(a => a.AccountId == into && added.Contains(a.NameKey)).ToListAsync(ct));
        if (moved.Fields is { } fields)
        {
            await FieldMerge<AccountId>.ReturnAsync(Work, fields, into, ct);
            await FieldMerge<AccountId>.MakeAsync(Work, fields, from, ct);
        }

        foreach (var name in moved.Aliases) Db.Add(new Alias { TenantId = Work.Tenant, AccountId = from, NameKey = Values.CompanyNames.Tight(name), Name = name });
    }
}
