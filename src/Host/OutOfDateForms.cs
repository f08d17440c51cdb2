using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Trellis.Ui;

namespace Trellis.Host;

/// <summary>A form whose token or button is of another time is refused with 400, and a page says so.</summary>
internal static class OutOfDateForms
{
    /// <summary>The page of a refused post is looked at, not posted to, and no token is asked of it.</summary>
    public static Task ShowRefusals(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is null) return next(http);
        http.Request.Method = HttpMethods.Get;
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        return next(http);
    }

    /// <summary>
    /// The framework checks the token and leaves the refusal to whoever reads a form; a post without fields, such as signing out, reads none. A form that
    /// its page does not render any more it refuses with an empty text, which no status page follows.
    /// </summary>
    public static async Task Refuse(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
        {
            await next(http);
            if (http.Response is not { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest, ContentType: "text/plain" } || !UiSetup.IsPage(http)) return;
            http.Response.ContentType = null;
        }

        RefusedPost.Write(http, StatusCodes.Status400BadRequest);
    }
}
