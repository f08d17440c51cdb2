using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Host;

/// <summary>
/// Keeps the faces apart (the vendor's people in /app, a partner's in /portal) and puts every refused access of a signed-in actor to an
/// existing route into the audit.
/// </summary>
internal sealed class Faces(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, CurrentActor current, IServiceScopeFactory scopes)
    {
        var actor = current.Actor;
        var (app, portal) = (http.Request.Path.StartsWithSegments("/app"), http.Request.Path.StartsWithSegments("/portal"));
        if (actor.IsKnown && ((app && actor.IsPartner) || (portal && !actor.IsPartner)))
        {
            http.Response.StatusCode = 404;
        }
        else if (actor.ViewedBy is not null && http.GetEndpoint()?.Metadata.GetMetadata<OwnOnlyAttribute>() is not null)
        {
            http.Response.StatusCode = 403;
        }
        else if (actor.ViewedBy is not null && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<WhileLooking>() is null)
        {
            // Whoever looks through another's eyes changes nothing; the transaction refuses as well.
            RefusedPost.Write(http, StatusCodes.Status403Forbidden, looking: true);
        }
        else
        {
            await next(http);
        }

        if (actor.IsKnown && http.Response.StatusCode is 403 or 404 && (app || portal || http.Request.Path.StartsWithSegments("/api/v1")) && http.GetEndpoint() is not null)
            await NoteAsync(http, actor, scopes);
    }

    private static async Task NoteAsync(HttpContext http, Actor actor, IServiceScopeFactory scopes)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = actor.ViewedBy is { } viewer ? actor with { ViewedBy = null, Name = $"{viewer} as {actor.Name}" } : actor;
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        var path = http.Request.Path.Value ?? "";
        if (path.Length > 200 || !Text.IsClean(path)) path = "…";
        await work.TransactAsync<Done>("access.refused", () =>
        {
            work.Note("access.refused", "route", path, new { method = http.Request.Method, status = http.Response.StatusCode });
            return Task.FromResult<Result<Done>>(default(Done));
        }, CancellationToken.None);
    }
}
