using System.Buffers;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Trellis.Kernel;

/// <summary>Names an entry of the audit.</summary>
public readonly record struct AuditId(Guid Value) : ITypedId<AuditId>
{
    public static string Prefix => "aud";
    public static AuditId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out AuditId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>One change: who did what to which record, from what to what. Never changed, never deleted.</summary>
public sealed class AuditEntry : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public AuditId Id { get; init; }
    public DateTime At { get; init; }
    public ActorKind ActorKind { get; init; }
    public PersonId ActorPerson { get; init; }
    public required string ActorName { get; init; }
    public PartnerId? ActorPartner { get; init; }

    /// <summary>The use case, or what was refused.</summary>
    public required string Action { get; init; }

    /// <summary>The kind of record: the prefix of its id.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>The record's id as text.</summary>
    public required string Subject { get; init; }

    /// <summary>JSON: field → [from, to].</summary>
    public required string Changes { get; init; }
}

/// <summary>One move of a lifecycle: the history that pages show.</summary>
public sealed class Transition : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public AuditId Id { get; init; }

    /// <summary>The lifecycle's name.</summary>
    public required string Machine { get; init; }

    /// <summary>The record's id as text.</summary>
    public required string Subject { get; init; }

    public required string From { get; init; }
    public required string Trigger { get; init; }
    public required string To { get; init; }
    public DateTime At { get; init; }
    public ActorKind ActorKind { get; init; }
    public required string ActorName { get; init; }
    public PartnerId? ActorPartner { get; init; }

    /// <summary>The reason in words, shown to both sides.</summary>
    public string? Reason { get; init; }
}

/// <summary>Turns the tracked changes of one save into audit entries.</summary>
internal static class AuditTrail
{
    private static readonly ConcurrentDictionary<IEntityType, Shape> Shapes = [];

    public static IEnumerable<AuditEntry> Of(ChangeTracker tracker, Actor actor, string action, DateTime at)
    {
        foreach (var entry in tracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            if (entry.Entity is IUnaudited or not ITenantOwned) continue;
            var shape = Shapes.GetOrAdd(entry.Metadata, type => Shape.Of(type));
            if (Changes(entry, shape) is not { } changes) continue;
            yield return Entry(((ITenantOwned)entry.Entity).TenantId, actor, action, at, shape.Kind, Subject(entry, shape), changes);
        }
    }

    public static AuditEntry Entry(TenantId tenant, Actor actor, string action, DateTime at, string kind, string subject, string changes) => new()
    {
        TenantId = tenant,
        Id = Ids.New<AuditId>(at),
        At = at,
        ActorKind = actor.Kind,
        ActorPerson = actor.Person,
        ActorName = actor.Name,
        ActorPartner = actor.Partner,
        Action = action,
        SubjectKind = kind,
        Subject = subject,
        Changes = changes,
    };

    // JSON as the serializer would write it, without a dictionary and a wrapper for each property of each new row.
    private static string? Changes(EntityEntry entry, Shape shape)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        var (any, before) = (false, entry.State == EntityState.Added ? null : entry.OriginalValues);
        json.WriteStartObject();
        foreach (var column in shape.Columns)
        {
            var from = before?[column.Property];
            var to = entry.State == EntityState.Deleted ? null : column.Of(entry.Entity);
            if (Equals(from, to)) continue;
            any = true;
            json.WriteStartArray(column.Property.Name);
            Write(json, column.Secret ? "•" : from);
            Write(json, column.Secret ? "•" : to);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return any ? Encoding.UTF8.GetString(buffer.WrittenSpan) : null;
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string { Length: > 400 } text:
                json.WriteStringValue(text[..400] + "…");
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            default:
                JsonSerializer.Serialize(json, value, value.GetType(), Json.Options);
                break;
        }
    }

    private static string Subject(EntityEntry entry, Shape shape) => string.Join(" ", shape.Keys.Select(k => k.Of(entry.Entity)?.ToString() ?? ""));

    private sealed record Column(IProperty Property, bool Secret)
    {
        public object? Of(object entity) => Property.GetGetter().GetClrValue(entity);
    }

    // What is the same for all rows of a table.
    private sealed record Shape(string Kind, Column[] Columns, Column[] Keys)
    {
        public static Shape Of(IEntityType type)
        {
            var told = type.GetProperties().Where(p => !p.IsShadowProperty() && p.Name is not ("TenantId" or nameof(IVersioned.Version) or "SearchText"));
            return new Shape(type.GetTableName() ?? type.ShortName(), [.. told.Select(p => new Column(p, p.PropertyInfo?.GetCustomAttribute<SecretAttribute>() is not null))],
                [.. type.FindPrimaryKey()!.Properties.Where(p => p.Name != "TenantId").Select(p => new Column(p, false))]);
        }
    }
}
