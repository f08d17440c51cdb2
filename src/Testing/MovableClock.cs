using System.Collections.Concurrent;

namespace Trellis.Testing;

/// <summary>The real time plus whatever a test adds; it never goes back. What waits by this clock wakes when the test moves it.</summary>
public sealed class MovableClock : TimeProvider
{
    private readonly ConcurrentDictionary<Waiting, bool> _waiting = new();
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Waiting(this, callback, state, dueTime, period);

    /// <summary>Moves the clock forward.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _ahead, by.Ticks);
        foreach (var timer in _waiting.Keys) timer.Advanced();
    }

    private ITimer Real(TimerCallback callback) => base.CreateTimer(callback, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    // A timer of the real time that is set nearer whenever the clock is moved.
    private sealed class Waiting : ITimer
    {
        private readonly Lock _one = new();
        private readonly MovableClock _clock;
        private readonly ITimer _real;
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public Waiting(MovableClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _clock = clock;
            _real = clock.Real(_ =>
            {
                Fired();
                callback(state);
            });
            clock._waiting[this] = true;
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_one)
            {
                (_due, _period) = (dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime, period);
                return _real.Change(dueTime, period);
            }
        }

        public void Advanced()
        {
            lock (_one)
            {
                if (_due is not { } due) return;
                var left = due - _clock.GetUtcNow();
                _real.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left, _period);
            }
        }

        public void Dispose()
        {
            _clock._waiting.TryRemove(this, out _);
            _real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fired()
        {
            lock (_one) _due = _period > TimeSpan.Zero ? _clock.GetUtcNow() + _period : null;
        }
    }
}
