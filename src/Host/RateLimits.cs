using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>
/// How many requests one caller may send: a token of the API, an address that shows no token, an address that posts forms without being signed in. It is
/// counted in each node's memory, for it protects the node; what must outlast a restart, guesses at accounts, is counted by Identity in the database.
/// </summary>
internal static class RateLimits
{
    /// <summary>What the operator may set: requests a minute. <c>TRELLIS_LIMITS=off</c> leaves it to a proxy.</summary>
    internal sealed record Allowed(bool On, int ApiToken, int ApiAddress, int PublicForm)
    {
        public static Allowed From(IConfiguration configuration) => new(
            configuration["TRELLIS_LIMITS"] != "off",
            Number(configuration["TRELLIS_LIMIT_API"], 3000),
            Number(configuration["TRELLIS_LIMIT_API_UNKNOWN"], 300),
            Number(configuration["TRELLIS_LIMIT_FORMS"], 60));

        private static int Number(string? text, int otherwise) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : otherwise;
    }

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var allowed = Allowed.From(configuration);
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.OnRejected = TellAsync;
            o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => allowed.On ? Of(http, allowed) : RateLimitPartition.GetNoLimiter("all"));
        });
    }

    private static RateLimitPartition<string> Of(HttpContext http, Allowed allowed)
    {
        var request = http.Request;
        var actor = http.RequestServices.GetRequiredService<CurrentActor>().Actor;
        if (Origins.IsApi(request))
        {
            return actor.IsKnown
                ? Minute("token " + Digest(request.Headers.Authorization.ToString()), allowed.ApiToken)
                : Minute("api " + Address(http), allowed.ApiAddress);
        }

        // A page for strangers that is worth being copied by machines.
        if (!actor.IsKnown && !HttpMethods.IsPost(request.Method) && request.Path.StartsWithSegments("/partners")) return Minute("directory " + Address(http), 2 * allowed.PublicForm);
        // The refusal itself is a page, asked again under this path.
        if (actor.IsKnown || request.Path.StartsWithSegments("/status") || !(HttpMethods.IsPost(request.Method) || request.Path.StartsWithSegments("/sign-in/company")))
            return RateLimitPartition.GetNoLimiter("pages");
        return Minute("form " + Address(http), allowed.PublicForm);
    }

    // A bucket that fills evenly: after a burst the rest of the minute is not lost, and two bursts do not meet at the turn of a minute.
    private static RateLimitPartition<string> Minute(string key, int perMinute) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = perMinute,
        TokensPerPeriod = Math.Max(1, perMinute / 60),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / perMinute)),
        QueueLimit = 0,
        AutoReplenishment = true,
    });

    private static async ValueTask TellAsync(OnRejectedContext context, CancellationToken ct)
    {
        var http = context.HttpContext;
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : TimeSpan.FromSeconds(1);
        http.Response.Headers.RetryAfter = Answers.RetryAfter(wait);
        if (Origins.IsApi(http.Request))
            await StatusPages.Problem(http, StatusCodes.Status429TooManyRequests, "busy", "Too many requests. Wait as long as Retry-After says.");
    }

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static string Digest(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
