using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>What stands on an answer of the API that would otherwise be empty. Pages have a page for it, <c>/status/{code}</c>.</summary>
internal static class StatusPages
{
    // RFC 7644, section 3.12: what a directory reads.
    private static readonly string[] ScimErrors = ["urn:ietf:params:scim:api:messages:2.0:Error"];

    public static void Use(WebApplication app)
    {
        app.UseWhen(http => Origins.IsApi(http.Request), api => api.UseStatusCodePages(WriteAsync));
        app.UseWhen(http => !Origins.IsApi(http.Request), pages => pages.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true));
    }

    private static Task WriteAsync(StatusCodeContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        var (code, message) = status switch
        {
            401 => ("unauthenticated", "Send an API token: Authorization: Bearer trl_…"),
            403 => ("denied", "You may not see or do this."),
            404 => ("missing", "There is nothing here, or nothing that you may see."),
            405 => ("method", "This method is not possible here."),
            413 => ("too_large", "That is too large."),
            415 => ("media_type", "Send JSON: Content-Type: application/json."),
            429 => ("busy", "Too many requests. Try again in a moment."),
            _ => ("bad_request", "The request could not be read."),
        };
        return Problem(context.HttpContext, status, code, message);
    }

    public static Task Problem(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        if (http.Request.Path.StartsWithSegments("/scim"))
            return http.Response.WriteAsJsonAsync(new { schemas = ScimErrors, status = status.ToString(CultureInfo.InvariantCulture), detail = message }, Json.Options, "application/scim+json");
        return http.Response.WriteAsJsonAsync(new { type = $"/problems#{code}", title = message, status, code }, Json.Options, "application/problem+json");
    }
}
