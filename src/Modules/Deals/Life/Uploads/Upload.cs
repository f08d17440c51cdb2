using System.Text.Json;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Uploads;

/// <summary>Names an uploaded table of registrations.</summary>
internal readonly record struct UploadId(Guid Value) : ITypedId<UploadId>
{
    public static string Prefix => "dup";
    public static UploadId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out UploadId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum UploadState
{
    /// <summary>Read and checked; nothing is registered yet.</summary>
    Checked,
    Running,
    Done,

    /// <summary>Read; somebody must say what stands in which column.</summary>
    Columns,
}

internal enum UploadRowState
{
    /// <summary>Fits; waits to be registered.</summary>
    Ready,

    /// <summary>Does not fit, or was not accepted; the message says why.</summary>
    Refused,

    /// <summary>Went through the same registration as one by hand.</summary>
    Registered,

    /// <summary>Not looked at before the columns are known.</summary>
    Unread,
}

/// <summary>A table of registrations that a partner uploads.</summary>
internal sealed class Upload : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public UploadId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public PersonId PersonId { get; init; }
    public string PersonName { get; init; } = "";
    public string Currency { get; init; } = "";
    public string FileName { get; init; } = "";

    /// <summary>The header as JSON.</summary>
    public string Header { get; init; } = "[]";

    /// <summary>Field → column as JSON, by the headings or by a person.</summary>
    public string Mapping { get; set; } = "{}";

    /// <summary>Whether a person has said what stands where: the next file with the same headings is read in the same way.</summary>
    public bool MappedByHand { get; set; }

    public UploadState State { get; set; }
    public JobId? JobId { get; set; }
    public DateTime At { get; init; }
    public DateTime? FinishedAt { get; set; }
    public long Version { get; set; }

    public IReadOnlyList<string> Columns => JsonSerializer.Deserialize<string[]>(Header, Json.Options) ?? [];

    public IReadOnlyDictionary<string, int> Fields => JsonSerializer.Deserialize<Dictionary<string, int>>(Mapping, Json.Options) ?? [];
}

/// <summary>One row of it, with what became of it.</summary>
internal sealed class UploadRow : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public UploadId UploadId { get; init; }

    /// <summary>The row as a spreadsheet counts.</summary>
    public int Number { get; init; }

    /// <summary>The cells as JSON.</summary>
    public string Cells { get; init; } = "[]";

    public string Customer { get; set; } = "";
    public UploadRowState State { get; set; }
    public string? Message { get; set; }
    public DealId? DealId { get; set; }

    public IReadOnlyList<string> Values => JsonSerializer.Deserialize<string[]>(Cells, Json.Options) ?? [];
}
