using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Whole.Tests;

/// <summary>A route of the running host, as its own metadata tells it.</summary>
/// <param name="Method">GET, POST …; a page is listed once, as GET.</param>
/// <param name="Pattern">Begins with a slash.</param>
/// <param name="IsPage">A Razor page.</param>
/// <param name="Anonymous">Open to everybody.</param>
/// <param name="Permission">The permission that it declares.</param>
/// <param name="Parameters">Name and, where it names a record, the type of the identifier.</param>
/// <param name="Body">The type of the JSON body of an API route.</param>
/// <param name="Media">The first kind of content that it takes.</param>
internal sealed record Route(string Method, string Pattern, bool IsPage, bool Anonymous, string? Permission, IReadOnlyList<(string Name, Type? Id)> Parameters, Type? Body, string Media)
{
    // What the framework itself adds behind the static files; it only ever answers 404.
    private const string FrameworkFiles = "{**path:file}";

    public bool IsApi => Pattern.StartsWith("/api/", StringComparison.Ordinal) || IsScim;

    /// <summary>The directory's door, which speaks another dialect of refusals (RFC 7644).</summary>
    public bool IsScim => Pattern.StartsWith("/scim/", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Pattern}";

    /// <summary>The address with these values in the order of the parameters.</summary>
    public string Address(IReadOnlyList<string> values)
    {
        var parsed = RoutePatternFactory.Parse(Pattern);
        var at = 0;
        return "/" + string.Join('/', parsed.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            RoutePatternParameterPart => Uri.EscapeDataString(values[at++]),
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => "",
        }))));
    }

    /// <summary>Every route of the host but the static files.</summary>
    public static List<Route> All(IServiceProvider services)
    {
        var endpoints = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && e.RoutePattern.RawText != FrameworkFiles).ToList();
        var named = endpoints.SelectMany(e => OfApi(e)).ToList();
        var ids = named.GroupBy(p => p.Segment).ToDictionary(g => g.Key, g => g.First().Id);
        foreach (var (path, _, id) in named) ids.TryAdd(path, id);
        var types = services.GetRequiredService<ModuleList>().Modules.Select(m => m.GetType().Assembly).Append(typeof(Db).Assembly).SelectMany(a => a.GetTypes())
            .Where(t => t.IsValueType && typeof(ITypedId).IsAssignableFrom(t) && !t.IsGenericType);
        foreach (var type in types) ids.TryAdd(type.Name[..^2].ToLowerInvariant(), type);
        return [.. endpoints.SelectMany(e => Of(e, ids)).DistinctBy(r => r.ToString()).OrderBy(r => r.ToString(), StringComparer.Ordinal)];
    }

    private static IEnumerable<Route> Of(RouteEndpoint endpoint, Dictionary<string, Type> ids)
    {
        var page = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        var methods = page is not null ? ["GET"] : endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        var permission = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy)
            .LastOrDefault(p => p?.StartsWith(RequiresAttribute.PolicyPrefix, StringComparison.Ordinal) == true)?[RequiresAttribute.PolicyPrefix.Length..];
        var handler = endpoint.Metadata.GetMetadata<MethodInfo>();
        var parameters = endpoint.RoutePattern.Parameters.Select(p => (p.Name, IdOf(p.Name, page, handler) ?? Named(p, endpoint.RoutePattern, page, ids))).ToList();
        var accepts = endpoint.Metadata.GetMetadata<IAcceptsMetadata>();
        foreach (var method in methods)
            yield return new Route(method, pattern, page is not null, endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null, permission, parameters, accepts?.RequestType, accepts?.ContentTypes is [var media, ..] ? media : "application/json");
    }

    // A page's parameter is text; what it names stands in the API's route of the same words: /data-quality/conflicts/{id}, or in any that ends so.
    private static IEnumerable<(string Path, string Segment, Type Id)> OfApi(RouteEndpoint endpoint) =>
        from parameter in endpoint.RoutePattern.Parameters
        let id = IdOf(parameter.Name, null, endpoint.Metadata.GetMetadata<MethodInfo>())
        where id is not null
        select (PathBefore(endpoint.RoutePattern, parameter.Name, ["api", "v1"]), SegmentBefore(endpoint.RoutePattern, parameter.Name), id);

    // Only a page's text without a constraint: {Id} behind /deals, or {Deal} anywhere.
    private static Type? Named(RoutePatternParameterPart parameter, RoutePattern pattern, Type? page, Dictionary<string, Type> ids) =>
        page is null || parameter.ParameterPolicies.Count > 0 ? null
            : ids.GetValueOrDefault(parameter.Name.ToLowerInvariant()) ?? ids.GetValueOrDefault(PathBefore(pattern, parameter.Name, ["app", "portal"])) ?? ids.GetValueOrDefault(SegmentBefore(pattern, parameter.Name));

    private static Type? IdOf(string name, Type? page, MethodInfo? handler)
    {
        var type = page?.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                       .FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.PropertyType
                   ?? handler?.GetParameters().FirstOrDefault(p => p.Name == name)?.ParameterType;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        return typeof(ITypedId).IsAssignableFrom(type) ? type : null;
    }

    // With a slash in front, so that no segment is one.
    private static string PathBefore(RoutePattern pattern, string parameter, string[] without) =>
        string.Concat(pattern.PathSegments.TakeWhile(s => !s.Parts.OfType<RoutePatternParameterPart>().Any(p => p.Name == parameter))
            .Select(s => s.Parts.OfType<RoutePatternLiteralPart>().FirstOrDefault()?.Content ?? "*").SkipWhile(without.Contains).Select(s => "/" + s));

    private static string SegmentBefore(RoutePattern pattern, string parameter)
    {
        var before = pattern.PathSegments.TakeWhile(s => !s.Parts.OfType<RoutePatternParameterPart>().Any(p => p.Name == parameter)).LastOrDefault();
        return before?.Parts.OfType<RoutePatternLiteralPart>().FirstOrDefault()?.Content ?? "";
    }
}
