using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>Something in another module that goes by a segment.</summary>
/// <param name="What">In words: which plan, which rule.</param>
/// <param name="Href">Where it is.</param>
public sealed record SegmentUse(string What, string Href)
{
    /// <summary>What is wrong with it as the segment is now, and what to do; null where nothing is.</summary>
    public string? Warning { get; init; }
}

/// <summary>A plug: what goes by a segment, as the actor may see it; shown on the segment's page before it is changed or dropped. Register it as a scoped service.</summary>
public interface ISegmentUses
{
    /// <summary>What goes by it, the newest first.</summary>
    Task<IReadOnlyList<SegmentUse>> OfAsync(SegmentId segment, CancellationToken ct);

    /// <summary>Why its conditions must stay as they are, and it with them, whoever asks; null where nothing holds them.</summary>
    Task<Problem?> HoldsAsync(SegmentId segment, CancellationToken ct);
}
