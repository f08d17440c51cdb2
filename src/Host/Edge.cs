using Trellis.Host.Engines;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>
/// The outermost edge: safe headers on every answer, a bug becomes one logged error and a plain 500, and a redirect after a post is a 303, so
/// that the browser follows with a GET.
/// </summary>
internal sealed partial class Edge(RequestDelegate next, ILogger<Edge> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(Finish, http);
        try
        {
            // PostgreSQL cannot store a NUL and SQLite can: no parameter of ours has one.
            if (http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true) await RefuseAsync(http, 400, "bad_request", "The request could not be read: its address contains a NUL.");
            else await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = 499;
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status415UnsupportedMediaType && !http.Response.HasStarted)
        {
            await RefuseAsync(http, exception.StatusCode, "media_type", "Send JSON: Content-Type: application/json.");
        }
        catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
        {
            await RefuseAsync(http, exception.StatusCode, "bad_request", "The request could not be read: " + Reason(exception));
        }
        catch (InvalidOperationException exception) when (exception.InnerException is System.Text.DecoderFallbackException && !http.Response.HasStarted)
        {
            // The JSON reader refuses a property name that is no UTF-8 in this way.
            await RefuseAsync(http, 400, "bad_request", "The request could not be read: it is not UTF-8.");
        }
        catch (InvalidOperationException exception) when (exception.TargetSite?.DeclaringType?.FullName?.StartsWith(PageParameter, StringComparison.Ordinal) == true && !http.Response.HasStarted)
        {
            // A page asks its address for a number or a yes, and it holds something else.
            await RefuseAsync(http, 400, "bad_request", "The request could not be read: its address is malformed.");
        }
        catch (Exception exception) when (IsAway(exception) && !http.Response.HasStarted)
        {
            log.LogError(exception, "The database could not be reached for {Method} {Path}", http.Request.Method, Clean(http.Request.Path));
            http.Response.OnStarting(SayWhen, http);
            await RefuseAsync(http, 503, "busy", "The database does not answer at this moment. Nothing was saved. Try again in a few seconds.");
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            log.LogError(exception, "Unhandled fault in {Method} {Path}", http.Request.Method, Clean(http.Request.Path));
            await RefuseAsync(http, 500, "fault", "Something went wrong on our side. It has been recorded; nothing was saved.");
        }
    }

    private async Task RefuseAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.Clear();
        http.Response.StatusCode = status;
        if (Origins.IsApi(http.Request))
        {
            await StatusPages.Problem(http, status, code, message);
            return;
        }

        // What the failed page had begun with must not be used again.
        await using var fresh = http.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        http.RequestServices = fresh.ServiceProvider;
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        http.Request.Method = HttpMethods.Get;
        http.Request.Path = $"/status/{status}";
        // The page for faults is rendered afresh: the services of the request have rendered a page before.
        var services = http.RequestServices;
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await next(http);
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            // Even the page for faults has failed, most likely because the database is away.
            log.LogError(exception, "The page for faults failed");
            http.Response.Clear();
            http.Response.StatusCode = status;
            await http.Response.WriteAsync(message);
        }
        finally
        {
            http.RequestServices = services;
        }
    }

    // What the framework says about a body it could not read names our types; a caller needs the field only.
    private const string PageParameter = "Microsoft.AspNetCore.Components.Routing.UrlValueConstraint";

    private static Task SayWhen(object state)
    {
        ((HttpContext)state).Response.Headers.RetryAfter = "5";
        return Task.CompletedTask;
    }

    private static bool IsAway(Exception exception) =>
        exception is EngineBusyException || exception.Within<System.Data.Common.DbException>() is { IsTransient: true };

    private static string Reason(BadHttpRequestException exception) =>
        exception.InnerException is not System.Text.Json.JsonException json ? "its body or parameters are malformed."
        : Unknown().Match(json.Message) is { Success: true } found ? $"nothing here is called “{Text.Storable(found.Groups[1].Value, 60)}”."
        : json.Path is { } path ? $"the JSON is not right at {path}." : "its body or parameters are malformed.";

    // The reader tells the name of a member that it does not know in its message alone.
    [System.Text.RegularExpressions.GeneratedRegex("^The JSON property '(.+)' could not be mapped to any \\.NET member", System.Text.RegularExpressions.RegexOptions.Singleline)]
    private static partial System.Text.RegularExpressions.Regex Unknown();

    private static string Clean(PathString path) => path.Value?.ReplaceLineEndings(" ") ?? "";

    private static Task Finish(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Ui.UiSetup.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        if (HttpMethods.IsPost(http.Request.Method) && http.Response.StatusCode == 302) http.Response.StatusCode = 303;
        if (!headers.ContainsKey("Cache-Control")) headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
