using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Diagnostics;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>What stands on an answer that would otherwise be empty: a page for people, problem+json for programs.</summary>
internal static class StatusPages
{
    public static Task WriteAsync(StatusCodeContext context) => WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode);

    public static async Task WriteAsync(HttpContext http, int status)
    {
        var message = status switch
        {
            400 => "The request could not be read.",
            401 => "Sign in first.",
            403 => "You may not see or do this.",
            404 => "There is nothing here, or nothing that you may see.",
            405 => "This cannot be done here.",
            413 => "That is too large.",
            429 => "Too many requests. Try again in a moment.",
            _ => "Something went wrong on our side. It has been recorded.",
        };
        if (http.Request.Path.StartsWithSegments("/api"))
        {
            var code = status switch { 401 => "unauthenticated", 403 => "denied", 404 => "missing", 405 => "method", 429 => "busy", _ => "bad_request" };
            await http.Response.WriteAsJsonAsync(new { type = $"/problems#{code}", title = message, status, code }, Json.Options, "application/problem+json");
            return;
        }

        await using var renderer = new HtmlRenderer(http.RequestServices, http.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Status"] = status, ["Message"] = message });
            return (await renderer.RenderComponentAsync<Ui.StatusPage>(parameters)).ToHtmlString();
        });
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(html);
    }
}
