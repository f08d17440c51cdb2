using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Answering;

/// <summary>How soon the partners of a segment were answered in the last twelve months, as last computed. The empty segment stands for all partners.</summary>
internal sealed class AnswerFigure : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public SegmentId SegmentId { get; init; }
    public AskedKind Kind { get; init; }

    /// <summary>Hours of working days that are promised; null where nothing is.</summary>
    public int? PromisedHours { get; init; }

    /// <summary>Those whose promise can be judged.</summary>
    public int Judged { get; init; }

    /// <summary>Of these those answered by the promised time.</summary>
    public int InTime { get; init; }

    public int Answered { get; init; }
    public long? MedianMinutes { get; init; }
    public long? P90Minutes { get; init; }

    /// <summary>Those that wait.</summary>
    public int Open { get; init; }

    /// <summary>Of these those whose promised time is over.</summary>
    public int Over { get; init; }

    public DateTime At { get; init; }
}

/// <summary>Pure: the figures of one kind.</summary>
internal static class AnswerFigures
{
    public static AnswerFigure Of(TenantId tenant, SegmentId segment, AskedKind kind, int? promised, IReadOnlyCollection<AskedFact> facts, DateTime now)
    {
        var times = facts.Where(f => f.AnsweredAt is not null).Select(f => (long)(f.AnsweredAt!.Value - f.AskedAt).TotalMinutes).Order().ToList();
        var judged = facts.Where(f => f.IsJudged(now)).ToList();
        return new AnswerFigure
        {
            TenantId = tenant,
            SegmentId = segment,
            Kind = kind,
            PromisedHours = promised,
            Judged = judged.Count,
            InTime = judged.Count(f => f.InTime),
            Answered = times.Count,
            MedianMinutes = NearestRank.Of(times, 0.5),
            P90Minutes = NearestRank.Of(times, 0.9),
            Open = facts.Count(f => f.IsOpen),
            Over = facts.Count(f => f.IsOpen && f.PromisedBy < now),
            At = now,
        };
    }
}
