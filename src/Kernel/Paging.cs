using System.Buffers.Text;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>One page of a list and the cursors of its neighbours.</summary>
/// <param name="Items">The rows, in the asked order.</param>
/// <param name="Next">The cursor of the following page, or null on the last.</param>
/// <param name="Previous">The cursor of the page before, or null on the first.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, string? Previous)
{
    /// <summary>The same page with other items.</summary>
    public Page<TOther> Select<TOther>(Func<T, TOther> turn) => new([.. Items.Select(turn)], Next, Previous);
}

/// <summary>Counts that end behind a thousand: nobody reads how many more there are, and counting them all costs.</summary>
public static class Capped
{
    /// <summary>How far is counted; one more stands for more than that.</summary>
    public const int Cap = 1000;

    /// <summary>How many rows there are, at most one more than the cap.</summary>
    public static Task<int> CountCappedAsync<T>(this IQueryable<T> rows, CancellationToken ct) => rows.Take(Cap + 1).CountAsync(ct);

    /// <summary>The count as people read it: <c>998</c>, <c>1,000+</c>.</summary>
    public static string Text(int count) => count > Cap ? $"{Cap:N0}+" : $"{count:N0}";
}

/// <summary>What a caller asks of a list.</summary>
/// <param name="Cursor">A cursor from an earlier page, or null for the first.</param>
/// <param name="Size">Rows a page, 1 to 200.</param>
public sealed record Paging(string? Cursor = null, int Size = 50)
{
    public int Rows => Math.Clamp(Size, 1, Most);

    /// <summary>The largest page.</summary>
    public const int Most = 200;

    /// <summary>Every row of a list, page by page, so that a large export stays small in memory.</summary>
    public static async IAsyncEnumerable<T> AllAsync<T>(Func<Paging, Task<Page<T>>> read)
    {
        string? cursor = null;
        do
        {
            var page = await read(new Paging(cursor, Most));
            foreach (var item in page.Items) yield return item;
            cursor = page.Next;
        }
        while (cursor is not null);
    }
}

/// <summary>Pages by key: the cursor names the last row seen, so a page costs the same wherever it is.</summary>
public static class Keyset
{
    /// <summary>The cursor of the last page, for a list that goes on elsewhere.</summary>
    public const string Last = "last";

    private static readonly MethodInfo IdAfter = typeof(Ids).GetMethod(nameof(Ids.After))!;

    /// <summary>
    /// Orders by <paramref name="key"/> and then by <paramref name="id"/>, and reads one page. A cursor that is damaged, or belongs to another
    /// order, gives the first page.
    /// </summary>
    public static async Task<Page<T>> PageAsync<T, TKey, TId>(
        this IQueryable<T> rows, Expression<Func<T, TKey>> key, Expression<Func<T, TId>> id, bool descending, Paging paging, CancellationToken ct)
        where TId : struct, ITypedId<TId>
    {
        if (default(TKey) is null && typeof(TKey) != typeof(string)) throw new ArgumentException("Rows without a key would be lost: order by a key that is never null.", nameof(key));
        var order = Cursor<TKey>.Order($"{typeof(T)} {key} {descending}");
        var cursor = Cursor<TKey>.Read(paging.Cursor, order);
        var last = paging.Cursor == Last;
        var backwards = last || (cursor?.Backwards ?? false);
        var down = descending ^ backwards;
        var all = rows;
        if (cursor is { } c) rows = rows.Where(Beyond(key, id, c.Key, TId.From(c.Id), down));
        var ordered = down ? rows.OrderByDescending(key).ThenByDescending(id) : rows.OrderBy(key).ThenBy(id);
        var items = await ordered.Take(paging.Rows + 1).ToListAsync(ct);
        var more = items.Count > paging.Rows;
        if (more) items.RemoveAt(items.Count - 1);
        if (backwards) items.Reverse();
        // Whatever stood there is gone: better the first page than a dead end.
        if (items.Count == 0) return cursor is null || last ? new Page<T>(items, null, null) : await all.PageAsync(key, id, descending, paging with { Cursor = null }, ct);

        string At(T row, bool back) => At<T, TKey, TId>(row, key, id, order, back);
        var next = !last && (backwards || more) ? At(items[^1], false) : null;
        var previous = (backwards ? more : cursor is not null) ? At(items[0], true) : null;
        return new Page<T>(items, next, previous);
    }

