using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>The address under which an invited person signs in for the first time.</summary>
internal static class InvitationLinks
{
    public static Func<string, string> Of(HttpContext http) =>
        secret => http.RequestServices.GetRequiredService<Links>().To($"/sign-in/link?key={Uri.EscapeDataString(secret)}");
}
