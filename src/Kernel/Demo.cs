using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>
/// Fills the demo company: one seed, one clock that stands at the day of loading, so that every installation tells the same story relative to
/// its own today. Rows go in by the engine's fast path, past audit and outbox.
/// </summary>
public sealed class Demo(Work work, int seed)
{
    private readonly Dictionary<Type, object> _gathered = [];
    private long _counter;

    /// <summary>The seeded source of chance. One per module, so that a change in one does not reshuffle the others.</summary>
    public Random Chance(string module) => new(HashCode(module) ^ seed);

    public Work Work => work;

    public Db Db => work.Db;

    public TenantId Tenant => work.Tenant;

    /// <summary>The day on which the demo's present lies.</summary>
    public DateTime Now { get; } = work.Now;

    /// <summary>A deterministic identifier whose order follows <paramref name="at"/>.</summary>
    public T NewId<T>(DateTime at) where T : struct, ITypedId<T>
    {
        Span<byte> bytes = stackalloc byte[16];
        var milliseconds = new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++) bytes[i] = (byte)(milliseconds >> (8 * (5 - i)));
        var mixed = Mix((ulong)++_counter + ((ulong)(uint)seed << 40));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], mixed);
        bytes[6] = (byte)(0x70 | (int)((_counter >> 8) & 0xf));
        bytes[7] = (byte)_counter;
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return T.From(new Guid(bytes, true));
    }

    /// <summary>Writes many rows quickly.</summary>
    public Task InsertAsync<T>(IEnumerable<T> rows, CancellationToken ct) where T : class => Db.Engine.InsertAsync(Db, rows, ct);

    /// <summary>What modules above hand to one below, which has run already: it reads the list when all are done (<see cref="Module.DemoLastAsync"/>).</summary>
    public List<T> Gather<T>()
    {
        if (!_gathered.TryGetValue(typeof(T), out var list)) _gathered[typeof(T)] = list = new List<T>();
        return (List<T>)list;
    }

    private static int HashCode(string text)
    {
        var hash = 17;
        foreach (var c in text) hash = unchecked((hash * 31) + c);
        return hash;
    }

    // SplitMix64's finaliser (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong x)
    {
        x += 0x9e3779b97f4a7c15;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }
}
