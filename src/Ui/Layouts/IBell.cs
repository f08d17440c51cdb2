namespace Trellis.Ui;

/// <summary>What the bell in the header counts; a module plugs it in.</summary>
public interface IBell
{
    /// <summary>How many notifications the actor has not read, up to 100. Those about <paramref name="path"/>, which is being shown, count as read.</summary>
    Task<int> UnreadAsync(string path, CancellationToken ct);
}
