using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>How the rows of one file are to be read.</summary>
internal sealed record ImportPlan(ImportKind Kind, Dictionary<string, int> Mapping, int Width, ImportOptions Options, string Currency)
{
    /// <summary>The name of the file.</summary>
    public string? Source { get; init; }

    /// <summary>The custom fields that have a column.</summary>
    public IReadOnlyList<CustomField> Own { get; init; } = [];

    /// <summary>The custom fields without which no record is made.</summary>
    public IReadOnlyList<CustomField> Required { get; init; } = [];
}

/// <summary>Takes a file in batches. The dry run and the writing are the same walk; only the last step of a batch differs.</summary>
internal abstract class Importer : IAsyncDisposable
{
    /// <summary>Reads what an earlier run has done already, so that doubled rows are still recognised.</summary>
    public abstract void Skip(RowReading row);

    /// <summary>Understands rows by themselves. It touches no database, so it runs while the rows before are written.</summary>
    public abstract void Understand(IReadOnlyList<RowReading> rows);

    /// <summary>Decides what becomes of each row that was understood, and writes it where <paramref name="apply"/> says so.</summary>
    public abstract Task TakeAsync(IReadOnlyList<RowReading> rows, Tally tally, bool apply, CancellationToken ct);

    /// <summary>The rows that were taken last are committed: what is written for many batches together may go on.</summary>
    public virtual Task CommittedAsync(ImportId import, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Learns what a run that was killed has left to write for many batches together.</summary>
    public virtual Task RecallAsync(ImportId import, CancellationToken ct) => Task.CompletedTask;

    /// <summary>What is written for many batches together, in transactions of its own, is there when it returns.</summary>
    public virtual Task SettleAsync(ImportId import, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Nothing is read or written any more when it returns.</summary>
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What can only be found out when all rows are there.</summary>
    public virtual Task FinishAsync(Tally tally, bool apply, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>The walk that all kinds share.</summary>
/// <typeparam name="TLine">A row as it was understood.</typeparam>
/// <typeparam name="TEntity">The record that it makes or changes.</typeparam>
internal abstract class Importer<TLine, TEntity>(Work work, ImportPlan plan) : Importer where TLine : class where TEntity : class, IVersioned
{
    private readonly Dictionary<ulong, int> _seen = [];

    protected Work Work => work;

    protected ImportPlan Plan => plan;

    /// <summary>Custom fields, where such records have some and the file fills them.</summary>
    protected virtual OwnFields? Own => null;

    /// <summary>Understands a row by itself; refuses it through the row.</summary>
    protected abstract TLine Read(RowReading row);

    /// <summary>What must be unique in the file.</summary>
    protected abstract string KeyOf(TLine line);

    protected abstract string TitleOf(TLine line);

    /// <summary>A row that is the first of its key; rows come in their order.</summary>
    protected virtual void Met(TLine line, int row)
    {
    }

    /// <summary>Finds what the lines refer to.</summary>
    protected virtual Task ResolveAsync(IReadOnlyList<(RowReading Row, TLine Line)> lines, CancellationToken ct) => Task.CompletedTask;

    /// <summary>The records that are there already, one or none for each line, tracked where they are to be changed.</summary>
    protected abstract Task<TEntity?[]> LoadAsync(IReadOnlyList<(RowReading Row, TLine Line)> lines, bool tracked, CancellationToken ct);

    protected abstract TEntity Create(TLine line);

    /// <summary>The record's identifier, so that the import can be taken back.</summary>
    protected abstract Guid IdOf(TEntity entity);

    protected abstract void Change(TEntity entity, TLine line, Changes changes);

    /// <summary>Writes new records, and whatever goes with new and changed ones.</summary>
    protected abstract Task WriteAsync(IReadOnlyList<TEntity> created, IReadOnlyList<TEntity> changed, CancellationToken ct);

    public override void Skip(RowReading row)
    {
        row.CheckShape();
        var line = row.Refusal is null ? Read(row) : null;
        if (row.Refusal is null) Own?.Read(row);
        if (row.Refusal is null && _seen.TryAdd(Hash(KeyOf(line!)), row.Number)) Met(line!, row.Number);
    }

    public override void Understand(IReadOnlyList<RowReading> rows)
    {
        foreach (var row in rows) row.Line = Understand(row);
    }

    public override async Task TakeAsync(IReadOnlyList<RowReading> rows, Tally tally, bool apply, CancellationToken ct)
    {
        var lines = new List<(RowReading Row, TLine Line)>(rows.Count);
        foreach (var row in rows)
        {
            if (row.Line is TLine line) lines.Add((row, line));
            else tally.Add(row, RowOutcome.Refused, "", row.Refusal!);
        }

        await ResolveAsync(lines, ct);
        var existing = await LoadAsync(lines, tracked: false, ct);
        if (Own is not null) await Own.LoadAsync([.. existing.OfType<TEntity>().Select(IdOf)], ct);
        var (created, changed, changes) = (new List<TEntity>(), new List<(RowReading Row, TLine Line)>(), new Changes());
        for (var i = 0; i < lines.Count; i++)
        {
            var (row, line) = lines[i];
            if (existing[i] is null) Complete(row);
            if (row.Refusal is { } refusal)
            {
                tally.Add(row, RowOutcome.Refused, TitleOf(line), refusal);
            }
            else if (existing[i] is not { } entity)
            {
                created.Add(Create(line));
                if (apply)
                {
                    tally.Made(row.Number, IdOf(created[^1]));
                    Own?.Add(row, IdOf(created[^1]));
                }

                tally.Add(row, RowOutcome.Created, TitleOf(line), "");
            }
            else
            {
                Change(entity, line, changes);
                Own?.Compare(row, IdOf(entity), changes);
                tally.Add(row, changes.Count == 0 ? RowOutcome.Unchanged : RowOutcome.Updated, TitleOf(line), changes.ToString());
                if (changes.Count == 0) continue;
                changed.Add((row, line));
                changes = new Changes();
            }
        }

        if (!apply) return;
        await WriteAsync(created, await ChangeAsync(changed, tally, ct), ct);
        if (Own is not null) await Own.WriteAsync(ct);
    }

    // A record that is there already keeps what it has; one that is made has what it must have.
    private void Complete(RowReading row)
    {
        foreach (var field in plan.Required)
            if (row.Own.All(o => o.Field.Id != field.Id || o.Texts.Count == 0)) row.Refuse(OwnColumns.CodeOf(field), "", $"{field.Label} is needed: a new record cannot be without it.");
    }

    // Most rows of most files say what is known: only those that do not are tracked, so that each change is in the audit.
    private async Task<List<TEntity>> ChangeAsync(List<(RowReading Row, TLine Line)> lines, Tally tally, CancellationToken ct)
    {
        if (lines.Count == 0) return [];
        var entities = (await LoadAsync(lines, tracked: true, ct)).Select(e => e!).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            // Saved once, with the batch: the next version is the one that this row has written.
            var replaced = Own?.Replace(lines[i].Row, IdOf(entities[i])) ?? [];
            var before = Snapshot.Values(Work.Db, entities[i], replaced);
            Change(entities[i], lines[i].Line, new Changes());
            OwnerRecord.Join(Work.Db.Entry(entities[i]));
            tally.Changed(lines[i].Row.Number, IdOf(entities[i]), Snapshot.OfChange(Work.Db, before, entities[i]), entities[i].Version + 1);
            // Where a custom field is all that changes, the record has a new version even so.
            if (replaced.Length > 0) Work.Db.Entry(entities[i]).Property(e => e.Version).IsModified = true;
        }

        return entities;
    }

    private TLine? Understand(RowReading row)
    {
        row.CheckShape();
        if (row.Refusal is not null) return null;
        var line = Read(row);
        Own?.Read(row);
        if (row.Refusal is not null) return null;
        if (_seen.TryAdd(Hash(KeyOf(line)), row.Number))
        {
            Met(line, row.Number);
            return line;
        }

        row.Refuse("row", KeyOf(line), "The same record stands in an earlier row of this file.");
        return null;
    }

    // FNV-1a over 64 bits: a million rows collide with a chance of 1 in 30 million, and cost 16 MB instead of their text.
    protected static ulong Hash(string key)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in key) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }
}
