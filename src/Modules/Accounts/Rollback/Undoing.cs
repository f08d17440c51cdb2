using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Rollback;

/// <summary>A record that stays as it is although its import is taken back, and why.</summary>
internal sealed record Kept(string Title, string Reason);

/// <summary>Takes back what an import has written of one kind.</summary>
internal abstract class Undoing
{
    /// <summary>Brings changed records back to what they were; a reason for each row whose record has to stay.</summary>
    public abstract Task<Dictionary<int, string>> RestoreAsync(IReadOnlyList<ImportRow> rows, CancellationToken ct);

    /// <summary>Removes made records; those that stay are returned, with the reason.</summary>
    public abstract Task<Dictionary<Guid, Kept>> RemoveAsync(IReadOnlyList<Guid> records, CancellationToken ct);

    public static Undoing Of(ImportKind kind, Work work, IEnumerable<ICrmUse> uses) => kind switch
    {
        ImportKind.Accounts => new AccountUndoing(work, uses),
        ImportKind.Products => new ProductUndoing(work, uses),
        ImportKind.SalesTeams => new SellerUndoing(work),
        ImportKind.Contacts => new ContactUndoing(work),
        _ => new OpportunityUndoing(work, uses),
    };
}

/// <summary>The part that all kinds share: a record that the import has made and that has another version was changed since, and stays; of one that it has changed, what somebody has written since stays.</summary>
internal abstract class Undoing<TEntity, TId>(Work work) : Undoing where TEntity : class, IVersioned where TId : struct, ITypedId<TId>
{
    protected Work Work => work;

    protected abstract IQueryable<TEntity> With(IReadOnlyCollection<TId> ids);

    protected abstract TId IdOf(TEntity entity);

    protected abstract string TitleOf(TEntity entity);

    /// <summary>Those of the records that something else stands on, and what.</summary>
    protected abstract Task<Dictionary<TId, string>> UsedAsync(IReadOnlyList<TId> ids, CancellationToken ct);

    /// <summary>Whether such records have custom fields.</summary>
    protected virtual bool HasFields => false;

    /// <summary>Columns that follow from others, by name.</summary>
    protected virtual IReadOnlyCollection<string> Derived => [];

    /// <summary>Makes them anew.</summary>
    protected virtual void Derive(TEntity entity)
    {
    }

    /// <summary>What has to follow when records have got their old values.</summary>
    protected virtual Task RestoredAsync(IReadOnlyList<TEntity> restored, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Takes away what belongs to the records, and nothing else stands on.</summary>
    protected virtual Task RemovingAsync(IReadOnlyCollection<TId> ids, CancellationToken ct) => Task.CompletedTask;

    public override async Task<Dictionary<int, string>> RestoreAsync(IReadOnlyList<ImportRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => TId.From(r.Record!.Value)).ToList();
        var found = await With(ids).ToDictionaryAsync(IdOf, ct);
        var changes = await LastChanges.OfAsync(work, [.. rows.Where(r => found.TryGetValue(TId.From(r.Record!.Value), out var e) && e.Version != r.Written).Select(r => TId.From(r.Record!.Value).ToString()!)], ct);
        var (kept, restored) = (new Dictionary<int, string>(), new List<TEntity>());
        var own = await OwnUndoing<TId>.OfAsync(work, HasFields ? rows : [], ct);
        foreach (var row in rows)
        {
            var id = TId.From(row.Record!.Value);
            if (!found.TryGetValue(id, out var entity)) kept[row.Number] = "It is gone.";
            else
            {
                if (Return(entity, row) is { } changed) kept[row.Number] = changes.GetValueOrDefault(id.ToString()!, "It was changed since.") + changed;
                else if (own.IsChangedSince(row)) kept[row.Number] = "A custom field was changed since.";
                own.Restore(row);
                restored.Add(entity);
            }
        }

        await own.WriteAsync(ct);
        await RestoredAsync(restored, ct);
        return kept;
    }

