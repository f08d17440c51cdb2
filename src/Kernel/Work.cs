using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>
/// One piece of work by one actor in one tenant: the database, the clock, and what goes into the transaction besides the state itself.
/// </summary>
public sealed class Work(Db db, CurrentActor current, TimeProvider clock, Manifest manifest, Wake wake, Signals signals, ITenantSettings tenants, Rates rates)
{
    private const int Attempts = 4;
    private readonly List<OutboxRow> _events = [];
    private readonly List<Action> _afterwards = [];
    private readonly List<Ask> _along = [];
    private readonly HashSet<string> _watched = [];
    private readonly Dictionary<Type, object> _kept = [];
    private Actor? _keptFor;
    private IWriteTransaction? _transaction;
    private int _saved;
    private bool _spoilt;
    private string _action = "";

    public Db Db => db;

    public Actor Actor => current.Actor;

    public TenantId Tenant => current.Actor.Tenant;

    /// <summary>How the tenant shows itself and counts time.</summary>
    public TenantSettings Settings => tenants.Of(Tenant);

    /// <summary>The present instant, UTC, to the millisecond.</summary>
    public DateTime Now
    {
        get
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
        }
    }

    /// <summary>Today's date in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now);

    /// <summary>A new identifier of the present instant.</summary>
    public T NewId<T>() where T : struct, ITypedId<T> => Ids.New<T>(Now);

    /// <summary>
    /// What the queries of one page keep for each other, so that none asks what another has asked already. Decisions never rest on it: inside a transaction it is empty each time, and nothing
    /// is kept over one.
    /// </summary>
    public T Kept<T>() where T : class, new()
    {
        if (_transaction is not null) return new T();
        if (!ReferenceEquals(_keptFor, Actor)) _kept.Clear();
        _keptFor = Actor;
        if (_kept.TryGetValue(typeof(T), out var kept)) return (T)kept;
        var empty = new T();
        _kept[typeof(T)] = empty;
        return empty;
    }

    /// <summary>Tells every listener, once each, after the transaction has been committed.</summary>
    public void Publish<TEvent>(TEvent happened) where TEvent : IEvent
    {
        foreach (var listener in manifest.ListenersOf(happened)) _events.Add(OutboxRow.For(happened, listener, Tenant, Now));
    }

    /// <summary>Runs <paramref name="then"/> after the commit, and never if there is none: to wake what would look for rows that are not there yet.</summary>
    public void Afterwards(Action then) => _afterwards.Add(then);

    /// <summary>A statement that goes to the database together with what is saved next, behind it and in the same round trip where the engine can.</summary>
    public void Along(Ask statement) => _along.Add(statement);

    /// <summary>Runs one write outside a use case in a short transaction of its own: on an engine with one writer it waits for its turn like all others.</summary>
    public static async Task<int> AloneAsync(Db db, Func<Task<int>> write, CancellationToken ct)
    {
        // A request with an idempotency key has a transaction open around all that it does.
        if (db.Database.CurrentTransaction is not null) return await write();
        await using var transaction = await db.Engine.BeginAsync(db, ct);
        var rows = await write();
        await transaction.CommitAsync(ct);
        return rows;
    }

    /// <summary>
    /// Moves a record along its lifecycle and writes down who moved it and why. <paramref name="by"/> names another hand than the actor's, where
    /// a rule decided.
    /// </summary>
    public Result<TState> Move<TState, TTrigger>(Machine<TState, TTrigger> machine, string subject, TState from, TTrigger on, string? reason = null, Actor? by = null, TState? wanted = null)
        where TState : struct, Enum where TTrigger : struct, Enum
    {
        var next = machine.Next(from, on, wanted);
        if (!next.Ok) return next;
        db.Add(new Transition
        {
            TenantId = Tenant,
            Id = NewId<AuditId>(),
            Machine = machine.Name,
            Subject = subject,
            From = Words.Of(from),
            Trigger = Words.Of(on),
            To = Words.Of(next.Value),
            At = Now,
            ActorKind = (by ?? Actor).Kind,
            ActorName = (by ?? Actor).Name,
            ActorPartner = (by ?? Actor).Partner,
            Reason = reason,
        });
        return next;
    }

    /// <summary>Makes concurrent work on the same key run one after the other, until this transaction ends.</summary>
    public Task LockAsync(string key, CancellationToken ct) => db.Engine.LockAsync(db, $"{Tenant}:{key}", ct);

    /// <summary>The same for several keys at once: one statement, however many there are.</summary>
    public Task LockAsync(IEnumerable<string> keys, CancellationToken ct) => db.Engine.LockAsync(db, [.. keys.Select(k => $"{Tenant}:{k}")], ct);

    /// <summary>Puts an entry into the audit that no tracked change would make, for example an import or a refusal.</summary>
    public void Note(string action, string kind, string subject, object facts) =>
        db.Add(AuditTrail.Entry(Tenant, Actor, action, Now, kind, subject, System.Text.Json.JsonSerializer.Serialize(facts, Json.Options)));

    /// <summary>Says that a record was changed past the tracker: open pages of it are told after the commit.</summary>
    public void Changed(string record) => _watched.Add(Signals.Topic(Tenant, record));

    /// <summary>
    /// Runs <paramref name="body"/> in one transaction. On success state, audit, transitions and outbox rows are saved together; on a problem
    /// nothing is. Work inside work joins the outer transaction. Where two transactions stood in each other's way (a deadlock, a failed serialization) the
    /// body runs again, at most four times: it loads what it needs by itself and leaves nothing outside the database.
    /// </summary>
    public async Task<Result<T>> TransactAsync<T>(string action, Func<Task<Result<T>>> body, CancellationToken ct)
    {
        if (Actor.ViewedBy is not null) return Problem.OnlyLooking();
        _kept.Clear();
        // What is written down is read by people of all languages: it is English, and pages say it again in the reader's own.
        Languages.Speak(Languages.All[0]);
        if (_transaction is not null)
        {
            // What the outer work has changed so far is its own: saved and audited under its name.
            await SaveAsync(ct);
            var (outer, saved, told) = (_action, _saved, _events.Count);
            _action = action;
            var inner = await body();
            if (inner.Ok) await SaveAsync(ct);
            else _spoilt |= _saved != saved || _events.Count != told || _along.Count > 0 || db.ChangeTracker.HasChanges();
            _action = outer;
            return inner;
        }

        for (var attempt = 1; ; attempt++)
        {
            var (result, clashed) = await OnceAsync(action, body, ct);
            if (!clashed) return result;
            if (attempt == Attempts) return new Problem(ProblemKind.Busy, "busy", "Too many people are changing the same thing at this moment. Try again.");
            // Apart by chance, so that the two do not meet again.
            await Task.Delay(RandomNumberGenerator.GetInt32(5, 20 * attempt * attempt), ct);
        }
    }

    // True where another transaction stood in the way: everything is undone and the body may run again.
    private async Task<(Result<T> Result, bool Clashed)> OnceAsync<T>(string action, Func<Task<Result<T>>> body, CancellationToken ct)
    {
        try
        {
            // What fails undoes all of it, so a savepoint before each save would only be two more round trips.
            db.Database.AutoSavepointsEnabled = false;
            await using var transaction = _transaction = await db.Engine.BeginAsync(db, ct);
            _action = action;
            var result = await body();
            if (!result.Ok) return (result, false);
            if (_spoilt) throw new InvalidOperationException($"{action} wants to succeed although a part of it was refused after it had changed something.");
            var published = _events.Count > 0;
            // One statement batch for state, audit, moves and deliveries.
            db.AddRange(_events);
            await SaveAsync(ct);
            await transaction.CommitAsync(ct);
            if (published) wake.Outbox();
            foreach (var topic in _watched) signals.Tell(topic);
            foreach (var then in _afterwards) then();
            return (result, false);
        }
        catch (DbUpdateConcurrencyException)
        {
            return (Problem.Stale(), false);
        }
        catch (Exception exception) when (db.Engine.IsDuplicate(exception))
        {
            return (new Problem(ProblemKind.Conflict, "duplicate", "The same thing has just been entered by somebody else."), false);
        }
        catch (Exception exception) when (db.Engine.IsClash(exception))
        {
            return (default, true);
        }
        finally
        {
            (_transaction, _spoilt) = (null, false);
            _events.Clear();
            _afterwards.Clear();
            _along.Clear();
            _watched.Clear();
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>All rates of the tenant.</summary>
    public Task<RateBook> RatesAsync(CancellationToken ct) => rates.BookAsync(ct);

    /// <summary>Writes down what records are worth that go to the database past the change tracker; all others are valued when they are saved.</summary>
    public async Task ValueAsync(IEnumerable<IValued> records, CancellationToken ct)
    {
        var main = Settings.Currency;
        RateBook? book = null;
        foreach (var record in records) record.ValueBy(record.Worth is { } worth && worth.Currency != main ? book ??= await rates.BookAsync(ct) : RateBook.Empty, main);
    }

    // What a record is worth in reports follows from the record: nobody can forget it.
    private async Task ValueAsync(CancellationToken ct)
    {
        foreach (var entry in db.ChangeTracker.Entries<IValued>())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified)) continue;
            var main = Settings.Currency;
            if (entry.Entity.ValueBy(entry.Entity.Worth is { } worth && worth.Currency != main ? await rates.BookAsync(ct) : RateBook.Empty, main)) entry.DetectChanges();
        }
    }

    /// <summary>Saves what has been changed so far, with its audit, inside the open transaction.</summary>
    public async Task SaveAsync(CancellationToken ct)
    {
        db.ChangeTracker.DetectChanges();
        // What has changed is known now; every further look at the entries would search for it anew.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            await ValueAsync(ct);
            foreach (var entry in db.ChangeTracker.Entries<IVersioned>())
            {
                if (entry.State == EntityState.Added && entry.Entity.Version == 0) entry.Entity.Version = 1;
                if (entry.State == EntityState.Modified) entry.Property(nameof(IVersioned.Version)).CurrentValue = entry.Entity.Version + 1;
            }

            foreach (var entry in db.ChangeTracker.Entries<IWatched>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
            {
                Changed(entry.Entity.Watched);
                if (entry.Entity.WatchedToo is { } other) Changed(other);
            }

            db.AddRange(AuditTrail.Of(db.ChangeTracker, Actor, _action, Now).ToList());
            var changed = db.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
            if (changed.Count + _along.Count == 0) return;
            _saved++;
            Ask[] along = [.. _along];
            _along.Clear();
            if (changed.TrueForAll(e => e.State == EntityState.Added) && await db.Engine.AddAsync(db, changed, along, ct))
            {
                db.ChangeTracker.AcceptAllChanges();
                return;
            }

            await db.SaveChangesAsync(ct);
            if (along.Length > 0) await db.Engine.AskAsync(db, along, ct);
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }
}

/// <summary>Wakes the background loops early; they would find their rows by themselves a little later.</summary>
public sealed class Wake
{
    private readonly SemaphoreSlim _outbox = new(0, 1);
    private readonly SemaphoreSlim _jobs = new(0, 1);

    public void Outbox() => Release(_outbox);

    public void Jobs() => Release(_jobs);

    internal Task OutboxAsync(TimeSpan atMost, CancellationToken ct) => _outbox.WaitAsync(atMost, ct);

    internal Task JobsAsync(TimeSpan atMost, CancellationToken ct) => _jobs.WaitAsync(atMost, ct);

    private static void Release(SemaphoreSlim semaphore)
    {
        try
        {
            if (semaphore.CurrentCount == 0) semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two callers at once: it is awake already.
        }
    }
}
