using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

/// <summary>A merge in a list.</summary>
internal sealed record MergeItem(MergeId Id, AccountId FromId, string FromName, AccountId IntoId, string IntoName, DateTime At, string ByName, DateTime? UndoneAt, string? UndoneByName)
{
    public DateTime UndoUntil => At + AccountMerge.UndoFor;
}

internal static class Merges
{
    private const int MostSteps = 20;

    /// <summary>The account that an account has become part of, through as many merges as there were; null where it has not.</summary>
    public static async Task<AccountId?> ResolveAsync(Work work, AccountId id, CancellationToken ct)
    {
        AccountId? found = null;
        for (var step = 0; step < MostSteps; step++)
        {
            var at = found ?? id;
            var next = await work.Db.Set<AccountMerge>().Where(m => m.FromId == at && m.UndoneAt == null).Select(m => (AccountId?)m.IntoId).FirstOrDefaultAsync(ct);
            if (next is null) return found;
            found = next;
        }

        return found;
    }

    public static async Task<Page<MergeItem>> PageAsync(Work work, Paging paging, CancellationToken ct) =>
        (await work.Db.Set<AccountMerge>().AsNoTracking().PageAsync(m => m.At, m => m.Id, true, paging, ct)).Select(Item);

    public static async Task<List<MergeItem>> OfAsync(Work work, AccountId into, CancellationToken ct) =>
        [.. (await work.Db.Set<AccountMerge>().AsNoTracking().Where(m => m.IntoId == into && m.UndoneAt == null).OrderByDescending(m => m.At).Take(20).ToListAsync(ct)).Select(Item)];

    public static async Task<Result<MergeItem>> FindAsync(Work work, MergeId id, CancellationToken ct) =>
        await work.Db.Set<AccountMerge>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) is { } merge ? Item(merge) : Problem.Missing("merge");

    private static MergeItem Item(AccountMerge m) => new(m.Id, m.FromId, m.FromName, m.IntoId, m.IntoName, m.At, m.ByName, m.UndoneAt, m.UndoneByName);
}
