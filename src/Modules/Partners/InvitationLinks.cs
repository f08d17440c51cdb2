using Microsoft.AspNetCore.Http;

namespace Trellis.Partners;

/// <summary>The address under which an invited person signs in for the first time.</summary>
internal static class InvitationLinks
{
    public static Func<string, string> Of(HttpContext http) =>
        secret => $"{http.Request.Scheme}://{http.Request.Host}/sign-in/link?key={Uri.EscapeDataString(secret)}";
}
