using Microsoft.AspNetCore.Http;

namespace Trellis.Kernel;

/// <summary>
/// What one request has asked by, words and identifiers, and whether anything knew it: a filter that is not understood would otherwise show everything, as if nothing had been asked.
/// </summary>
public static class Understood
{
    private static readonly AsyncLocal<Heard?> Current = new();

    /// <summary>The text, where it is one of these words, or null.</summary>
    public static string? OneOf(string? text, params ReadOnlySpan<string> words)
    {
        var known = text is not null && words.Contains(text);
        Hear(text, known);
        return known ? text : null;
    }

    /// <summary>What a text was read as, null where it could not be.</summary>
    public static T? Note<T>(string? text, T? value) where T : struct
    {
        Hear(text, value is not null);
        return value;
    }

    /// <summary>A parameter that stands for something that is not there, such as a custom field: it is refused by its name, whatever its value.</summary>
    public static void Lost(string parameter) => Current.Value?.Lost.Add(parameter);

    private static void Hear(string? text, bool known)
    {
        if (Current.Value is { } heard && !string.IsNullOrEmpty(text)) (known ? heard.Known : heard.Unknown).Add(text);
    }

    private sealed class Heard
    {
        public HashSet<string> Known { get; } = [];
        public HashSet<string> Unknown { get; } = [];
        public HashSet<string> Lost { get; } = [];
    }

    /// <summary>Refuses what is read by a word that nothing knows, and names the parameter.</summary>
    public sealed class Filter : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var request = context.HttpContext.Request;
            if (!HttpMethods.IsGet(request.Method) || request.Query.Count == 0) return await next(context);
            var heard = Current.Value = new Heard();
            var answer = await next(context);
            // What is searched for is free text, also where it looks like an identifier.
            var unknown = request.Query.Keys.Where(key => heard.Lost.Any(l => key == l || key.StartsWith(l + ".", StringComparison.Ordinal))).ToArray();
            if (unknown.Length > 0) return Problem.Invalid(unknown.ToDictionary(name => name, name => new[] { $"There is no field “{Text.Storable(name, 60)}” that you may filter by." })).ToResult();
            var lost = request.Query.Where(q => !q.Key.Equals("q", StringComparison.OrdinalIgnoreCase) && q.Value.Any(v => v is not null && heard.Unknown.Contains(v) && !heard.Known.Contains(v))).Select(q => q.Key).ToArray();
            return lost.Length == 0 ? answer : Problem.Invalid(lost.ToDictionary(name => name, name => new[] { $"“{Text.Storable(request.Query[name].ToString(), 60)}” is not known for “{Text.Storable(name, 60)}”." })).ToResult();
        }
    }
}
