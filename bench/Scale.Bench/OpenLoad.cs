using System.Diagnostics;

namespace Trellis.Scale.Bench;

/// <summary>Sends at a fixed rate whether or not answers come, and counts each time from the intended start: a stalled server cannot hide its queue.</summary>
internal sealed class OpenLoad(int rate, TimeSpan length)
{
    public sealed record Result(List<double> Times, int Answered, int Errors, double Seconds);

    public async Task<Result> RunAsync(Func<int, Task<(double Milliseconds, int Status)>> request)
    {
        var (times, errors) = (new List<double>(), 0);
        var total = (int)(rate * length.TotalSeconds);
        var under = new List<Task>(total);
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < total; n++)
        {
            var intended = TimeSpan.FromSeconds((double)n / rate);
            if (intended - watch.Elapsed is { } wait && wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait);
            var number = n;
            under.Add(Task.Run(async () =>
            {
                var good = false;
                try
                {
                    good = (await request(number)).Status < 500;
                }
                catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
                {
                    // Counted as an error below.
                }

                var took = (watch.Elapsed - intended).TotalMilliseconds;
                lock (times)
                {
                    times.Add(took);
                    if (!good) errors++;
                }
            }));
        }

        await Task.WhenAll(under);
        return new Result(times, total - errors, errors, watch.Elapsed.TotalSeconds);
    }
}
