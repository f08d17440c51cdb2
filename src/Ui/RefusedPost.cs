using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Trellis.Ui;

/// <summary>What the page of a refused post says beyond the status: why it was refused, and where the form stood.</summary>
/// <param name="Looking">Whether somebody looks through another's eyes; otherwise the form was out of date.</param>
/// <param name="Back">The page of the form, or null where the browser does not say it.</param>
public sealed record RefusedPost(bool Looking, string? Back)
{
    /// <summary>Refuses a post with this status.</summary>
    public static void Write(HttpContext http, int status, bool looking = false)
    {
        http.Items[typeof(RefusedPost)] = new RefusedPost(looking, BackFrom(http.Request));
        http.Response.StatusCode = status;
    }

    /// <summary>What was refused, or null.</summary>
    public static RefusedPost? Of(HttpContext? http) => http?.Items[typeof(RefusedPost)] as RefusedPost;

    // Our own pages alone are led back to. Where the browser is silent, a page's form was sent to the page itself.
    private static string? BackFrom(HttpRequest request)
    {
        var from = Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var referer) ? referer : null;
        if (from is not null) return from.Authority == request.Host.Value && RedirectHttpResult.IsLocalUrl(from.PathAndQuery) ? from.PathAndQuery : null;
        return UiSetup.IsPage(request.HttpContext) ? request.Path.ToUriComponent() + request.QueryString.ToUriComponent() : null;
    }
}
