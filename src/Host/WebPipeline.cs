using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Host;

/// <summary>The order in which a request passes through the program.</summary>
internal static class WebPipeline
{
    public static void Use(WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<Edge>();
        app.Use(AnswerHeadAsGet);
        app.UseResponseCompression();
        app.Use(LanguageOfRequest.SpeakAsync);
        StatusPages.Use(app);
        app.Use(OutOfDateForms.ShowRefusals);
        app.UseRouting();
        app.Use(Origins.RefuseForeignPosts);
        app.UseAuthentication();
        app.Use(LanguageOfRequest.SpeakToReaderAsync);
        app.UseRateLimiter();
        app.UseMiddleware<Faces>();
        app.Use(IdempotencyFilter.KeepBody);
        app.UseAuthorization();
        app.UseMiddleware<Workbooks>();
        app.UseAntiforgery();
        app.Use(OutOfDateForms.Refuse);
        Map(app);
    }

    // The server sends no body after a HEAD, whatever the program writes.
    private static Task AnswerHeadAsGet(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsHead(http.Request.Method)) http.Request.Method = HttpMethods.Get;
        return next(http);
    }

    private static void Map(WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
        ApiDocument.Map(app);
        var modules = app.Services.GetRequiredService<ModuleList>();
        var api = app.MapGroup("/api/v1").AddEndpointFilter<IdempotencyFilter>().AddEndpointFilter<Understood.Filter>().DisableAntiforgery();
        foreach (var module in modules.Modules)
        {
            module.Api(api);
            module.Web(app);
        }

        app.MapTrellisUi();
    }
}
