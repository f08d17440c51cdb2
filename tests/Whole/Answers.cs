using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Trellis.Whole.Tests;

/// <summary>An answer, read to its end.</summary>
internal sealed partial record Answer(int Status, string Text, string ContentType, string EndedAt, HttpResponseMessage Response)
{
    /// <summary>An answer that ended in the middle: the page had a fault when its beginning was already on the way.</summary>
    private const int Broken = 599;

    /// <summary>Asks, and reads to the end.</summary>
    public static async Task<Answer> ToAsync(HttpClient client, HttpRequestMessage request)
    {
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        try
        {
            return await ReadAsync(response);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new Answer(Broken, "", "", response.RequestMessage!.RequestUri!.AbsolutePath, response);
        }
    }

    /// <summary>Gets an address, and reads to the end.</summary>
    public static Task<Answer> ToAsync(HttpClient client, string address) => ToAsync(client, new HttpRequestMessage(HttpMethod.Get, address));

    private static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType ?? "",
        response.RequestMessage!.RequestUri!.AbsolutePath, response);

    /// <summary>What every answer of the host must carry, and what none may.</summary>
    public IEnumerable<string> HeaderFaults()
    {
        var policy = One("Content-Security-Policy");
        if (!policy.Contains("default-src", StringComparison.Ordinal)) yield return "no content security policy";
        if (policy.Contains("unsafe", StringComparison.Ordinal) || policy.Contains('*')) yield return $"a weak content security policy: {policy}";
        if (!policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal)) yield return "may be framed";
        if (One("X-Content-Type-Options") != "nosniff") yield return "no nosniff";
        if (One("Referrer-Policy").Length == 0) yield return "no referrer policy";
        if (Response.Headers.Contains("Server") || Response.Headers.Contains("X-Powered-By")) yield return "tells what it runs on";
    }

    /// <summary>What a refusal of the API must look like.</summary>
    public IEnumerable<string> ProblemFaults()
    {
        if (Status is < 400 or >= 500) yield break;
        if (ContentType != "application/problem+json")
        {
            yield return $"{Status} with content type “{ContentType}”";
            yield break;
        }

        var problem = JsonNode.Parse(Text);
        if ((int?)problem?["status"] != Status) yield return $"{Status} with status {problem?["status"]} in its body";
        if (string.IsNullOrEmpty((string?)problem?["code"])) yield return $"{Status} without a code";
        if (string.IsNullOrEmpty((string?)problem?["title"])) yield return $"{Status} without a title";
    }

    /// <summary>The columns whose marks stand in the text.</summary>
    public IEnumerable<string> Marked() => MarkOf().Matches(Text).Select(m => m.Value).Distinct();

    /// <summary>The text without what differs between two answers of the same kind: identifiers and form tokens.</summary>
    public string Plain => Token().Replace(Id().Replace(Text, "ID"), "TOKEN");

    private string One(string header) => Response.Headers.TryGetValues(header, out var values) ? string.Join(", ", values) : "";

    [GeneratedRegex("[a-z]+_[0-9a-f]{32}")]
    private static partial Regex Id();

    [GeneratedRegex(Cast.Mark + "[a-z_-]*", RegexOptions.IgnoreCase)]
    private static partial Regex MarkOf();

    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+")]
    private static partial Regex Token();
}
