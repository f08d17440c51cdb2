using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Trellis.Kernel;

/// <summary>A row of a record that open pages may watch: after each commit that changed it, they are told to look again.</summary>
public interface IWatched
{
    /// <summary>The record's id as text.</summary>
    string Watched { get; }

    /// <summary>A second record that the row is a part of, where it stands between two.</summary>
    string? WatchedToo => null;
}

/// <summary>
/// Hints that a record has changed, for whoever has it open. A hint carries no content and may be lost: what is true stands in the database.
/// Inside one process it is heard at once; an engine beside the process may carry it to the other ones.
/// </summary>
public sealed class Signals
{
    private readonly ConcurrentDictionary<Watch, byte> _watches = [];

    // Nobody may be reading: the oldest hints give way.
    private readonly Channel<string> _outgoing = Channel.CreateBounded<string>(new BoundedChannelOptions(5000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>What was told here, for the other processes.</summary>
    public ChannelReader<string> Outgoing => _outgoing.Reader;

    /// <summary>The topic of a record within its tenant.</summary>
    public static string Topic(TenantId tenant, string record) => $"{tenant}:{record}";

    /// <summary>Hears these topics until it is disposed of.</summary>
    public Watch Watch(params string[] topics)
    {
        var watch = new Watch(topics, w => _watches.TryRemove(w, out _));
        _watches[watch] = 0;
        return watch;
    }

    /// <summary>Tells everybody: here and, where the engine can, in the other processes.</summary>
    public void Tell(string topic)
    {
        Hear(topic);
        _outgoing.Writer.TryWrite(topic);
    }

    /// <summary>Tells those in this process only.</summary>
    public void Hear(string topic)
    {
        foreach (var watch in _watches.Keys) watch.Ring(topic);
    }
}

/// <summary>Somebody who waits for topics.</summary>
public sealed class Watch : IDisposable
{
    private readonly ConcurrentDictionary<string, byte> _rung = [];
    private readonly SemaphoreSlim _bell = new(0, 1);
    private readonly HashSet<string> _topics;
    private readonly Action<Watch> _leave;

    internal Watch(IEnumerable<string> topics, Action<Watch> leave) => (_topics, _leave) = (topics.ToHashSet(), leave);

    internal void Ring(string topic)
    {
        if (!_topics.Contains(topic)) return;
        _rung[topic] = 0;
        try
        {
            if (_bell.CurrentCount == 0) _bell.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // Two at once, or it has just left: it knows already, or need not know.
        }
    }

    /// <summary>The topics that were told since the last call; empty when the time is over.</summary>
    public async Task<IReadOnlyCollection<string>> NextAsync(TimeSpan atMost, CancellationToken ct)
    {
        await _bell.WaitAsync(atMost, ct);
        var rung = _rung.Keys.ToList();
        foreach (var topic in rung) _rung.TryRemove(topic, out _);
        return rung;
    }

    public void Dispose()
    {
        _leave(this);
        _bell.Dispose();
    }
}
