namespace Trellis.Deals.Published;

/// <summary>Tells which compensation rules are known to whoever pays; a module plugs it in. The rules of engagement may name others, which then pay nothing of their own.</summary>
public interface IKnownCompensations
{
    /// <summary>The names, as the rules of engagement write them.</summary>
    Task<IReadOnlyCollection<string>> NamesAsync(CancellationToken ct);
}
