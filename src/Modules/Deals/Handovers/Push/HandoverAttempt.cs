using Trellis.Kernel;

namespace Trellis.Deals.Handovers.Push;

/// <summary>Names an attempt.</summary>
internal readonly record struct AttemptId(Guid Value) : ITypedId<AttemptId>
{
    public static string Prefix => "hat";
    public static AttemptId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out AttemptId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What became of a message to a connected system.</summary>
internal enum AttemptOutcome
{
    Taken,

    /// <summary>It answered that it will not have it: a person must look.</summary>
    Refused,

    /// <summary>It did not answer, or not now: it is asked again.</summary>
    Later,
}

/// <summary>One message to a connected system and the answer. Kept for <see cref="ForgetAttempts.Days"/> days.</summary>
internal sealed class HandoverAttempt : ITenantOwned, IUnaudited
{
    public const int LongestAnswer = 500;

    public TenantId TenantId { get; init; }
    public AttemptId Id { get; init; }

    /// <summary>Null for a test message.</summary>
    public HandoverId? HandoverId { get; init; }

    public ConnectedKind System { get; init; }
    public DateTime At { get; init; }
    public int Milliseconds { get; init; }
    public AttemptOutcome Outcome { get; init; }

    /// <summary>The HTTP status; null where there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>The beginning of the answer.</summary>
    public string? Answer { get; init; }
}
