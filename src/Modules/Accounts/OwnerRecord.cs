using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>The owner of a tracked record: the name and the person are two columns and one field, so they are always written together.</summary>
internal static class OwnerRecord
{
    public const string Name = nameof(Account.OwnerName);
    private const string Person = nameof(Account.OwnerId);

    public static bool Is(string column) => column is Name or Person;

    public static bool IsIn(EntityEntry entry) => entry.Metadata.FindProperty(Name) is not null;

    /// <summary>Where another name is written, the person is written with it, even if none stood there when the record was read: the job that gives names their persons makes no new version.</summary>
    public static void Join(EntityEntry entry)
    {
        if (IsIn(entry) && !Equals(entry.Property(Name).OriginalValue, entry.Property(Name).CurrentValue)) entry.Property(Person).IsModified = true;
    }

    /// <summary>The owner of before. A snapshot from before the person was a column knows the name alone: another name is then nobody's, until the job finds whose it is.</summary>
    public static void Put(EntityEntry entry, IReadOnlyDictionary<string, JsonElement> before)
    {
        if (!before.TryGetValue(Name, out var name)) return;
        var written = name.Deserialize<string?>(Json.Options);
        if (before.TryGetValue(Person, out var person)) entry.Property(Person).CurrentValue = person.Deserialize<PersonId?>(Json.Options);
        else if (written != (string?)entry.Property(Name).CurrentValue) entry.Property(Person).CurrentValue = null;
        entry.Property(Name).CurrentValue = written;
        Join(entry);
    }

    /// <summary>Puts the owner of before where the one that the change has written still stands; false where somebody has written a third since.</summary>
    public static bool Return(EntityEntry entry, IReadOnlyDictionary<string, JsonElement> before, IReadOnlyDictionary<string, JsonElement> after)
    {
        var now = (Name: (string?)entry.Property(Name).CurrentValue, Person: (PersonId?)entry.Property(Person).CurrentValue);
        var (old, written) = (Of(before, before), Of(after, before));
        // A person whom only the job has found for the name is no change.
        if (now.Name == written.Name && (now.Person == written.Person || written.Person is null)) Put(entry, before);
        else return now.Name == old.Name;
        return true;
    }

    private static (string? Name, PersonId? Person) Of(IReadOnlyDictionary<string, JsonElement> values, IReadOnlyDictionary<string, JsonElement> otherwise) =>
        (Value<string?>(values, otherwise, Name), Value<PersonId?>(values, otherwise, Person));

    private static T? Value<T>(IReadOnlyDictionary<string, JsonElement> values, IReadOnlyDictionary<string, JsonElement> otherwise, string column) =>
        values.TryGetValue(column, out var value) || otherwise.TryGetValue(column, out value) ? value.Deserialize<T>(Json.Options) : default;
}
