using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Trellis.Kernel;

/// <summary>What differs between the engines: SQLite in the process, PostgreSQL beside it. Nothing else in Trellis asks which one runs.</summary>
public abstract class Engine
{
    /// <summary>For people: name and version.</summary>
    public abstract string Name { get; }

    /// <summary>Whether times are stored as microseconds since 1970.</summary>
    public abstract bool StoresTimeAsNumber { get; }

    /// <summary>Whether identifiers are stored as 16 bytes, most significant first.</summary>
    public abstract bool StoresIdAsBytes { get; }

    /// <summary>Gives a text column the binary collation, so that order and comparison agree on every engine.</summary>
    public abstract void ConfigureText(IMutableProperty property);

    /// <summary>Begins a transaction that may write; on an engine with one writer it waits for its turn.</summary>
    public abstract Task<IWriteTransaction> BeginAsync(Db db, CancellationToken ct);

    /// <summary>
    /// Makes concurrent transactions that name one of the same keys run one after the other, until this transaction ends. Several keys are taken in one statement and always in
    /// one order, so that two transactions with some keys in common cannot wait for each other in a circle.
    /// </summary>
    public abstract Task LockAsync(Db db, IReadOnlyCollection<string> keys, CancellationToken ct);

    /// <summary>The same for one key.</summary>
    public Task LockAsync(Db db, string key, CancellationToken ct) => LockAsync(db, [key], ct);

    /// <summary>Whether an exception says that a unique index refused a row, whichever way it was written.</summary>
    public abstract bool IsDuplicate(Exception exception);

    /// <summary>Whether an exception says that two transactions stood in each other's way, so that the same work done again may well succeed.</summary>
    public abstract bool IsClash(Exception exception);

    /// <summary>Brings up to date what the planner of queries knows about the tables, where the engine does not do it by itself.</summary>
    public abstract Task AnalyseAsync(Db db, CancellationToken ct);

    /// <summary>Makes the indexes for search that are missing; safe to repeat. Returns how many were made.</summary>
    public abstract Task<int> PrepareSearchAsync(Db db, CancellationToken ct);

    /// <summary>Fills the indexes for search anew from the tables.</summary>
    public abstract Task RebuildSearchAsync(Db db, CancellationToken ct);

    /// <summary>Narrows rows to candidates for all of the words, by an index; whoever asks still states the condition itself.</summary>
    public abstract IQueryable<T> Search<T>(Db db, IQueryable<T> rows, IReadOnlyList<string> words) where T : class;

    /// <summary>Asks narrow look-ups in their order: in one round trip where the database is beside the program.</summary>
    public abstract Task AskAsync(Db db, IReadOnlyList<Ask> asks, CancellationToken ct);

    /// <summary>
    /// Asks one narrow look-up on a connection of its own: past every transaction, and past the model, which is still being built when the first page of a start is asked for. A database
    /// that is not there is not made. It answers in this thread, so it is for what is asked in the middle of other work, and seldom.
    /// </summary>
    public abstract void Look(Ask ask);

    /// <summary>The statement that takes these keys as <see cref="LockAsync(Db, IReadOnlyCollection{string}, CancellationToken)"/> does, or null where a transaction holds all keys anyway.</summary>
    public abstract Ask? LockStatement(IReadOnlyCollection<string> keys);

    /// <summary>The condition that a column holds one of these identifiers, with its values, of which the first has the number <paramref name="first"/>.</summary>
    public abstract (string Condition, object?[] Values) OneOf(string column, int first, IReadOnlyList<Guid> ids);

    /// <summary>
    /// A query for (key, <paramref name="column"/>) with at most <paramref name="most"/> rows of each key, the first by that column: a common key does not crowd out the rare ones. The
    /// tenant is <c>$1</c>, the values begin at <paramref name="first"/>; the table has an index that begins with tenant, key and that column.
    /// </summary>
    public abstract (string Sql, object?[] Values) FewOfEach(string table, string column, int first, IReadOnlyList<string> keys, int most);

    /// <summary>The condition that a column says yes.</summary>
    public string Yes(string column) => StoresTimeAsNumber ? $"{column} = 1" : column;

    /// <summary>A value of the program as the engine stores it.</summary>
    public object? Stored(object? value) => value switch
    {
        null => null,
        ITypedId id => StoresIdAsBytes ? id.Value.ToByteArray(bigEndian: true) : id.Value,
        DateTime at => StoresTimeAsNumber ? (at.Ticks - DateTime.UnixEpoch.Ticks) / 10 : at,
        _ => value,
    };

    /// <summary>
    /// Writes entries that all are new, of whatever tables, and <paramref name="along"/> behind them, inside the open transaction, and leaves it to the caller to accept them. False where
    /// that is left to the machinery for changes: because the engine gains nothing, or because one of the tables is not as plain; then nothing was written.
    /// </summary>
    public virtual Task<bool> AddAsync(Db db, IReadOnlyList<EntityEntry> entries, IReadOnlyList<Ask> along, CancellationToken ct) => Task.FromResult(false);

    /// <summary>The statement that adds one row (tenant, key, <paramref name="column"/>) for each key. The tenant is <c>$1</c>, the value of the column <c>$2</c>.</summary>
    public abstract (string Sql, object?[] Values) KeysOf(string table, string column, IReadOnlyList<string> keys);

    /// <summary>How many deliveries one transaction takes together: on an engine with one writer everybody else waits meanwhile.</summary>
    public virtual int DeliveriesTogether => 16;

    /// <summary>Whether two transactions may write at the same time.</summary>
    public abstract bool WritesSideBySide { get; }

    /// <summary>Writes many new rows quickly, inside the current transaction if there is one, past audit and change tracking.</summary>
    public abstract Task InsertAsync<T>(Db db, IEnumerable<T> rows, CancellationToken ct) where T : class;

    /// <summary>The same for rows without nulls of which some may be there: those stay as they are.</summary>
    public abstract Task InsertMissingAsync<T>(Db db, IReadOnlyCollection<T> rows, CancellationToken ct) where T : class;
}

/// <summary>An open transaction that may write.</summary>
public interface IWriteTransaction : IAsyncDisposable
{
    /// <summary>Makes it last. Disposing without this undoes everything.</summary>
    Task CommitAsync(CancellationToken ct);
}

/// <summary>The database cannot take the work on at this moment; nothing was changed, and a later try may well succeed.</summary>
public sealed class EngineBusyException(string message) : Exception(message);