    /// <summary>The first page of rows that were read already, in the order of <paramref name="key"/> and <paramref name="id"/>; the next one is found by <see cref="PageAsync"/>.</summary>
    public static Page<T> FirstPage<T, TKey, TId>(this IReadOnlyList<T> ordered, Expression<Func<T, TKey>> key, Expression<Func<T, TId>> id, bool descending, int size) where TId : struct, ITypedId<TId>
    {
        List<T> items = [.. ordered.Take(size)];
        return new Page<T>(items, ordered.Count > size ? At(items[^1], key, id, Cursor<TKey>.Order($"{typeof(T)} {key} {descending}"), false) : null, null);
    }

    // Asked of two rows: compiling them to machine code would take longer than the query.
    private static string At<T, TKey, TId>(T row, Expression<Func<T, TKey>> key, Expression<Func<T, TId>> id, string order, bool back) where TId : struct, ITypedId<TId> =>
        Cursor<TKey>.Write(order, key.Compile(preferInterpretation: true)(row), id.Compile(preferInterpretation: true)(row).Value, back);

    private static Expression<Func<T, bool>> Beyond<T, TKey, TId>(
        Expression<Func<T, TKey>> key, Expression<Func<T, TId>> id, TKey keyValue, TId idValue, bool down) where TId : struct, ITypedId<TId>
    {
        var row = key.Parameters[0];
        // In the order of the ids themselves, they alone say what is behind.
        if (typeof(TKey) == typeof(TId)) return Expression.Lambda<Func<T, bool>>(BeyondId(new Swap(id.Parameters[0], row).Visit(id.Body), Captured(idValue), down), row);
        var idBody = new Swap(id.Parameters[0], row).Visit(id.Body);
        var keyConstant = Captured(keyValue);
        var beyondKey = Compare(key.Body, keyConstant, down);
        var sameKey = Expression.Equal(key.Body, keyConstant);
        return Expression.Lambda<Func<T, bool>>(Expression.OrElse(beyondKey, Expression.AndAlso(sameKey, BeyondId(idBody, Captured(idValue), down))), row);
    }

    private static BinaryExpression BeyondId(Expression id, Expression value, bool down)
    {
        var after = IdAfter.MakeGenericMethod(id.Type);
        return down ? Expression.LessThan(id, value, false, after) : Expression.GreaterThan(id, value, false, after);
    }

    private static BinaryExpression Compare(Expression left, Expression right, bool down)
    {
        if (left.Type == typeof(string))
        {
            var compare = Expression.Call(typeof(string), nameof(string.Compare), null, left, right);
            return down ? Expression.LessThan(compare, Expression.Constant(0)) : Expression.GreaterThan(compare, Expression.Constant(0));
        }

        return down ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);
    }

    // A captured field, not a constant, so that the database sees a parameter and keeps its plan.
    private static MemberExpression Captured<TValue>(TValue value) =>
        Expression.Field(Expression.Constant(new Box<TValue> { Value = value }), nameof(Box<TValue>.Value));

    private sealed class Box<TValue>
    {
        public required TValue Value;
    }

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }

    private sealed record Cursor<TKey>(TKey Key, Guid Id, bool Backwards)
    {
        // Relaxed, so that a long name in any script still fits an address.
        private static readonly JsonSerializerOptions Short = new(Json.Options) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        /// <summary>A few characters that tell one order from another (FNV-1a).</summary>
        public static string Order(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u)).ToString("x8", CultureInfo.InvariantCulture);

        public static string Write(string order, TKey key, Guid id, bool backwards) =>
            Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new object?[] { order, key, id, backwards }, Short));

        public static Cursor<TKey>? Read(string? text, string order)
        {
            if (string.IsNullOrEmpty(text) || text.Length > 7000) return null;
            try
            {
                var parts = JsonSerializer.Deserialize<JsonElement[]>(Base64Url.DecodeFromChars(text), Json.Options);
                if (parts is not { Length: 4 } || parts[0].GetString() != order) return null;
                var key = parts[1].Deserialize<TKey>(Json.Options);
                // Text must be storable before it meets the database.
                if (key is string s && !Text.IsClean(s)) return null;
                return key is null ? null : new Cursor<TKey>(key, parts[2].GetGuid(), parts[3].GetBoolean());
            }
            catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or NotSupportedException)
            {
                return null;
            }
        }
    }
}
