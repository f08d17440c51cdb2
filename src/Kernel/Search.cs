namespace Trellis.Kernel;

/// <summary>One thing that search found.</summary>
/// <param name="Kind">What it is, for example <c>Deal</c>.</param>
/// <param name="Title">Its name.</param>
/// <param name="Detail">A second line.</param>
/// <param name="Href">Where it is.</param>
public sealed record Hit(string Kind, string Title, string Detail, string Href);

/// <summary>A module's records, findable. Each source obeys the actor's filters and permissions by querying through <see cref="Work"/>.</summary>
public interface ISearchSource
{
    /// <summary>How many matching rows a source ranks at most: an index finds them in no useful order.</summary>
    const int Candidates = 300;

    /// <summary>The best hits for folded text, at most <paramref name="limit"/>; empty where the actor may not see the kind.</summary>
    Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct);
}
