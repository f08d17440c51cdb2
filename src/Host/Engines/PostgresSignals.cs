using System.Text;
using Npgsql;
using Trellis.Kernel;

namespace Trellis.Host.Engines;

/// <summary>
/// Carries hints between the processes of one installation by NOTIFY and LISTEN. It tells after the commit, on a connection of its own and at
/// most ten times a second: a NOTIFY inside the transactions would make their commits wait for each other.
/// </summary>
internal sealed class PostgresSignals(string connection, Signals signals, TimeProvider clock, ILogger<PostgresSignals> log) : BackgroundService
{
    private const string Channel = "trellis_signals";

    // PostgreSQL takes less than 8,000 bytes.
    private const int MostBytes = 7000;

    private readonly string _self = Guid.CreateVersion7().ToString("N");

    protected override Task ExecuteAsync(CancellationToken stopping) => Task.WhenAll(KeepAsync(ListenAsync, stopping), KeepAsync(TellAsync, stopping));

    private async Task KeepAsync(Func<CancellationToken, Task> loop, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await loop(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                // Hints only: pages that missed one show the truth when they are loaded again.
                log.LogWarning(exception, "The connection for hints between processes was lost and will be made again");
                await Task.Delay(TimeSpan.FromSeconds(5), clock, stopping);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync(ct);
        open.Notification += (_, told) =>
        {
            var lines = told.Payload.Split('\n');
            if (lines[0] == _self) return;
            foreach (var topic in lines.Skip(1)) signals.Hear(topic);
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", open)) await listen.ExecuteNonQueryAsync(ct);
        while (true) await open.WaitAsync(ct);
    }

    private async Task TellAsync(CancellationToken ct)
    {
        while (await signals.Outgoing.WaitToReadAsync(ct))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, ct);
            HashSet<string> topics = [];
            while (signals.Outgoing.TryRead(out var topic)) topics.Add(topic);
            await using var open = new NpgsqlConnection(connection);
            await open.OpenAsync(ct);
            foreach (var payload in Payloads(topics))
            {
                await using var tell = new NpgsqlCommand("SELECT pg_notify($1, $2)", open) { Parameters = { new() { Value = Channel }, new() { Value = payload } } };
                await tell.ExecuteNonQueryAsync(ct);
            }
        }
    }

    private IEnumerable<string> Payloads(IEnumerable<string> topics)
    {
        var text = new StringBuilder(_self);
        foreach (var topic in topics)
        {
            if (text.Length + topic.Length + 1 > MostBytes)
            {
                yield return text.ToString();
                text.Clear().Append(_self);
            }

            text.Append('\n').Append(topic);
        }

        if (text.Length > _self.Length) yield return text.ToString();
    }
}
