using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Conflicts;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

/// <summary>Two accounts that are one company.</summary>
/// <param name="From">The one that goes.</param>
/// <param name="Into">The one that stays.</param>
/// <param name="TakeFrom">Fields in which the one that goes is right.</param>
/// <param name="FromVersion">The version that was read; null to merge whatever stands there.</param>
/// <param name="IntoVersion">The same for the one that stays.</param>
internal sealed record MergeOrder(AccountId From, AccountId Into, IReadOnlyList<string>? TakeFrom = null, long? FromVersion = null, long? IntoVersion = null);

/// <summary>
/// Makes two accounts one: the fields that a person chose, with opportunities, contacts, subsidiaries and other spellings of both. The one that goes is kept as a snapshot, so that it can
/// come back; other modules are told, so that what they keep about it follows.
/// </summary>
internal sealed class MergeAccounts(Work work, CustomFields fields) : UseCase<MergeOrder, MergeId>(work)
{
    protected override Permission Permission => AccountsPermissions.Merge;

    protected override async Task<Result<MergeId>> HandleAsync(MergeOrder input, CancellationToken ct)
    {
        if (input.From == input.Into) return Problem.Invalid("into", "These are one account already.");
        // No import writes opportunities or contacts for the one that goes between the look and the commit.
        await Work.LockAsync(["accounts.import", "accounts.merge"], ct);
        var from = await Db.Set<Account>().SingleOrDefaultAsync(a => a.Id == input.From, ct);
        var into = await Db.Set<Account>().SingleOrDefaultAsync(a => a.Id == input.Into, ct);
        if (from is null || into is null) return AccountsProblems.Missing();
        if ((input.FromVersion is { } f && f != from.Version) || (input.IntoVersion is { } i && i != into.Version)) return Problem.Stale();
        var chosen = (input.TakeFrom ?? []).ToHashSet(StringComparer.Ordinal);
        var own = await FieldMerge<AccountId>.OfAsync(Work, fields, AccountRecords.Name, into.Id, from.Id, ct);
        if (chosen.FirstOrDefault(c => MergeFields.Of(into, from, own).All(x => x.Code != c)) is { } unknown) return Problem.Invalid("takeFrom", $"Accounts have no field “{Text.Storable(unknown, 60)}”.");
        var hand = await Db.Set<HandValue>().Where(h => h.AccountId == from.Id || h.AccountId == into.Id).OrderBy(h => h.Id).ToListAsync(ct);
        var moved = await MoveAsync(from, into, ct) with { Fields = await own.TakeAsync(chosen, ct), ByHand = [.. hand.Select(h => Snapshot.Of(Db, h))] };
        var merge = new AccountMerge
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<MergeId>(),
            FromId = from.Id,
            IntoId = into.Id,
            FromName = from.Name,
            IntoName = into.Name,
            FromExternalId = from.ExternalId,
            From = Snapshot.Of(Db, from),
            Before = Snapshot.Of(Db, into),
            Moved = JsonSerializer.Serialize(moved, Json.Options),
            At = Work.Now,
            By = Work.Actor.Person,
            ByName = Work.Actor.Name,
        };
        var before = HandValues.Of(into);
        Take(into, from, chosen);
        await KeepByHandAsync(into, before, from, chosen, hand, ct);
        merge.Written = into.Version + 1;
        // Touched in any case, so that the count of versions says whether somebody has changed it since.
        Db.Entry(into).State = EntityState.Modified;
        await AccountKeys.DeleteAsync(Work, [from.Id], ct);
        await AccountKeys.RenewAsync(Work, [into], ct);
        await FieldRows.DeleteAsync(Db, [from.Id], ct);
        Db.Remove(from);
        Db.Add(merge);
        await DecidePairsAsync(from.Id, into.Id, ct);
        Work.Publish(new AccountsMerged(merge.Id.ToString(), from.Id, into.Id, Work.Now));
        return merge.Id;
    }

    private void Take(Account into, Account from, HashSet<string> chosen)
    {
        var parent = MergeFields.TakesParent(into, from, chosen);
        into.Apply(MergeFields.Taken(into, from, chosen), new Changes());
        if (parent) into.Under(from.ParentId, from.ParentWritten);
        if (into.ParentId == from.Id || into.ParentId == into.Id) into.Under(null, null);
        into.See(Work.Now);
    }

    // What a person chose is written by hand, and so is what was on the other account; what only fills a gap is the CRM's.
    private async Task KeepByHandAsync(Account into, Dictionary<HandField, string?> before, Account from, HashSet<string> chosen, List<HandValue> hand, CancellationToken ct)
    {
        var written = hand.Where(h => h.AccountId == from.Id).ToList();
        foreach (var field in HandFields.All.Where(f => !chosen.Contains(Words.Of(f)) && written.All(h => h.Field != f || h.Ours != HandFields.Of(into, f)))) before[field] = HandFields.Of(into, field);
        await HandValues.KeepAsync(Work, into, before, ct);
        Db.RemoveRange(written);
    }

    private async Task<MovedRecords> MoveAsync(Account from, Account into, CancellationToken ct)
    {
        var opportunities = await Db.Set<Opportunity>().Where(o => o.AccountId == from.Id).Select(o => o.Id).ToListAsync(ct);
        await Db.Set<Opportunity>().Where(o => o.AccountId == from.Id).ExecuteUpdateAsync(s => s.SetProperty(o => o.AccountId, into.Id).SetProperty(o => o.Version, o => o.Version + 1), ct);
        var contacts = await Db.Set<AccountContact>().Where(c => c.AccountId == from.Id).Select(c => c.Id).ToListAsync(ct);
        await Db.Set<AccountContact>().Where(c => c.AccountId == from.Id).ExecuteUpdateAsync(s => s.SetProperty(c => c.AccountId, into.Id).SetProperty(c => c.Version, c => c.Version + 1), ct);
        var subsidiaries = await Db.Set<Account>().Where(a => a.ParentId == from.Id && a.Id != into.Id).Select(a => a.Id).ToListAsync(ct);
        await Db.Set<Account>().Where(a => a.ParentId == from.Id && a.Id != into.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.ParentId, into.Id).SetProperty(a => a.Version, a => a.Version + 1), ct);
        var aliases = await Db.Set<Alias>().Where(a => a.AccountId == from.Id).ToListAsync(ct);
        var there = (await Db.Set<Alias>().Where(a => a.AccountId == into.Id).Select(a => a.NameKey).ToListAsync(ct)).ToHashSet();
        Db.RemoveRange(aliases);
        var added = new List<string>();
        foreach (var (key, name) in aliases.Select(a => (a.NameKey, a.Name)).Append((from.NameKey, from.Name)).Append((into.NameKey, into.Name)))
        {
            if (!there.Add(key)) continue;
            added.Add(key);
            Db.Add(new Alias { TenantId = Work.Tenant, AccountId = into.Id, NameKey = key, Name = name });
        }

        return new MovedRecords(opportunities, contacts, subsidiaries, [.. aliases.Select(a => a.Name)], added);
    }

    private async Task DecidePairsAsync(AccountId from, AccountId into, CancellationToken ct)
    {
        foreach (var pair in await Db.Set<DuplicatePair>().Where(d => d.LeftId == from || d.RightId == from).ToListAsync(ct))
        {
            // Other pairs of the one that is gone are found again with the one that stayed, if they are still alike.
            if (pair.LeftId == into || pair.RightId == into) pair.Decide(DuplicateState.Merged, Work.Now, Work.Actor.Name);
            else if (pair.State == DuplicateState.Open) Db.Remove(pair);
        }
    }
}
