using Trellis.Kernel;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Ui;

/// <summary>What the host tells the layouts.</summary>
public sealed class UiOptions
{
    /// <summary>The product's name in titles and beside the mark.</summary>
    public string Product { get; set; } = "Trellis";

    /// <summary>The assemblies whose pages are routed, besides this one.</summary>
    public IList<Assembly> Pages { get; } = [];

    /// <summary>The list of static files that the build wrote; null for the one beside the program.</summary>
    public string? AssetManifest { get; set; }

}

/// <summary>Brings the pages into a host.</summary>
public static class UiSetup
{
    /// <summary>Registers static rendering and what the layouts need.</summary>
    public static IServiceCollection AddTrellisUi(this IServiceCollection services, Action<UiOptions>? configure = null)
    {
        var options = new UiOptions();
        configure?.Invoke(options);
        services.AddSingleton(options);
        services.AddScoped<LoadGate>();
        services.AddScoped<BrandOfPage>();
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        return services;
    }

    /// <summary>Maps the static files, the pages of all modules, and the posts of the layouts.</summary>
    public static RazorComponentsEndpointConventionBuilder MapTrellisUi(this IEndpointRouteBuilder app)
    {
        var options = app.ServiceProvider.GetRequiredService<UiOptions>();
        app.MapStaticAssets(options.AssetManifest).AllowAnonymous();
        app.MapPost("/ui/theme", (HttpContext http, [FromForm] string theme, [FromForm] string? back) =>
        {
            if (theme is "light" or "dark") Keep(http, "theme", theme);
            return Results.LocalRedirect(Local(back));
        }).WithMetadata(new Kernel.WhileLooking()).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/ui/language", async (HttpContext http, IEnumerable<ILanguageMemory> memories, [FromForm] string language, [FromForm] string? back) =>
        {
            if (Languages.Find(language) is { } chosen)
            {
                LanguageOfRequest.Keep(http, chosen.Code);
                foreach (var memory in memories) await memory.KeepAsync(chosen.Code, http.RequestAborted);
            }

            return Results.LocalRedirect(Local(back));
        }).WithMetadata(new Kernel.WhileLooking()).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/ui/views", async (HttpContext http, Work work, [FromForm] string path, [FromForm] string? query, [FromForm] string? name, [FromForm] bool? shared, CancellationToken ct) =>
        {
            var saved = await SavedViews.SaveAsync(work, path, query ?? "", name ?? "", shared == true, ct);
            Flash.Say(http, saved.Ok ? T($"The view “{name!.Trim()}” is kept.") : saved.Problem.Message, saved.Ok ? Tone.Good : Tone.Bad);
            return Results.LocalRedirect(Local(path + query));
        }).ExcludeFromDescription();
        app.MapPost("/ui/views/drop", async (HttpContext http, Work work, [FromForm] SavedViewId id, [FromForm] string? back, CancellationToken ct) =>
        {
            var dropped = await SavedViews.DropAsync(work, id, ct);
            Flash.Say(http, dropped.Ok ? "The view is dropped." : dropped.Problem.Message, dropped.Ok ? Tone.Good : Tone.Bad);
            return Results.LocalRedirect(Local(back));
        }).ExcludeFromDescription();
        return app.MapRazorComponents<Document>().AddAdditionalAssemblies([.. options.Pages]).WithStaticAssets(options.AssetManifest);
    }

    /// <summary>Whether a request is for a page, rather than for a file, a download or the post of a layout.</summary>
    public static bool IsPage(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    /// <summary>
    /// The policy that all pages keep: nothing inline, nothing from elsewhere. The host sends it as <c>Content-Security-Policy</c>.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // What a form of ours names is an address as a browser writes it; anything else, and anything that a browser may read as another site, leads home.
    private static string Local(string? back) => back is ['/', ..] && back.All(c => c is > ' ' and < '\x7f') && RedirectHttpResult.IsLocalUrl(back) ? back : "/";

    // Read by theme.js, so not HttpOnly; it holds no secret.
    private static void Keep(HttpContext http, string name, string value) =>
        http.Response.Cookies.Append(name, value, new CookieOptions { Path = "/", MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps });
}
