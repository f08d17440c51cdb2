using Microsoft.AspNetCore.Http;

namespace Trellis.Identity.Web;

/// <summary>Boxes that were ticked: each is a field of its own, <c>prefix.code</c>.</summary>
internal static class Ticks
{
    public static string Name(string prefix, string code) => $"{prefix}.{code}";

    public static string[] Of(HttpContext http, string prefix) => !http.Request.HasFormContentType
        ? []
        : [.. http.Request.Form.Where(f => f.Key.StartsWith(prefix + ".", StringComparison.Ordinal) && f.Value.Contains("true")).Select(f => f.Key[(prefix.Length + 1)..])];

    /// <summary>Whether the form with this name was posted, so that what was ticked is shown again instead of what is stored.</summary>
    public static bool Posted(HttpContext http, string form) => http.Request.HasFormContentType && http.Request.Form["_handler"] == form;

    /// <summary>Permissions by the module that declares them.</summary>
    public static string Area(string code)
    {
        var area = code.Split('.')[0];
        return char.ToUpperInvariant(area[0]) + area[1..];
    }
}
