using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>
/// Dangerous acts want a proof of who one is that is not older than a quarter of an hour. A page says so by <c>[Authorize(Confirmation.Policy)]</c>;
/// whoever comes later is led to the page that asks, and back.
/// </summary>
internal static class Confirmation
{
    public const string Policy = "confirmed-lately";

    /// <summary>What follows when a page is not for this session: set up the owed second factor, confirm, or be refused.</summary>
    public static Task AskAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var (http, session) = (context.HttpContext, context.HttpContext.RequestServices.GetRequiredService<CurrentSession>());
        var (asked, actor) = (http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy ?? "").ToList() ?? [], http.RequestServices.GetRequiredService<CurrentActor>().Actor);
        // Whoever may not see the page at all is not asked to confirm first.
        var may = asked.Where(p => p.StartsWith(RequiresAttribute.PolicyPrefix, StringComparison.Ordinal)).All(p => actor.Permissions.Contains(p[RequiresAttribute.PolicyPrefix.Length..]));
        var stale = may && asked.Contains(Policy) && session.Session is { } open && !open.IsFresh(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        if (stale) http.Response.Redirect("/account/confirm?next=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
        else if (session.SecondFactorDue) http.Response.Redirect("/account/second-factor");
        else http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}

internal sealed class ConfirmedLately : IAuthorizationRequirement;

internal sealed class ConfirmedLatelyHandler(CurrentSession session, TimeProvider clock) : AuthorizationHandler<ConfirmedLately>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ConfirmedLately requirement)
    {
        if (session.Session?.IsFresh(clock.GetUtcNow().UtcDateTime) == true) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
