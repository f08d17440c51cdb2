using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Kernel;

/// <summary>Declares the permission that an endpoint or a page needs; the fallback asks for a signed-in person.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresAttribute(string permission) : AuthorizeAttribute(PolicyPrefix + permission)
{
    /// <summary>What a policy name begins with.</summary>
    public const string PolicyPrefix = "may:";

    /// <summary>The permission's code.</summary>
    public string Permission { get; } = permission;
}

/// <summary>On a post that somebody may send who looks through another person's eyes: it changes nothing of that person's.</summary>
public sealed class WhileLooking;

/// <summary>On a page that is its person's alone, such as what opens the account: closed to whoever looks through that person's eyes.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OwnOnlyAttribute : Attribute;

/// <summary>Turns results into answers of the API.</summary>
public static class Answers
{
    /// <summary>Declares the permission of a route.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder route, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        route.RequireAuthorization(new RequiresAttribute(permission.Code));

    /// <summary>200 with the value, or the problem.</summary>
    public static IResult ToOk<T>(this Result<T> result) => result.Ok ? Body(result.Value, 200, null) : result.Problem.ToResult();

    /// <summary>200 with the value, and its version as ETag where it has one.</summary>
    public static IResult Told<T>(this T value) where T : class => Body(value, 200, null);

    /// <summary>201 with the value and its address, or the problem.</summary>
    public static IResult ToCreated<T>(this Result<T> result, Func<T, string> address) =>
        result.Ok ? Body(result.Value, 201, address(result.Value)) : result.Problem.ToResult();

    /// <summary>202 with the value and the address to watch, or the problem.</summary>
    public static IResult ToAccepted<T>(this Result<T> result, Func<T, string> address) =>
        result.Ok ? Body(result.Value, 202, address(result.Value)) : result.Problem.ToResult();

    /// <summary>The problem as RFC 9457 describes it, with its stable code, its errors per field and its facts.</summary>
    public static IResult ToResult(this Problem problem)
    {
        var details = new ProblemDetails
        {
            Status = problem.Status,
            Title = problem.Message,
            Type = $"/problems#{problem.Code}",
            Extensions = { ["code"] = problem.Code },
        };
        if (problem.Errors.Count > 0) details.Extensions["errors"] = problem.Errors;
        if (problem.Facts.Count > 0) details.Extensions["facts"] = problem.Facts;
        var answer = Results.Json(details, Json.Options, "application/problem+json", problem.Status);
        return problem.RetryAfter is { } wait ? new WithHeaders(answer, null, null, wait) : answer;
    }

    /// <summary>Whole seconds for <c>Retry-After</c>, never none.</summary>
    public static string RetryAfter(TimeSpan wait) => Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static IResult Body<T>(T value, int status, string? address) => new WithHeaders(
        Results.Json(value, Json.Options, statusCode: status), address, value is IHasVersion { Version: var version } ? $"\"{version}\"" : null);

    private sealed class WithHeaders(IResult inner, string? location, string? etag, TimeSpan? wait = null) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            if (location is not null) http.Response.Headers.Location = location;
            if (etag is not null) http.Response.Headers.ETag = etag;
            if (wait is { } time) http.Response.Headers.RetryAfter = RetryAfter(time);
            return inner.ExecuteAsync(http);
        }
    }
}

/// <summary>An answer that carries the version of its record; it becomes the ETag.</summary>
public interface IHasVersion
{
    long Version { get; }
}

/// <summary>
/// Honours <c>Idempotency-Key</c> on posts: the effect and the stored reply are one transaction, a repeat gets the same reply, the same key
/// with other content is refused, and a refusal is not remembered.
/// </summary>
public sealed class IdempotencyFilter : IEndpointFilter
{
    /// <summary>Keeps the body of a post that carries a key, since the handler's parameters are read before a filter runs.</summary>
    public static Task KeepBody(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.ContainsKey("Idempotency-Key")) http.Request.EnableBuffering();
        return next(http);
    }

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue("Idempotency-Key", out var header)) return await next(context);
        var key = header.ToString();
        if (key.Length is 0 or > 255 || !Text.IsClean(key))
            return new Problem(ProblemKind.Invalid, "idempotency.key", "The Idempotency-Key must have 1 to 255 characters.").ToResult();

        var work = http.RequestServices.GetRequiredService<Work>();
        var request = await FingerprintAsync(http, work.Actor.Partner);
        IResult? answer = null;
        var stored = await work.TransactAsync<IdempotentReply>("api.reply", async () =>
        {
            await work.LockAsync($"reply:{work.Actor.Person}:{key}", http.RequestAborted);
            var earlier = await work.Db.Set<IdempotentReply>().AsNoTracking()
                .SingleOrDefaultAsync(r => r.Person == work.Actor.Person && r.Key == key, http.RequestAborted);
            if (earlier is not null)
                return earlier.Request == request ? earlier : new Problem(ProblemKind.Invalid, "idempotency.reused", "This Idempotency-Key was used for another request.");
            answer = (IResult?)await next(context) ?? Results.NoContent();
            var reply = await CaptureAsync(http, work, answer, key, request);
            if (reply.Status >= 300) return new Problem(ProblemKind.Invalid, NotKept, "");
            work.Db.Add(reply);
            return reply;
        }, http.RequestAborted);

        if (stored.Ok) return new Replay(stored.Value);
        return stored.Problem.Code == NotKept ? answer : stored.Problem.ToResult();
    }

    private const string NotKept = "idempotency.not_kept";

    private static async Task<string> FingerprintAsync(HttpContext http, PartnerId? partner)
    {
        // The body was read for the handler's parameters already; the pipeline has kept it (KeepBody).
        http.Request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{partner} {http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n"));
        var buffer = new byte[16384];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0) hash.AppendData(buffer, 0, read);
        http.Request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<IdempotentReply> CaptureAsync(HttpContext http, Work work, IResult answer, string key, string request)
    {
        var body = http.Response.Body;
        using var captured = new MemoryStream();
        http.Response.Body = captured;
        try
        {
            await answer.ExecuteAsync(http);
            return new IdempotentReply
            {
                TenantId = work.Tenant,
                Person = work.Actor.Person,
                Key = key,
                Request = request,
                Status = http.Response.StatusCode,
                Location = http.Response.Headers.Location,
                ETag = http.Response.Headers.ETag,
                ContentType = http.Response.ContentType ?? "",
                Body = Encoding.UTF8.GetString(captured.ToArray()),
                At = work.Now,
            };
        }
        finally
        {
            http.Response.Body = body;
            http.Response.Headers.Remove("Location");
            http.Response.Headers.Remove("ETag");
            http.Response.ContentLength = null;
            http.Response.ContentType = null;
            http.Response.StatusCode = 200;
        }
    }

    private sealed class Replay(IdempotentReply reply) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = reply.Status;
            if (reply.ETag is not null) http.Response.Headers.ETag = reply.ETag;
            if (reply.Location is not null) http.Response.Headers.Location = reply.Location;
            if (reply.Body.Length == 0) return;
            http.Response.ContentType = reply.ContentType;
            await http.Response.WriteAsync(reply.Body, http.RequestAborted);
        }
    }
}
