using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Http.Features;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>Every list that can be had as CSV can be had as a workbook: <c>….csv?as=xlsx</c>. The rows are rewritten as they pass by.</summary>
internal sealed class Workbooks(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) => Wanted(http.Request) ? RewriteAsync(http) : next(http);

    private static bool Wanted(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.Value is { } path && path.EndsWith(".csv", StringComparison.Ordinal) && request.Query["as"] == "xlsx";

    private async Task RewriteAsync(HttpContext http)
    {
        var outside = http.Response.Body;
        var pipe = new Pipe();
        http.Response.Body = pipe.Writer.AsStream();
        var name = Path.GetFileNameWithoutExtension(http.Request.Path.Value!);
        var rewriting = CopyAsync(http, pipe.Reader, outside, name);
        try
        {
            await next(http);
            await pipe.Writer.CompleteAsync();
        }
        catch (Exception e)
        {
            // A workbook that ends early must not look whole: the reader fails, and with it the response.
            await pipe.Writer.CompleteAsync(e);
            throw;
        }
        finally
        {
            await rewriting;
            http.Response.Body = outside;
        }
    }

    private static async Task CopyAsync(HttpContext http, PipeReader from, Stream to, string name)
    {
        // Headers are the endpoint's until its first byte.
        var first = await from.ReadAsync(http.RequestAborted);
        from.AdvanceTo(first.Buffer.Start);
        await using var rows = from.AsStream();
        var response = http.Response;
        if (response.StatusCode != StatusCodes.Status200OK || response.ContentType?.StartsWith("text/csv", StringComparison.Ordinal) != true)
        {
            await rows.CopyToAsync(to, http.RequestAborted);
            return;
        }

        // The archive writes the few bytes after each part without waiting.
        http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        response.ContentType = Xlsx.ContentType;
        response.ContentLength = null;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.xlsx\"";
        using var csv = new CsvParser(new StreamReader(rows), new CsvConfiguration(CultureInfo.InvariantCulture));
        if (await csv.ReadAsync()) await Xlsx.WriteAsync(to, name, [.. csv.Record!.Select(c => Csv.Original(c)!)], RowsAsync(csv), ct: http.RequestAborted);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(CsvParser csv, [EnumeratorCancellation] CancellationToken ct = default)
    {
        while (await csv.ReadAsync())
        {
            ct.ThrowIfCancellationRequested();
            yield return [.. csv.Record!.Select(Csv.Original)];
        }
    }
}
