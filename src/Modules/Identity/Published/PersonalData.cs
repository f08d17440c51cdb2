using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>The person whose data is asked for.</summary>
/// <param name="Person">The id.</param>
/// <param name="Name">The name that stands in records.</param>
/// <param name="Email">The address.</param>
/// <param name="NameIsUnique">Whether nobody else in the tenant has this name, so that records which keep only a name mean this person.</param>
public sealed record DataSubject(PersonId Person, string Name, string Email, bool NameIsUnique);

/// <summary>Records of one kind that hold a person's data, as they are handed out.</summary>
/// <param name="Kind">A file name: <c>contacts</c>, <c>comments</c>.</param>
/// <param name="Rows">The records.</param>
public sealed record PersonalRecords(string Kind, IReadOnlyList<object> Rows);

/// <summary>A module that keeps data about people hands it out and takes it out, inside the caller's transaction.</summary>
public interface IPersonalData
{
    /// <summary>The module's name, the folder in what is handed out.</summary>
    string Module { get; }

    /// <summary>Everything that it keeps about the person.</summary>
    Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct);

    /// <summary>Takes the person out and leaves the books; returns how many records were changed. Past the audit, which must not remember what was erased.</summary>
    Task<int> EraseAsync(DataSubject subject, CancellationToken ct);
}

/// <summary>What stands where a person's data was erased, and short forms to put it there.</summary>
public static class Erasure
{
    /// <summary>The name of whoever is not known any more.</summary>
    public const string Name = "Former person";

    /// <summary>Puts <see cref="Name"/> wherever a column of names holds this person's, if the name means nobody else.</summary>
    public static Task<int> RenameAsync<T>(this DataSubject subject, IQueryable<T> rows, Expression<Func<T, string?>> column, CancellationToken ct) where T : class
    {
        if (!subject.NameIsUnique) return Task.FromResult(0);
        var name = Expression.Constant(subject.Name, typeof(string));
        var same = Expression.Lambda<Func<T, bool>>(Expression.Equal(column.Body, name), column.Parameters);
        return rows.Where(same).ExecuteUpdateAsync(s => s.SetProperty(column, Name), ct);
    }

    /// <summary>
    /// The same for every column of a module that is named as one that holds the name of a person (<c>…ByName</c>, <c>AuthorName</c>, <c>OwnerName</c>),
    /// so that a table added later is not forgotten.
    /// </summary>
    public static async Task<int> RenameInAsync(this DataSubject subject, Db db, Assembly module, CancellationToken ct)
    {
        var rows = 0;
        foreach (var entity in db.Model.GetEntityTypes().Where(e => e.ClrType.Assembly == module && e.FindPrimaryKey() is not null && e.GetTableName() is not null))
            foreach (var column in entity.GetProperties().Where(p => p.ClrType == typeof(string) && HoldsPersonsName(p.Name)))
                rows += await (Task<int>)RenameColumn.MakeGenericMethod(entity.ClrType).Invoke(null, [subject, db, column.Name, ct])!;
        return rows;
    }

    private static bool HoldsPersonsName(string column) => column.EndsWith("ByName", StringComparison.Ordinal) || column is "OpenedBy" or "MediatorName" or "AuthorName" or "OwnerName" or "ActorName" or "StateBy";

    private static readonly MethodInfo RenameColumn = typeof(Erasure).GetMethod(nameof(RenameColumnAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static Task<int> RenameColumnAsync<T>(DataSubject subject, Db db, string column, CancellationToken ct) where T : class =>
        subject.RenameAsync(db.Set<T>(), row => EF.Property<string?>(row, column), ct);
}
