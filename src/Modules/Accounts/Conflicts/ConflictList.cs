using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Conflicts;

/// <summary>A field about which a person here and the CRM say different things.</summary>
internal sealed record ConflictItem
{
    public required HandValueId Id { get; init; }
    public required AccountId Account { get; init; }
    public required string AccountName { get; init; }
    public required HandField Field { get; init; }

    /// <summary>What the person wrote; null where it was cleared.</summary>
    public required string? Ours { get; init; }

    /// <summary>What the CRM says, and what stands on the account.</summary>
    public required string Theirs { get; init; }

    /// <summary>The file that said so first.</summary>
    public required string? Source { get; init; }

    /// <summary>Since when they differ.</summary>
    public required DateTime Since { get; init; }

    /// <summary>Who wrote the own value, and when.</summary>
    public required string By { get; init; }
    public required DateTime At { get; init; }
}

internal static class ConflictList
{
    private const int CountAtMost = 1000;

    /// <summary>Those that nobody has decided, the newest first.</summary>
    public static Task<Page<ConflictItem>> PageAsync(Work work, Paging paging, CancellationToken ct) => Items(work.Db).PageAsync(i => i.Since, i => i.Id, true, paging, ct);

    /// <summary>How many there are, at most a thousand.</summary>
    public static Task<int> CountAsync(Work work, CancellationToken ct) => Items(work.Db).Take(CountAtMost).CountAsync(ct);

    private static IQueryable<ConflictItem> Items(Db db) =>
        from h in db.Set<HandValue>().AsNoTracking()
        join a in db.Set<Account>() on new { h.TenantId, Id = h.AccountId } equals new { a.TenantId, a.Id }
        where h.Since != null
        select new ConflictItem { Id = h.Id, Account = h.AccountId, AccountName = a.Name, Field = h.Field, Ours = h.Ours, Theirs = h.Theirs!, Source = h.Source, Since = h.Since!.Value, By = h.By, At = h.At };
}

/// <summary>Which of the two is right.</summary>
internal sealed record ConflictDecision(HandValueId Conflict, bool KeepOurs);

/// <summary>Decides a conflict: the own value is written back and the CRM's not taken again, or the CRM's stays and the own one is forgotten.</summary>
internal sealed class SettleConflict(Work work) : UseCase<ConflictDecision, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync(ConflictDecision input, CancellationToken ct)
    {
        // No import says something about the account between the look and the commit.
        await Work.LockAsync("accounts.import", ct);
        if (await Db.Set<HandValue>().SingleOrDefaultAsync(h => h.Id == input.Conflict && h.Since != null, ct) is not { Theirs: { } theirs } hand) return Problem.Missing("conflict");
        if (await Db.Set<Account>().SingleOrDefaultAsync(a => a.Id == hand.AccountId, ct) is not { } account) return AccountsProblems.Missing();
        Work.Note(input.KeepOurs ? "accounts.conflict_ours" : "accounts.conflict_theirs", "accounts_account", account.Id.ToString(), new Dictionary<string, string?[]> { [Words.Of(hand.Field)] = [theirs, input.KeepOurs ? hand.Ours : theirs] });
        // Where an import was taken back meanwhile, the one that was chosen may stand there already, or a third.
        var standing = HandFields.Of(account, hand.Field);
        if (input.KeepOurs)
        {
            if (standing == theirs) HandFields.Put(account, hand.Field, hand.Ours);
            hand.Keep();
        }
        else
        {
            if (standing != theirs) HandFields.Put(account, hand.Field, theirs);
            Db.Remove(hand);
        }

        account.See(Work.Now);
        await AccountKeys.RenewAsync(Work, [account], ct);
        return default(Done);
    }
}
