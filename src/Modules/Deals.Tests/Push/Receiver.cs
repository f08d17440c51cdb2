using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Trellis.Deals.Tests.Push;

/// <summary>A message as the other system got it.</summary>
internal sealed record Received(string Id, string Key, long Seconds, string[] Signatures, string Kind, byte[] Body);

/// <summary>A system of the vendor's on this machine, that keeps what it gets and answers what the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Received> Got { get; } = [];

    /// <summary>Status and body for the n-th message, from 1.</summary>
    public Func<int, (int Status, string Body)> Answer { get; set; } = _ => (200, "");

    public string Address { get; private set; } = "";

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        receiver.Address = receiver._app.Urls.First() + "/trellis";
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers;
        Got.Enqueue(new Received(headers["Webhook-Id"].ToString(), headers["Idempotency-Key"].ToString(), long.Parse(headers["Webhook-Timestamp"].ToString(), System.Globalization.CultureInfo.InvariantCulture),
            headers["Webhook-Signature"].ToString().Split(' '), headers["Trellis-Message"].ToString(), body.ToArray()));
        var (status, said) = Answer(Got.Count);
        http.Response.StatusCode = status;
        if (status is 301 or 302 or 307) http.Response.Headers.Location = Address;
        if (status == 429) http.Response.Headers.RetryAfter = "1800";
        await http.Response.WriteAsync(said);
    }
}
