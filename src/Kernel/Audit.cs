using System.Collections.Concurrent;
using System.Reflection;
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
    private static readonly ConcurrentDictionary<IProperty, bool> Secrets = [];

    public static IEnumerable<AuditEntry> Of(ChangeTracker tracker, Actor actor, string action, DateTime at)
    {
        foreach (var entry in tracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            if (entry.Entity is IUnaudited or not ITenantOwned) continue;
            var changes = Changes(entry);
            if (changes.Count == 0) continue;
            var (kind, subject) = Subject(entry);
            yield return Entry(((ITenantOwned)entry.Entity).TenantId, actor, action, at, kind, subject, JsonSerializer.Serialize(changes, Json.Options));
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

    private static Dictionary<string, object?[]> Changes(EntityEntry entry)
    {
        var changes = new Dictionary<string, object?[]>();
        foreach (var property in entry.Properties)
        {
            if (property.Metadata.Name is "TenantId" or nameof(IVersioned.Version) or "SearchText" || property.Metadata.IsShadowProperty()) continue;
            var from = entry.State == EntityState.Added ? null : property.OriginalValue;
            var to = entry.State == EntityState.Deleted ? null : property.CurrentValue;
            if (Equals(from, to)) continue;
            changes[property.Metadata.Name] = IsSecret(property.Metadata) ? ["•", "•"] : [Text(from), Text(to)];
        }

        return changes;
    }

    private static bool IsSecret(IProperty property) =>
        Secrets.GetOrAdd(property, p => p.PropertyInfo?.GetCustomAttribute<SecretAttribute>() is not null);

    private static object? Text(object? value) => value is string { Length: > 400 } text ? text[..400] + "…" : value;

    private static (string Kind, string Subject) Subject(EntityEntry entry)
    {
        var keys = entry.Metadata.FindPrimaryKey()!.Properties.Where(p => p.Name != "TenantId").ToList();
        var subject = string.Join(" ", keys.Select(p => KeyText(entry, p)));
        return (entry.Metadata.GetTableName() ?? entry.Metadata.ShortName(), subject);
    }

    private static string KeyText(EntityEntry entry, IProperty property) => entry.Property(property.Name).CurrentValue?.ToString() ?? "";
}
