using Trellis.Kernel;

namespace Trellis.Partners.Imports;

internal readonly record struct PartnerImportId(Guid Value) : ITypedId<PartnerImportId>
{
    public static string Prefix => "pimp";
    public static PartnerImportId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PartnerImportId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Where an import of partners stands.</summary>
internal enum PartnerImportState
{
    /// <summary>The file is read; its columns are to be looked at.</summary>
    Uploaded,

    /// <summary>Every row says what it would do.</summary>
    Checked,
    Writing,

    /// <summary>Somebody stopped it half way, or a fault did; what is written stays.</summary>
    Stopped,
    Written,
    TakingBack,

    /// <summary>Taken back, apart from what has been changed or used since.</summary>
    TakenBack,
}

internal enum PartnerImportTrigger
{
    Check,
    Write,
    Stop,
    Finish,
    TakeBack,
}

internal static class PartnerImportLifecycle
{
    public static readonly Machine<PartnerImportState, PartnerImportTrigger> Machine = new("partner_imports",
        (PartnerImportState.Uploaded, PartnerImportTrigger.Check, PartnerImportState.Checked),
        (PartnerImportState.Checked, PartnerImportTrigger.Check, PartnerImportState.Checked),
        (PartnerImportState.Checked, PartnerImportTrigger.Write, PartnerImportState.Writing),
        (PartnerImportState.Writing, PartnerImportTrigger.Stop, PartnerImportState.Stopped),
        (PartnerImportState.Writing, PartnerImportTrigger.Finish, PartnerImportState.Written),
        (PartnerImportState.Stopped, PartnerImportTrigger.Write, PartnerImportState.Writing),
        (PartnerImportState.Stopped, PartnerImportTrigger.TakeBack, PartnerImportState.TakingBack),
        (PartnerImportState.Written, PartnerImportTrigger.TakeBack, PartnerImportState.TakingBack),
        (PartnerImportState.TakingBack, PartnerImportTrigger.Stop, PartnerImportState.Stopped),
        (PartnerImportState.TakingBack, PartnerImportTrigger.Finish, PartnerImportState.TakenBack));
}

/// <summary>What may become of rows that are partners already, and of those that are not.</summary>
internal enum PartnerImportMode
{
    CreateAndUpdate,
    CreateOnly,
    UpdateOnly,
}

/// <summary>One file of partners on its way into Trellis.</summary>
internal sealed class PartnerImport : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public PartnerImportId Id { get; init; }
    public required string FileName { get; init; }

    /// <summary>JSON: the column names.</summary>
    public required string Header { get; init; }

    public int Rows { get; init; }

    /// <summary>JSON: field → column.</summary>
    public string Mapping { get; set; } = "{}";

    public PartnerImportMode Mode { get; set; }

    /// <summary>JSON: what rows say that leave country, kind of company or status out.</summary>
    public string Otherwise { get; set; } = "{}";

    public PartnerImportState State { get; private set; }
    public DateTime StateAt { get; private set; }
    public JobId? Job { get; private set; }
    public int Created { get; set; }
    public int Updated { get; set; }
    public int Unchanged { get; set; }
    public int Refused { get; set; }
    public int Removed { get; set; }
    public int Restored { get; set; }
    public int Kept { get; set; }
    public PersonId StartedBy { get; init; }
    public required string StartedByName { get; init; }
    public DateTime CreatedAt { get; init; }
    public string? TakenBackByName { get; set; }
    public long Version { get; set; }

    public void Enter(PartnerImportState state, DateTime at, JobId? job = null) => (State, StateAt, Job) = (state, at, job ?? Job);
}

/// <summary>What a row does, or has done.</summary>
internal enum PartnerRowOutcome
{
    Waiting,
    Create,
    Update,
    Unchanged,
    Refused,
}

/// <summary>A row of the file.</summary>
internal sealed class PartnerImportRow : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public PartnerImportId ImportId { get; init; }

    /// <summary>As a spreadsheet counts: the header is row 1.</summary>
    public int Number { get; init; }

    /// <summary>JSON: the cells as they stood in the file; gone once the row is written.</summary>
    public string? Cells { get; set; }

    public PartnerRowOutcome Outcome { get; set; }
    public string Title { get; set; } = "";

    /// <summary>Every reason of a refusal, or every change from → to, a line each.</summary>
    public string Text { get; set; } = "";

    /// <summary>The partner that the row changes, or has made.</summary>
    public PartnerId? PartnerId { get; set; }

    /// <summary>Whether it has been written.</summary>
    public bool Written { get; set; }

    /// <summary>JSON: what it replaced.</summary>
    public string? Before { get; set; }

    /// <summary>The partner's version afterwards: another one means that it was changed since.</summary>
    public long VersionAfter { get; set; }

    public bool Undone { get; set; }

    /// <summary>Why it stayed when the import was taken back.</summary>
    public string? KeptBecause { get; set; }
}
