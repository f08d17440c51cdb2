using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>How many pages may be kept up to date at once, in all and for one person.</summary>
internal sealed class LiveStreams
{
    private const int Most = 2000;
    private const int MostOfOne = 8;

    private readonly ConcurrentDictionary<PersonId, int> _open = [];
    private int _all;

    /// <summary>A place, or null when there is none left.</summary>
    public IDisposable? Enter(PersonId person)
    {
        if (Interlocked.Increment(ref _all) > Most || _open.AddOrUpdate(person, 1, (_, n) => n + 1) > MostOfOne)
        {
            Leave(person);
            return null;
        }

        return new Place(() => Leave(person));
    }

    private void Leave(PersonId person)
    {
        Interlocked.Decrement(ref _all);
        if (_open.AddOrUpdate(person, 0, (_, n) => Math.Max(0, n - 1)) == 0) _open.TryRemove(new KeyValuePair<PersonId, int>(person, 0));
    }

    private sealed class Place(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}

/// <summary>
/// Tells an open page that its deal has changed, by server-sent events: the new mark and nothing else; the page then loads itself again through the
/// ordinary address. A stream ends after some minutes, when its person signs out, and when the server stops; the browser opens the next one.
/// </summary>
internal static class LiveDeal
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(120);

    public static async Task ServeAsync(DealId id, HttpContext http, Work work, Signals signals, LiveStreams streams, IHostApplicationLifetime life) =>
        await FollowAsync(await DealMark.TopicsAsync(work, id, http.RequestAborted), ct => DealMark.OfAsync(work, id, ct), DealsProblems.Missing(), http, work, signals, streams, life);

    /// <summary>The same for another record: what rings for it, and its mark.</summary>
    public static async Task FollowAsync(IReadOnlyList<string> topics, Func<CancellationToken, Task<string?>> now, Problem missing, HttpContext http, Work work, Signals signals, LiveStreams streams, IHostApplicationLifetime life)
    {
        using var watch = signals.Watch([SignOut(work), .. topics]);
        if (await now(http.RequestAborted) is not { } mark)
        {
            await missing.ToResult().ExecuteAsync(http);
            return;
        }

        // A program, or a browser behind something that does not pass streams on, asks for the mark alone.
        if (!http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            await Results.Json(new { mark }, Json.Options).ExecuteAsync(http);
            return;
        }

        using var place = streams.Enter(work.Actor.Person);
        if (place is null)
        {
            http.Response.Headers.RetryAfter = "60";
            await WorkspaceProblems.TooManyStreams().ToResult().ExecuteAsync(http);
            return;
        }

        using var until = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        until.CancelAfter(Longest);
        try
        {
            await StreamAsync(now, mark, http, work, watch, until.Token);
        }
        catch (OperationCanceledException)
        {
            // The page was left, the server stops, or the time is over: each is the ordinary end of a stream.
        }
    }

    private static async Task StreamAsync(Func<CancellationToken, Task<string?>> ask, string mark, HttpContext http, Work work, Watch watch, CancellationToken ct)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await SayAsync(http, $"retry: 3000\nevent: mark\ndata: {mark}\n\n", ct);
        while (true)
        {
            var rung = await watch.NextAsync(Beat, ct);
            if (rung.Contains(SignOut(work))) return;
            if (rung.Count == 0)
            {
                await SayAsync(http, ": still here\n\n", ct);
                continue;
            }

            // One act of a person is often several changes.
            await Task.Delay(Gather, ct);
            if (await ask(ct) is not { } now) return;
            if (now == mark) continue;
            mark = now;
            await SayAsync(http, $"event: mark\ndata: {mark}\n\n", ct);
        }
    }

    private static string SignOut(Work work) => Signals.Topic(work.Tenant, work.Actor.Person.ToString());

    private static async Task SayAsync(HttpContext http, string text, CancellationToken ct)
    {
        await http.Response.WriteAsync(text, ct);
        await http.Response.Body.FlushAsync(ct);
    }
}
