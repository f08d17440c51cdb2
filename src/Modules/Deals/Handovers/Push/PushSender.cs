using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers.Push;

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status; null where there was no answer in time.</param>
/// <param name="Text">The beginning of what it said, or null.</param>
/// <param name="Number">The identifier of the record there, where it named one.</param>
/// <param name="Owner">For the CRM: its seller, where it named one.</param>
/// <param name="RetryAfter">How long it asks to be left alone.</param>
/// <param name="Took">How long it took.</param>
internal sealed record PushAnswer(int? Status, string? Text, string? Number, string? Owner, TimeSpan? RetryAfter, TimeSpan Took)
{
    public AttemptOutcome Outcome => PushRules.Judge(Status);
}

/// <summary>Sends a signed message to a connected system and reads the answer, within limits of time and size.</summary>
internal sealed class PushSender(Outbound outbound, PushSecrets secrets, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private const int LongestAnswer = 16_384;
    private HttpClient? _http;

    /// <param name="system">Where to, and with which secrets.</param>
    /// <param name="kind"><c>handover</c>, <c>update</c> or <c>test</c>.</param>
    /// <param name="id">The same for every repetition of the same message.</param>
    /// <param name="body">The document.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<PushAnswer> SendAsync(ConnectedSystem system, string kind, string id, object body, CancellationToken ct)
    {
        var (watch, now) = (Stopwatch.StartNew(), clock.GetUtcNow());
        if (!Uri.TryCreate(system.Address, UriKind.Absolute, out var address) || !outbound.IsAllowed(address)) return new PushAnswer(null, null, null, null, null, watch.Elapsed);
        var (bytes, seconds) = (JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Json.Options), now.ToUnixTimeSeconds());
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TryAddWithoutValidation("Webhook-Id", id);
        request.Headers.TryAddWithoutValidation("Webhook-Timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Webhook-Signature", secrets.Sign(system, now.UtcDateTime, id, seconds, bytes));
        request.Headers.TryAddWithoutValidation("Idempotency-Key", id);
        request.Headers.TryAddWithoutValidation("Trellis-Message", kind);
        request.Headers.TryAddWithoutValidation("User-Agent", "Trellis");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        try
        {
            // From the headers on the answer is known; a body that breaks off or is too long takes nothing of it back.
            using var response = await (_http ??= outbound.NewClient(Timeout, LongestAnswer)).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var said = await BeginningAsync(response, limit.Token);
            var (number, owner) = Named(said);
            return new PushAnswer((int)response.StatusCode, Beginning(said), number, owner, response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - now), watch.Elapsed);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            // The same words for closed, filtered and forbidden addresses: nobody learns our network from them.
            return new PushAnswer(null, null, null, null, null, watch.Elapsed);
        }
    }

    public void Dispose() => _http?.Dispose();

    private static async Task<byte[]> BeginningAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var (kept, length) = (new byte[LongestAnswer], 0);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            while (length < kept.Length && await stream.ReadAsync(kept.AsMemory(length), ct) is > 0 and var read) length += read;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // What has come until here is what it said.
        }

        return kept[..length];
    }

    private static string? Beginning(byte[] said) =>
        Text.OrNull(Encoding.UTF8.GetString(said)) is { } text ? Text.OrNull(Text.Storable(text, HandoverAttempt.LongestAnswer)) : null;

    private static (string? Number, string? Owner) Named(byte[] said)
    {
        try
        {
            using var json = JsonDocument.Parse(said);
            return json.RootElement.ValueKind == JsonValueKind.Object ? (One(json.RootElement, "number"), One(json.RootElement, "owner")) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? One(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? Text.OrNull(value.ToString()) : null;
}
