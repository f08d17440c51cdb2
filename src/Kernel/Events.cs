using System.Reflection;
using System.Text.Json;

namespace Trellis.Kernel;

/// <summary>Something that happened: a small public record in the past tense.</summary>
public interface IEvent;

/// <summary>The name under which an event travels; it carries a version and never changes.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class WireNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Hears an event, in its own transaction, exactly once as far as the database is concerned.</summary>
public interface IHear<in TEvent> where TEvent : IEvent
{
    Task HearAsync(TEvent happened, CancellationToken ct);
}

/// <summary>
/// Hears several events of one kind at once, where they have come together, in one transaction. An event that comes alone is heard alone: both must do the same.
/// </summary>
public interface IHearMany<TEvent> : IHear<TEvent> where TEvent : IEvent
{
    Task HearAsync(IReadOnlyList<TEvent> happened, CancellationToken ct);
}

/// <summary>Names a delivery.</summary>
public readonly record struct DeliveryId(Guid Value) : ITypedId<DeliveryId>
{
    public static string Prefix => "dlv";
    public static DeliveryId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out DeliveryId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>Waits for its turn or its next attempt.</summary>
    Waiting,

    /// <summary>Its listener has finished.</summary>
    Delivered,

    /// <summary>Failed too often; a person must look.</summary>
    Parked,

    /// <summary>A person has decided that it shall not be delivered any more.</summary>
    Discarded,
}

/// <summary>One event for one listener, written in the transaction in which the event happened.</summary>
public sealed class OutboxRow : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DeliveryId Id { get; init; }
    public required string Event { get; init; }
    public required string Listener { get; init; }
    public required string Payload { get; init; }
    public DeliveryState State { get; set; }
    public int Attempts { get; set; }
    public DateTime NextAttemptAt { get; set; }
    public DateTime? LeasedUntil { get; set; }
    public string? LastError { get; set; }
    public DateTime CreatedAt { get; init; }

    internal static OutboxRow For<TEvent>(TEvent happened, Type listener, TenantId tenant, DateTime now) where TEvent : IEvent => new()
    {
        TenantId = tenant,
        Id = Ids.New<DeliveryId>(now),
        Event = WireName(typeof(TEvent)),
        Listener = listener.FullName!,
        Payload = JsonSerializer.Serialize(happened, Json.Options),
        NextAttemptAt = now,
        CreatedAt = now,
    };

    /// <summary>The name under which events of a type travel.</summary>
    public static string WireName(Type type) =>
        type.GetCustomAttribute<WireNameAttribute>()?.Name ?? throw new InvalidOperationException($"{type} has no [WireName].");
}
