namespace Trellis.Deals.Published;

/// <summary>Something that a person should do, and where. The texts are English templates of the catalogues.</summary>
public sealed record ToDo(string Title, string Detail, string Href, string Action);

/// <summary>A plug: what waits for the person who looks at its home page, at most a handful, only what it may do. Register it as a scoped service.</summary>
public interface IToDoSource
{
    Task<IReadOnlyList<ToDo>> OfAsync(CancellationToken ct);
}
