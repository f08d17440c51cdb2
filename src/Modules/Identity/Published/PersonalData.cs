using System.Linq.Expressions;
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

    /// <summary>Columns that hold the name alone of whoever did something: handed out and taken out of themselves, beside what the module does below.</summary>
    NamedColumns Named => NamedColumns.None;

    /// <summary>Everything else that it keeps about the person.</summary>
    Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct);

    /// <summary>Takes the person out of everything else and leaves the books; returns how many records were changed. Past the audit, which must not remember what was erased.</summary>
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
}
