using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>A list in the order of one custom field: <c>sort=field.region</c>, with a minus the other way round.</summary>
/// <param name="Field">The field.</param>
/// <param name="Down">Whether the largest stands first.</param>
public sealed record FieldOrder(FieldId Field, bool Down)
{
    /// <summary>Whether a list can stand in the order of such a field: of several choices none is the one to go by.</summary>
    public static bool Is(FieldKind kind) => kind != FieldKind.Multi;
}

/// <summary>Pages of lists in the order of a custom field.</summary>
public static class FieldOrdering
{
    // Begins the cursors among the rows that have no value.
    private const char Rest = '~';

    /// <summary>
    /// One page: rows with a value first, in the order of the values, which the index of the values gives; behind them those without, in the order of their making.
    /// Each of the two is found by its own key, so a page costs the same wherever it is.
    /// </summary>
    public static async Task<Page<T>> PageAsync<T, TId>(this IQueryable<T> rows, Db db, Expression<Func<T, TId>> id, FieldOrder order, Paging paging, CancellationToken ct) where TId : struct, ITypedId<TId>
    {
        var values = db.Set<FieldValue<TId>>().AsNoTracking().Where(v => v.FieldId == order.Field && v.Part == 0);
        var without = Without(rows, values, id);
        if (paging.Cursor is not [Rest, ..])
        {
            var page = await ValuedAsync(paging);
            if (page.Next is not null) return page;
            // Going back, a page that ends where the values end stays so; going on, it is filled up.
            if (paging.Cursor == Keyset.Last || page.Items.Count == paging.Rows) return await without.AnyAsync(ct) ? page with { Next = $"{Rest}" } : page;
            var more = await without.PageAsync(id, id, false, new Paging(null, paging.Rows - page.Items.Count), ct);
            return new Page<T>([.. page.Items, .. more.Items], more.Next is { } on ? Rest + on : null, page.Previous);
        }

        var rest = await without.PageAsync(id, id, false, paging with { Cursor = paging.Cursor.TrimStart(Rest) }, ct);
        if (rest.Items.Count == 0) return await ValuedAsync(paging with { Cursor = null });
        var before = rest.Previous is { } previous ? Rest + previous : (await ValuedAsync(new Paging(null, 1))).Items.Count > 0 ? Keyset.Last : null;
        return new Page<T>(rest.Items, rest.Next is { } next ? Rest + next : null, before);

        async Task<Page<T>> ValuedAsync(Paging asked)
        {
            var page = await rows.Join(values, id, v => v.Subject, (row, v) => new Keyed<T, TId> { Row = row, Key = v.Key, Id = v.Subject }).PageAsync(k => k.Key, k => k.Id, order.Down, asked, ct);
            return page.Select(k => k.Row);
        }
    }

    private static IQueryable<T> Without<T, TId>(IQueryable<T> rows, IQueryable<FieldValue<TId>> values, Expression<Func<T, TId>> id) where TId : struct, ITypedId<TId>
    {
        var holds = Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [typeof(TId)], values.Select(v => v.Subject).Expression, id.Body);
        return rows.Where(Expression.Lambda<Func<T, bool>>(Expression.Not(holds), id.Parameters));
    }

    private sealed class Keyed<T, TId>
    {
        public required T Row { get; init; }
        public required string Key { get; init; }
        public required TId Id { get; init; }
    }
}
