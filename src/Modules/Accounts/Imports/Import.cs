using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>Names an import.</summary>
internal readonly record struct ImportId(Guid Value) : ITypedId<ImportId>
{
    public static string Prefix => "imp";
    public static ImportId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ImportId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Where an import stands.</summary>
internal enum ImportState
{
    /// <summary>The file is here and can be read; its columns are to be looked at.</summary>
    Uploaded,

    /// <summary>The dry run is under way.</summary>
    Checking,

    /// <summary>The dry run has found out what would happen.</summary>
    Checked,

    /// <summary>Rows are being written.</summary>
    Applying,

    /// <summary>Somebody stopped it half way; what was written stays, the rest can follow.</summary>
    Stopped,
    Applied,

    /// <summary>What it has written is being taken back.</summary>
    TakingBack,

    /// <summary>Somebody stopped the taking back half way; the rest can follow.</summary>
    HalfTakenBack,

    /// <summary>Taken back, apart from what has been changed or used since.</summary>
    TakenBack,
}

internal enum ImportTrigger
{
    Map,
    DryRun,
    Report,
    Stop,
    Apply,
    Finish,
    TakeBack,
}

internal static class ImportLifecycle
{
    public static readonly Machine<ImportState, ImportTrigger> Machine = new("imports",
        (ImportState.Uploaded, ImportTrigger.Map, ImportState.Uploaded),
        (ImportState.Checked, ImportTrigger.Map, ImportState.Uploaded),
        (ImportState.Uploaded, ImportTrigger.DryRun, ImportState.Checking),
        (ImportState.Checked, ImportTrigger.DryRun, ImportState.Checking),
        (ImportState.Checking, ImportTrigger.Report, ImportState.Checked),
        (ImportState.Checking, ImportTrigger.Stop, ImportState.Uploaded),
        (ImportState.Checked, ImportTrigger.Apply, ImportState.Applying),
        (ImportState.Applying, ImportTrigger.Stop, ImportState.Stopped),
        (ImportState.Stopped, ImportTrigger.Apply, ImportState.Applying),
        (ImportState.Applying, ImportTrigger.Finish, ImportState.Applied),
        (ImportState.Applied, ImportTrigger.TakeBack, ImportState.TakingBack),
        (ImportState.Stopped, ImportTrigger.TakeBack, ImportState.TakingBack),
        (ImportState.TakingBack, ImportTrigger.Stop, ImportState.HalfTakenBack),
        (ImportState.HalfTakenBack, ImportTrigger.TakeBack, ImportState.TakingBack),
        (ImportState.TakingBack, ImportTrigger.Finish, ImportState.TakenBack),
        (ImportState.TakenBack, ImportTrigger.TakeBack, ImportState.TakingBack));
}

/// <summary>One file on its way into Trellis.</summary>
internal sealed class Import : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public ImportId Id { get; init; }
    public ImportKind Kind { get; private set; }
    public required string FileName { get; init; }
    public FileId File { get; init; }
    public long Bytes { get; init; }
    public TextEncoding Encoding { get; init; }

    /// <summary>One character: comma, semicolon, tab or bar.</summary>
    public required string Delimiter { get; init; }

    /// <summary>JSON: the column names.</summary>
    public required string Header { get; init; }

    /// <summary>A digest of the folded header: a file with the same columns gets the mapping of the last one.</summary>
    public required string HeaderKey { get; init; }

    /// <summary>Rows of data, blank lines not counted.</summary>
    public int Rows { get; init; }

    /// <summary>The sheet that was read, of a workbook.</summary>
    public string? Sheet { get; init; }

    /// <summary>JSON: the names of the workbook's other sheets.</summary>
    public string? OtherSheets { get; init; }

    /// <summary>JSON: field → column.</summary>
    public string Mapping { get; private set; } = "{}";

    public DateOrder Dates { get; private set; }
    public bool DecimalComma { get; private set; }
    public AmountUnit RevenueIn { get; private set; }
    public string Currency { get; private set; } = "";
    public ImportState State { get; private set; }
    public DateTime StateAt { get; private set; }
    public JobId? Job { get; private set; }

    /// <summary>Rows done in the present run: the dry run first, then the writing.</summary>
    public int Done { get; private set; }

    public int Created { get; private set; }
    public int Updated { get; private set; }
    public int Unchanged { get; private set; }
    public int Refused { get; private set; }

    /// <summary>How many of the created, updated and unchanged rows hold a value that was mended.</summary>
    public int Mended { get; private set; }

    /// <summary>How many of the created records were removed when it was taken back.</summary>
    public int Removed { get; private set; }

    /// <summary>How many of the updated records were brought back to what they were.</summary>
    public int Restored { get; private set; }

    /// <summary>How many records stayed as they are, because they were changed or used since.</summary>
    public int Kept { get; private set; }

    public PersonId StartedBy { get; init; }
    public required string StartedByName { get; init; }
    public DateTime CreatedAt { get; init; }

    /// <summary>Who had it taken back.</summary>
    public string? TakenBackByName { get; private set; }

    public long Version { get; set; }

    /// <summary>Records that were taken back so far, or could not be.</summary>
    public int Undone => Removed + Restored + Kept;

    public void TakeBack(DateTime at, JobId job, string by) => (State, StateAt, Job, TakenBackByName) = (ImportState.TakingBack, at, job, by);

    /// <summary>What was kept is looked at once more.</summary>
    public void Recall() => Kept = 0;

    public void Undo(int removed, int restored, int kept) => (Removed, Restored, Kept) = (Removed + removed, Restored + restored, Kept + kept);

    public void Map(ImportKind kind, string mapping, ImportOptions options, string currency)
    {
        (Kind, Mapping, Currency) = (kind, mapping, currency);
        (Dates, DecimalComma, RevenueIn) = (options.Dates, options.DecimalComma, options.RevenueIn);
        ResetCounts();
    }

    public void Enter(ImportState state, DateTime at, JobId? job = null) => (State, StateAt, Job) = (state, at, job ?? Job);

    public void ResetCounts() => (Done, Created, Updated, Unchanged, Refused, Mended) = (0, 0, 0, 0, 0, 0);

    public void Count(RowOutcome outcome, bool mended)
    {
        Done++;
        if (mended && outcome != RowOutcome.Refused) Mended++;
        if (outcome == RowOutcome.Created) Created++;
        else if (outcome == RowOutcome.Updated) Updated++;
        else if (outcome == RowOutcome.Unchanged) Unchanged++;
        else Refused++;
    }
}

