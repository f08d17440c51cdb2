using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>
/// Columns of a module that hold the name of a person beside what it did. One list for both, so that nothing is erased that was never handed out, and the other way round.
/// </summary>
public sealed class NamedColumns
{
    /// <summary>None.</summary>
    public static readonly NamedColumns None = new();

    private const int MostRows = 50_000;
    private static readonly MethodInfo RenameOne = typeof(NamedColumns).GetMethod(nameof(RenameOneAsync), BindingFlags.Static | BindingFlags.NonPublic)!;
    private static readonly MethodInfo ReadOne = typeof(NamedColumns).GetMethod(nameof(ReadOneAsync), BindingFlags.Static | BindingFlags.NonPublic)!;
    private readonly List<(Type Table, string Column)> _columns = [];
    private Assembly? _module;

    /// <summary>Adds a column.</summary>
    public NamedColumns Add<T>(Expression<Func<T, string?>> column) where T : class
    {
        _columns.Add((typeof(T), ((MemberExpression)column.Body).Member.Name));
        return this;
    }

    /// <summary>Adds every column of a module that is named as one that holds the name of a person, so that a table added later is not forgotten.</summary>
    public NamedColumns AllOf(Assembly module)
    {
        _module = module;
        return this;
    }

    /// <summary>Whether a column is named as one that holds the name of a person.</summary>
    public static bool HoldsName(string column) =>
        column.EndsWith("ByName", StringComparison.Ordinal) || column is "OpenedBy" or "MediatorName" or "AuthorName" or "OwnerName" or "ActorName" or "StateBy" or "PersonName" or "ViewerName";

    /// <summary>The columns, as they are in the database's model.</summary>
    public IReadOnlyList<(Type Table, string Column)> In(Db db) => _module is null ? _columns :
    [
        .. _columns.Concat(db.Model.GetEntityTypes().Where(e => e.ClrType.Assembly == _module && e.FindPrimaryKey() is not null && e.GetTableName() is not null)
            .SelectMany(e => e.GetProperties().Where(p => p.ClrType == typeof(string) && HoldsName(p.Name)).Select(p => (e.ClrType, p.Name)))).Distinct(),
    ];

    /// <summary>Puts <see cref="Erasure.Name"/> into all of them where they hold the person's, if the name means nobody else.</summary>
    public async Task<int> RenameAsync(DataSubject subject, Db db, CancellationToken ct)
    {
        var rows = 0;
        foreach (var (table, column) in In(db)) rows += await (Task<int>)RenameOne.MakeGenericMethod(table).Invoke(null, [subject, db, column, ct])!;
        return rows;
    }

    /// <summary>The rows in which the person's name stands, by table: which record, when, and as what.</summary>
    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, Db db, CancellationToken ct)
    {
        if (!subject.NameIsUnique) return [];
        List<PersonalRecords> read = [];
        foreach (var table in In(db).GroupBy(c => c.Table))
        {
            var rows = new List<object>();
            foreach (var (_, column) in table) rows.AddRange(await (Task<List<object>>)ReadOne.MakeGenericMethod(table.Key).Invoke(null, [subject, db, column, ct])!);
            if (rows.Count > 0) read.Add(new PersonalRecords("named/" + db.Model.FindEntityType(table.Key)!.GetTableName(), rows));
        }

        return read;
    }

    private static Task<int> RenameOneAsync<T>(DataSubject subject, Db db, string column, CancellationToken ct) where T : class =>
        subject.RenameAsync(db.Set<T>().IgnoreQueryFilters([Db.RemovedFilter]), row => EF.Property<string?>(row, column), ct);

    private static async Task<List<object>> ReadOneAsync<T>(DataSubject subject, Db db, string column, CancellationToken ct) where T : class
    {
        var (name, type) = (subject.Name, db.Model.FindEntityType(typeof(T))!);
        var told = type.GetProperties().Where(p => !p.IsShadowProperty() && p.Name != nameof(ITenantOwned.TenantId)
            && (p.IsPrimaryKey() || p.Name == column || (Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType) is var kind && (kind == typeof(DateTime) || kind == typeof(DateOnly)))).ToList();
        var rows = await db.Set<T>().IgnoreQueryFilters([Db.RemovedFilter]).AsNoTracking().Where(row => EF.Property<string?>(row, column) == name).Take(MostRows).ToListAsync(ct);
        return [.. rows.Select(row => (object)told.ToDictionary(p => p.Name, p => p.GetGetter().GetClrValue(row)))];
    }
}
