using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>What a partner waits for an answer to.</summary>
public enum AskedKind
{
    /// <summary>A registration that a person decides.</summary>
    Registration,

    /// <summary>A request on a registration: more time, another amount.</summary>
    Request,

    /// <summary>Messages to the partner manager, from the first that is not answered.</summary>
    Message,
}

/// <summary>Something that a partner asked and when it was answered: what every figure about answer times is computed from, so that there is one definition.</summary>
/// <param name="Partner">Who asked.</param>
/// <param name="Kind">What.</param>
/// <param name="AskedAt">When.</param>
/// <param name="PromisedBy">Until when an answer was promised; null where nothing was.</param>
/// <param name="AnsweredAt">When it was answered; null while it waits, or where it needs no answer any more.</param>
public sealed record AskedFact(PartnerId Partner, AskedKind Kind, DateTime AskedAt, DateTime? PromisedBy, DateTime? AnsweredAt)
{
    /// <summary>When it needed no answer any more, before there was one.</summary>
    public DateTime? TakenBackAt { get; init; }

    /// <summary>Whether it was answered by the promised time.</summary>
    public bool InTime => AnsweredAt <= PromisedBy;

    /// <summary>Whether it waits for an answer.</summary>
    public bool IsOpen => AnsweredAt is null && TakenBackAt is null;

    /// <summary>Whether the promise can be judged: it was answered, or its time is over and it was not taken back before.</summary>
    public bool IsJudged(DateTime now) => PromisedBy is { } by && (AnsweredAt is not null || (by < now && !(TakenBackAt <= by)));
}

/// <summary>A plug: what partners asked and when it was answered, of all partners at once. A job asks it, never a page. Register it as a singleton.</summary>
public interface IPromisedAnswers
{
    /// <summary>All that was asked on or after a moment.</summary>
    Task<IReadOnlyList<AskedFact>> SinceAsync(Work work, DateTime since, CancellationToken ct);
}
