using Microsoft.Extensions.Logging;

namespace Trellis.Kernel;

/// <summary>
/// Keeps a claim alive while the work behind it goes on, however long it is silent: the claim itself is short, so that another node takes over soon after a kill. Where the claim is lost
/// all the same, the work is told to stop.
/// </summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    /// <summary>How long a claim lasts that nobody renews.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _work;
    private readonly Task _beating;

    /// <param name="renew">Renews the claim until that moment; false where it is not ours any more.</param>
    /// <param name="clock">The clock of all claims.</param>
    /// <param name="log">Hears of what could not be renewed.</param>
    /// <param name="ct">Ends the work, not the beat: what takes long to stop is still in hand.</param>
    public Heartbeat(Func<DateTime, CancellationToken, Task<bool>> renew, TimeProvider clock, ILogger log, CancellationToken ct)
    {
        _work = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _beating = BeatAsync(renew, clock, log);
    }

    /// <summary>Ends with the stop of the process, or when the claim is lost.</summary>
    public CancellationToken Token => _work.Token;

    /// <summary>Whether somebody else has taken the work over.</summary>
    public bool IsLost { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _beating;
        _over.Dispose();
        _work.Dispose();
    }

    private async Task BeatAsync(Func<DateTime, CancellationToken, Task<bool>> renew, TimeProvider clock, ILogger log)
    {
        while (true)
        {
            await Task.Delay(Beat, clock, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_over.IsCancellationRequested) return;
            try
            {
                if (await renew(clock.GetUtcNow().UtcDateTime + Lease, _over.Token)) continue;
                IsLost = true;
                await _work.CancelAsync();
                return;
            }
            catch (OperationCanceledException) when (_over.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The outermost edge of the loop: the database may be away for a while, and then the work cannot write either.
                log.LogWarning(exception, "A claim could not be renewed and will be tried again");
            }
        }
    }
}
