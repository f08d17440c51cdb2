using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>Names a change of many records.</summary>
public readonly record struct BulkId(Guid Value) : ITypedId<BulkId>
{
    public static string Prefix => "bulk";
    public static BulkId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out BulkId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A change of many records at once: which were chosen stands fixed when it starts.</summary>
public sealed class BulkRun : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public BulkId Id { get; init; }

    /// <summary>The type of record: <c>partners</c>.</summary>
    public required string Record { get; init; }

    /// <summary>What is done: <c>assign_manager</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What is done, in words: “Assign manager: Paula Ferreira”.</summary>
    public required string Title { get; init; }

    public string? Argument { get; init; }

    /// <summary>What was typed besides the choice: tags, territories, the value of a field.</summary>
    public string? Typed { get; init; }

    public string? Reason { get; init; }
    public JobId Job { get; init; }
    public PersonId StartedBy { get; init; }
    public required string StartedByName { get; init; }
    public DateTime StartedAt { get; init; }
    public int Total { get; init; }
}

/// <summary>Where a chosen record stands.</summary>
public enum BulkState
{
    Waiting,
    Changed,
    Refused,
}

/// <summary>One chosen record, with its outcome.</summary>
public sealed class BulkRow : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public BulkId BulkId { get; init; }
    public int Number { get; init; }

    /// <summary>The record's id as text.</summary>
    public required string Subject { get; init; }

    public required string Name { get; init; }
    public BulkState State { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? Problem { get; set; }
}

/// <summary>A record that may be chosen.</summary>
public sealed record BulkItem(string Id, string Name);

/// <summary>A choice of an action.</summary>
public sealed record BulkValue(string Value, string Label);

/// <summary>What is typed besides the choice.</summary>
/// <param name="Label">What the field is called.</param>
/// <param name="Help">How it is written.</param>
/// <param name="Required">Whether nothing can be done without it.</param>
public sealed record BulkTyped(string Label, string Help, bool Required);

/// <summary>Records of one type that can be changed many at once; a module plugs it in.</summary>
public interface IBulkRecords
{
    /// <summary>The type: <c>partners</c>.</summary>
    string Record { get; }

    /// <summary>Several of them: <c>partners</c>.</summary>
    string Plural { get; }

    /// <summary>Their list, without a query.</summary>
    string List { get; }

    /// <summary>What an actor needs to see them.</summary>
    Permission View { get; }

    /// <summary>Those that a list with this query shows, or those with these ids, as the actor may see them; at most <paramref name="most"/>.</summary>
    Task<IReadOnlyList<BulkItem>> FindAsync(IReadOnlyDictionary<string, string?> query, IReadOnlyCollection<string>? ids, int most, CancellationToken ct);
}

/// <summary>Something that can be done to many records: for each one it calls the same use case that a page does for one.</summary>
public interface IBulkAction
{
    /// <summary>The type of record.</summary>
    string Record { get; }

    /// <summary>Its name for programs.</summary>
    string Code { get; }

    /// <summary>A verb and its object: <c>Assign a manager</c>.</summary>
    string Label { get; }

    Permission Permission { get; }

    /// <summary>Whether a reason is asked for.</summary>
    bool HasReason => false;

    /// <summary>What can be chosen.</summary>
    Task<IReadOnlyList<BulkValue>> ChoicesAsync(CancellationToken ct);

    /// <summary>What is typed besides; null where the choice says all.</summary>
    BulkTyped? Typed => null;

    /// <summary>Looks at what was told before anything begins: what no record could take is refused at once.</summary>
    Task<Problem?> CheckAsync(string argument, string? typed, string? reason, CancellationToken ct) => Task.FromResult<Problem?>(null);

    /// <summary>Does it to one record, inside a transaction of its own.</summary>
    Task<Problem?> RunAsync(string subject, string argument, string? reason, CancellationToken ct);

    /// <summary>Does it to one record with what was typed.</summary>
    Task<Problem?> RunAsync(string subject, string argument, string? typed, string? reason, CancellationToken ct) => RunAsync(subject, argument, reason, ct);
}

internal static class BulkTables
{
    public static void Map(ModelBuilder model)
    {
        var run = model.Owned<BulkRun>("kernel_bulk", r => new { r.TenantId, r.Id });
        run.HasIndex(r => new { r.TenantId, r.StartedBy, r.Id });
        run.Property(r => r.Typed).HasMaxLength(FieldRules.LongestText);
        var row = model.Owned<BulkRow>("kernel_bulk_row", r => new { r.TenantId, r.BulkId, r.Number });
        row.HasIndex(r => new { r.TenantId, r.BulkId, r.State, r.Number });
        row.Property(r => r.Problem).HasMaxLength(500);
    }
}