/// <summary>What became of a row. Every row of the file has exactly one outcome.</summary>
internal enum RowOutcome
{
    Created,
    Updated,
    Unchanged,
    Refused,
}

/// <summary>A row worth keeping: refused with its reason, or updated with what changed.</summary>
internal sealed class ImportRow : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public ImportId ImportId { get; init; }

    /// <summary>The row as a spreadsheet counts: the header is row 1.</summary>
    public int Number { get; init; }

    public RowOutcome Outcome { get; init; }

    /// <summary>What the record is called in the file.</summary>
    public required string Title { get; init; }

    /// <summary>The reason of the refusal, or the changes from → to.</summary>
    public required string Text { get; init; }

    /// <summary>JSON: the cells of a refused row, as they stood in the file.</summary>
    public string? Cells { get; init; }

    /// <summary>The record that the row has made or changed, where that has to be known by row.</summary>
    public Guid? Record { get; set; }

    /// <summary>JSON: the record as it was before the row changed it.</summary>
    public string? Before { get; set; }

    /// <summary>The record's version when the row was written: another one means that it has been changed since.</summary>
    public long Written { get; set; }

    /// <summary>What became of it when the import was taken back.</summary>
    public UndoOutcome? Undo { get; set; }

    /// <summary>Why it stayed as it is.</summary>
    public string? UndoReason { get; set; }
}

/// <summary>What became of a row's record when the import was taken back. Removed ones are only counted.</summary>
internal enum UndoOutcome
{
    Restored,
    Kept,
}

/// <summary>The records that one batch has made: what has to be removed when the import is taken back.</summary>
internal sealed class ImportBatch : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public ImportId ImportId { get; init; }

    /// <summary>The first row of the batch that made a record.</summary>
    public int Number { get; init; }

    /// <summary>Row number (4 bytes) and record (16 bytes) of each, in base 64: a row in the database for each would double what an import writes.</summary>
    public required string Made { get; init; }

    /// <summary>What is written for many batches together is there: the keys under which accounts are found.</summary>
    public bool Settled { get; set; }

    public bool Undone { get; set; }
}

/// <summary>What was noticed about the values of a file.</summary>
internal enum FindingKind
{
    /// <summary>Understood as a known value; the import uses that one.</summary>
    Mended,

    /// <summary>Not known; kept as written, a person has to say what it means.</summary>
    Unknown,

    /// <summary>A value that one would expect is not there.</summary>
    Missing,

    /// <summary>Two values do not fit together.</summary>
    Doubtful,

    /// <summary>The reason why rows were refused.</summary>
    Refused,
}

internal readonly record struct FindingId(Guid Value) : ITypedId<FindingId>
{
    public static string Prefix => "fnd";
    public static FindingId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out FindingId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>One thing noticed, with the number of rows that show it.</summary>
internal sealed class Finding : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public FindingId Id { get; init; }
    public ImportId ImportId { get; init; }
    public FindingKind Kind { get; init; }
    public required string Field { get; init; }
    public required string Written { get; init; }
    public string? Taken { get; init; }
    public required string Why { get; init; }
    public int FirstRow { get; init; }
    public int Rows { get; set; }
}