    // A record that nobody has touched is what it was; of one that somebody has changed since, the fields that were not touched are. What has to be said of the others, or null.
    private string? Return(TEntity entity, ImportRow row)
    {
        if (entity.Version == row.Written) Snapshot.Restore(work.Db, entity, row.Before!);
        else if (Snapshot.RestoreUnchanged(work.Db, entity, row.Before!, Derived) is not { } left) return "";
        else
        {
            Derive(entity);
            var names = string.Join(", ", left.Select(Said).Distinct());
            if (left.Count > 0) return left.Count == 1 ? $"\nThis stays: {names}." : $"\nThese stay: {names}.";
        }

        return null;
    }

    // A column's name as people say it: “OwnerName” is the owner name, “AccountId” and “AccountWritten” are the account.
    private static string Said(string column)
    {
        if (column == nameof(Account.OwnerId)) column = nameof(Account.OwnerName);
        var name = column.EndsWith("Id", StringComparison.Ordinal) ? column[..^2] : column.EndsWith("Written", StringComparison.Ordinal) ? column[..^7] : column;
        return string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c) : c.ToString()));
    }

    public override async Task<Dictionary<Guid, Kept>> RemoveAsync(IReadOnlyList<Guid> records, CancellationToken ct)
    {
        var ids = records.Select(TId.From).ToList();
        var found = await With(ids).AsNoTracking().ToListAsync(ct);
        var kept = new Dictionary<Guid, Kept>();
        var used = await UsedAsync([.. found.Select(IdOf)], ct);
        var changed = found.Where(e => e.Version != 1).ToList();
        var changes = await LastChanges.OfAsync(work, [.. changed.Select(e => IdOf(e).ToString()!)], ct);
        foreach (var entity in changed) kept[IdOf(entity).Value] = new Kept(TitleOf(entity), changes.GetValueOrDefault(IdOf(entity).ToString()!, "It was changed since."));
        foreach (var entity in found)
        {
            if (used.TryGetValue(IdOf(entity), out var by)) kept[IdOf(entity).Value] = new Kept(TitleOf(entity), $"It is used by {by}.");
        }

        if (HasFields)
        {
            foreach (var id in await OwnUndoing<TId>.ChangedAsync(work, [.. found.Select(IdOf).Where(id => !kept.ContainsKey(id.Value))], ct))
                kept[id.Value] = new Kept(TitleOf(found.Single(e => IdOf(e).Equals(id))), "A custom field was changed since.");
        }

        var gone = found.Select(IdOf).Where(id => !kept.ContainsKey(id.Value)).ToList();
        if (gone.Count == 0) return kept;
        await RemovingAsync(gone, ct);
        if (HasFields) await FieldRows.DeleteAsync(work.Db, gone, ct);
        await With(gone).ExecuteDeleteAsync(ct);
        return kept;
    }

    protected static void Add(Dictionary<TId, string> used, IEnumerable<TId> ids, string what)
    {
        foreach (var id in ids) used.TryAdd(id, what);
    }
}

/// <summary>Who changed a record last, from the audit.</summary>
internal static class LastChanges
{
    public static async Task<Dictionary<string, string>> OfAsync(Work work, IReadOnlyCollection<string> subjects, CancellationToken ct)
    {
        if (subjects.Count == 0) return [];
        var entries = await work.Db.Set<AuditEntry>().AsNoTracking().Where(e => subjects.Contains(e.Subject))
            .GroupBy(e => e.Subject).Select(g => new { g.Key, Last = g.Max(e => e.At) }).ToListAsync(ct);
        var times = entries.Select(e => e.Last).Distinct().ToList();
        var names = (await work.Db.Set<AuditEntry>().AsNoTracking().Where(e => subjects.Contains(e.Subject) && times.Contains(e.At)).Select(e => new { e.Subject, e.At, e.ActorName }).ToListAsync(ct))
            .ToLookup(e => (e.Subject, e.At), e => e.ActorName);
        return entries.ToDictionary(e => e.Key, e => $"It was changed since, by {names[(e.Key, e.Last)].FirstOrDefault() ?? "somebody"} on {e.Last:yyyy-MM-dd}.");
    }
}
