namespace Trellis.Kernel;

/// <summary>What queries of one page keep for each other (<see cref="Work.Kept{T}"/>).</summary>
public static class KeptRows
{
    /// <summary>What is known already, or what is read now and known from then on.</summary>
    public static async Task<TRows> OrReadAsync<TKey, TRows>(this Dictionary<TKey, TRows> known, TKey key, Func<Task<TRows>> read) where TKey : notnull =>
        known.TryGetValue(key, out var rows) ? rows : known[key] = await read();
}
