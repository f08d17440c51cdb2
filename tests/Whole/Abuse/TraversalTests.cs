using System.Net.Sockets;
using System.Text;

namespace Trellis.Whole.Tests.Abuse;

/// <summary>Ways out of the folder: on every route with a text in its address, and on the static files. Sent as they are, since a client would tidy them.</summary>
public sealed class TraversalTests
{
    private static readonly string[] Ups = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..\\", "%252e%252e%252f", "....//", "..;/", "%c0%ae%c0%ae/", "..%00/", "..%c0%af", "%uff0e%uff0e%u2215", ".%2e/", "..%09/"];

    private static readonly string[] Files = ["etc/passwd", "proc/self/environ", "trellis.db", "keys/", "appsettings.json", "trellis.deps.json", "trellis.runtimeconfig.json"];

    private static readonly string[] Inside = ["root:x:", "PATH=", "SQLite format 3", "<key id=", "\"runtimeTarget\"", "\"runtimeOptions\""];

    [Fact]
    public async Task No_spelling_of_a_way_out_reads_a_file()
    {
        var cast = await Cast.OfItsOwnAsync(Database.Sqlite);
        await using var app = cast.App;
        var token = cast.Administrator.Api.DefaultRequestHeaders.Authorization!.ToString();
        var faults = new List<string>();
        var routes = Route.All(app.Services).Where(r => r.Method == "GET" && r.Parameters.Count > 0).ToList();
        var bases = routes.Select(r => r.Pattern[..r.Pattern.IndexOf('{', StringComparison.Ordinal)]).Append("/").Append("/css/").Append("/_framework/").Distinct().ToList();
        var (tried, at) = (0, 0);
        foreach (var start in bases)
            for (var i = 0; i < Ups.Length; i++)
            {
                var path = start + string.Concat(Enumerable.Repeat(Ups[i], 1 + at % 8)) + Files[at++ % Files.Length];
                var answer = await RawAsync(app.Address, path, token);
                tried++;
                if (Inside.FirstOrDefault(text => answer.Contains(text, StringComparison.Ordinal)) is { } found) faults.Add($"{path} shows “{found}”");
                if (answer.StartsWith("HTTP/1.1 5", StringComparison.Ordinal)) faults.Add($"{path} fails: {answer[..Math.Min(answer.Length, 200)]}");
            }

        tried.ShouldBeGreaterThan(500);
        faults.ShouldBeEmpty();
    }

    private static async Task<string> RawAsync(string address, string path, string authorization)
    {
        var uri = new Uri(address);
        using var client = new TcpClient();
        await client.ConnectAsync(uri.Host, uri.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\nHost: {uri.Authority}\r\nAuthorization: {authorization}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
