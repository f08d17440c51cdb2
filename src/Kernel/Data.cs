namespace Trellis.Kernel;

/// <summary>A row that belongs to one tenant; its key is (TenantId, Id).</summary>
public interface ITenantOwned
{
    /// <summary>The owner.</summary>
    TenantId TenantId { get; }
}

/// <summary>A row with an optimistic lock, raised by the program on every change.</summary>
public interface IVersioned
{
    /// <summary>1 when new; the ETag of the record.</summary>
    long Version { get; set; }
}

/// <summary>Bookkeeping whose own changes are not audited (audit, outbox, jobs, sessions).</summary>
public interface IUnaudited;

/// <summary>A row for what must be unique in the whole system, keyed by the normalised value.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DirectoryAttribute : Attribute;

/// <summary>A row of this installation alone, without a tenant.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HostLocalAttribute : Attribute;

/// <summary>A published read-only row over another table of the same module.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublishedRowAttribute(string table) : Attribute
{
    /// <summary>The table it reads.</summary>
    public string Table { get; } = table;
}

/// <summary>A value that audit entries and logs must not show.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
