using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>Gathers what becomes of the rows of a batch and stores it in the batch's own transaction, so that the counts are always right.</summary>
internal sealed class Tally(Work work, ImportId import)
{
    // More different values are counted together: the list is for people.
    private const int MostFindings = 2000;

    private readonly List<(RowOutcome Outcome, bool Mended)> _outcomes = [];
    private readonly List<ImportRow> _rows = [];
    private readonly Dictionary<Note, (int First, int Rows)> _notes = [];
    private readonly List<(int Row, Guid Record)> _made = [];
    private readonly Dictionary<int, (Guid Record, string Before, long Written)> _changed = [];

    public void Add(RowReading row, RowOutcome outcome, string title, string text)
    {
        var mended = false;
        foreach (var note in row.Notes)
        {
            mended |= note.Kind == FindingKind.Mended;
            if (outcome != RowOutcome.Refused) Note(note, row.Number);
        }

        _outcomes.Add((outcome, mended));
        foreach (var (field, value, reason) in row.Faults) Note(new Note(FindingKind.Refused, field, value, null, reason), row.Number);
        if (outcome is not (RowOutcome.Refused or RowOutcome.Updated)) return;
        _rows.Add(new ImportRow
        {
            TenantId = work.Tenant,
            ImportId = import,
            Number = row.Number,
            Outcome = outcome,
            Title = title.Length > 200 ? title[..200] : title,
            Text = text.Length > 3900 ? text[..3900] + "…" : text,
            Cells = outcome == RowOutcome.Refused ? JsonSerializer.Serialize(row.Cells.Select(Storable), Json.Options) : null,
        });
    }

    /// <summary>A row made this record.</summary>
    public void Made(int row, Guid record) => _made.Add((row, record));

    /// <summary>A row changed this record, which was so before and has this version afterwards.</summary>
    public void Changed(int row, Guid record, string before, long written) => _changed[row] = (record, before, written);

    /// <summary>Something that no single row shows.</summary>
    public void Note(Note note, int row)
    {
        var (first, rows) = _notes.GetValueOrDefault(note, (row, 0));
        _notes[note] = (first, rows + 1);
    }

    /// <summary>Writes the batch's counts, rows and findings; call it inside the transaction.</summary>
    public async Task StoreAsync(Import tracked, CancellationToken ct)
    {
        foreach (var (outcome, mended) in _outcomes) tracked.Count(outcome, mended);
        foreach (var row in _rows)
        {
            if (_changed.TryGetValue(row.Number, out var changed)) (row.Record, row.Before, row.Written) = changed;
        }

        foreach (var some in _made.Chunk(MadeRecords.Most)) work.Db.Add(new ImportBatch { TenantId = work.Tenant, ImportId = import, Number = some[0].Row, Made = MadeRecords.Write(some) });
        if (_rows.Count > 0) await work.Db.Engine.InsertAsync(work.Db, _rows, ct);
        if (_notes.Count > 0) await StoreNotesAsync(ct);
        _outcomes.Clear();
        _rows.Clear();
        _notes.Clear();
        _made.Clear();
        _changed.Clear();
    }

    private async Task StoreNotesAsync(CancellationToken ct)
    {
        var stored = (await work.Db.Set<Finding>().Where(f => f.ImportId == import).ToListAsync(ct))
            .ToDictionary(f => new Note(f.Kind, f.Field, f.Written, f.Taken, f.Why));
        foreach (var (full, (first, rows)) in _notes)
        {
            var note = full with { Written = Cut(full.Written), Taken = full.Taken is null ? null : Cut(full.Taken), Why = Cut(full.Why) };
            if (!stored.ContainsKey(note) && stored.Count >= MostFindings) note = note with { Written = "other values", Taken = null, Why = note.Kind == FindingKind.Refused ? "other reasons" : note.Why };
            if (stored.TryGetValue(note, out var finding))
            {
                finding.Rows += rows;
                continue;
            }

            finding = new Finding
            {
                TenantId = work.Tenant,
                Id = work.NewId<FindingId>(),
                ImportId = import,
                Kind = note.Kind,
                Field = note.Field,
                Written = note.Written,
                Taken = note.Taken,
                Why = note.Why,
                FirstRow = first,
                Rows = rows,
            };
            stored[note] = finding;
            work.Db.Add(finding);
        }
    }

    private static string Cut(string text) => text.Length > 300 ? text[..300] : text;

    // The file of refused rows gives back what stood there, as far as a database can hold it.
    private static string Storable(string cell) =>
        Text.IsClean(cell) ? cell : string.Concat(cell.EnumerateRunes().Where(r => r.Value >= 32 || r.Value is 9 or 10 or 13).Select(r => r.ToString()));
}
