using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>
/// Pages know a person by a cookie, the API by a bearer token and by nothing else, so no foreign page can post to the API with somebody's cookie.
/// Either way the actor is read afresh and set for the request.
/// </summary>
internal static class Sessions
{
    public const string Cookie = "cookie";
    public const string Bearer = "bearer";
    private const string Either = "either";

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = http => IsApi(http.Request) ? Bearer : Cookie)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(Bearer, null)
            .AddCookie(Cookie, o =>
            {
                o.Cookie.Name = "trellis";
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.CookieManager = new SafeCookieManager();
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = Session.Idle;
                o.SlidingExpiration = true;
                o.LoginPath = "/sign-in";
                o.AccessDeniedPath = "/denied";
                o.ReturnUrlParameter = "next";
                o.Events.OnValidatePrincipal = ValidateAsync;
                o.Events.OnRedirectToAccessDenied = Confirmation.AskAsync;
                // Where to go after signing in is decided in one place (Destination), not by the cookie as well.
                o.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
            });
    }

    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/scim");

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var (claims, http, services, ct) = (context.Principal!, context.HttpContext, context.HttpContext.RequestServices, context.HttpContext.RequestAborted);
        var session = services.GetRequiredService<CurrentSession>();
        (session.Active, session.Aside) = (HeldSession.ActiveOf(claims), HeldSession.AsideOf(claims));
        if (session.Active is { } active && await services.GetRequiredService<OpenSessions>().AdmitAsync(http, active, ct) is { } admitted)
        {
            var actor = await services.GetRequiredService<Looking>().ThroughAsync(http, admitted, ct);
            services.GetRequiredService<CurrentActor>().Actor = actor.ViewedBy is null ? actor with { Companies = Companies(http, actor, session.Aside) } : actor;
            return;
        }

        context.RejectPrincipal();
    }

    // For the menu. Those aside are named as the cookie holds them and looked at when somebody switches; where there is no other company to enter, nothing is shown.
    private static IReadOnlyList<OpenCompany> Companies(HttpContext http, Actor actor, IReadOnlyList<HeldSession> aside)
    {
        var settings = http.RequestServices.GetRequiredService<ITenantSettings>();
        if (!settings.Several || OwnDoor.Of(http) is not null) return [];
        return [.. aside.Select(a => new OpenCompany(a.Tenant, settings.Of(a.Tenant).Name)).Append(new OpenCompany(actor.Tenant, actor.TenantName)).OrderBy(c => c.Name, StringComparer.OrdinalIgnoreCase)];
    }
}

/// <summary>Knows a caller of the API by <c>Authorization: Bearer trl_…</c>.</summary>
internal sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Db db, Actors actors, CurrentActor current, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer " + IssueToken.TokenPrefix, StringComparison.OrdinalIgnoreCase) || header.Length > 200) return AuthenticateResult.NoResult();
        var (hash, now) = (Secrets.HashOf(header["Bearer ".Length..]), clock.GetUtcNow().UtcDateTime);
        if (await actors.OfTokenAsync(hash, now, Context.RequestAborted) is not var (key, actor)) return AuthenticateResult.Fail("The token is unknown or has run out.");
        if (actor is null) return AuthenticateResult.Fail("The person behind this token may not sign in any more.");
        current.Actor = key.Narrow(actor);
        await key.NoteUseAsync(db, now, Context.RequestAborted);
        var identity = new ClaimsIdentity([new Claim("person", key.PersonId.ToString())], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Write(401, "unauthenticated", "Send an API token: Authorization: Bearer trl_…");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Write(403, "denied", "You may not do this.");

    private Task Write(int status, string code, string message)
    {
        Response.StatusCode = status;
        // A directory gets the status in its own form.
        if (Request.Path.StartsWithSegments("/scim")) return Task.CompletedTask;
        return Response.WriteAsJsonAsync(new { type = $"/problems#{code}", title = message, status, code }, Json.Options, "application/problem+json");
    }
}
