using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Trellis.Kernel;

/// <summary>
/// Rows by the words that a person types. A table with a column <c>SearchText</c> (<see cref="Text.Fold(ReadOnlySpan{string?})"/>) gets the engine's index for parts of
/// words when the schema is prepared; nothing else has to be declared.
/// </summary>
public static class Searching
{
    /// <summary>The column that is indexed.</summary>
    public const string Column = "SearchText";

    private const int MostWords = 6;

    /// <summary>Nothing that anybody looks for is longer.</summary>
    public const int Longest = 200;

    private static readonly MethodInfo Contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;

    /// <summary>Folded words of what was typed: at most six, none where it cannot be stored.</summary>
    public static IReadOnlyList<string> WordsOf(string? typed) =>
        typed is { Length: > 0 and <= Longest } && Text.IsClean(typed) ? [.. Text.Fold(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MostWords)] : [];

    /// <summary>The rows that hold every word, in any order, anywhere in their search text; all rows where no word was typed, none where the text is too long for any of them.</summary>
    public static IQueryable<T> Matching<T>(this IQueryable<T> rows, Db db, string? typed) where T : class
    {
        if (typed is { Length: > Longest }) return rows.Where(_ => false);
        var words = WordsOf(typed);
        if (words.Count == 0) return rows;
        rows = db.Engine.Search(db, rows, words);
        var row = Expression.Parameter(typeof(T), "row");
        foreach (var word in words)
        {
            // A captured field becomes a parameter; a constant would make a statement of its own for each word.
            var value = Expression.Field(Expression.Constant(new Box { Word = word }), nameof(Box.Word));
            rows = rows.Where(Expression.Lambda<Func<T, bool>>(Expression.Call(Expression.Property(row, Column), Contains, value), row));
        }

        return rows;
    }

    /// <summary>The best of some found rows: those whose name begins with the words first, then those with a word that begins so, shorter names before longer ones.</summary>
    public static IReadOnlyList<T> Best<T>(this IEnumerable<T> found, string folded, int limit, Func<T, string> name) =>
        [.. found.Select(f => (Row: f, Name: Text.Fold(name(f)))).OrderBy(f => Rank(f.Name, folded)).ThenBy(f => f.Name.Length).ThenBy(f => f.Name, StringComparer.Ordinal).Take(limit).Select(f => f.Row)];

    /// <summary>The tables that are searched, with their column.</summary>
    public static IEnumerable<(string Table, string Column)> Tables(IModel model) =>
        from entity in model.GetEntityTypes()
        let table = entity.GetTableName()
        let property = entity.FindProperty(Column)
        where table is not null && property is not null
        select (table, property.GetColumnName());

    private static int Rank(string name, string folded) =>
        name == folded ? 0 : name.StartsWith(folded, StringComparison.Ordinal) ? 1 : name.Contains(" " + folded, StringComparison.Ordinal) ? 2 : 3;

    private sealed class Box
    {
        public required string Word;
    }
}
