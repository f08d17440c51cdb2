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

    /// <summary>The person; null where it was written before that was kept, or is not known any more.</summary>
    public required PersonId? ById { get; init; }
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
        select new ConflictItem { Id = h.Id, Account = h.AccountId, AccountName = a.Name, Field = h.Field, Ours = h.Ours, Theirs = h.Theirs!, Source = h.Source, Since = h.Since!.Value, By = h.By, ById = h.ById, At = h.At };
}
