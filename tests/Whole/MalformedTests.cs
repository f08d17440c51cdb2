using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Trellis.Whole.Tests.Abuse;

namespace Trellis.Whole.Tests;

/// <summary>Requests as a broken or hostile program sends them: never a fault of ours, always a refusal that a program can read.</summary>
public sealed class MalformedTests
{
    private static readonly int Requests = BriefRun.Times("TRELLIS_REQUESTS", 1_000, 10_000);
    private const int AtOnce = 4;

    // Another seed sends others.
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("TRELLIS_SEED"), out var seed) ? seed : 4711;

    // How often each form is sent: 2 times beside 1,000 requests, 20 times beside 10,000.
    private static readonly int TimesAForm = Math.Max(1, Requests / 500);

    [SkippableTheory, BothDatabases]
    public async Task No_malformed_request_is_a_fault_and_every_refusal_can_be_read(Database database)
    {
        var cast = await Cast.OfItsOwnAsync(database);
        await using var app = cast.App;
        var routes = Route.All(cast.App.Services).Where(r => r.Method == "GET" || r.IsApi).ToList();
        foreach (var route in routes) // Found once, before several ask at the same time.
            foreach (var id in route.Parameters.Select(p => p.Id).OfType<Type>())
                foreach (var visitor in (Visitor[])[cast.Administrator, cast.Brightpath]) await cast.IdsAsync(id, visitor.Actor!);
        var faults = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            var chance = new Random(Seed + i);
            // The API has four of five: pages are few and read little.
            var route = i % 5 == 0 ? routes[i / 5 % routes.Count] : Api(routes, i);
            var visitor = chance.Next(3) == 0 ? cast.Brightpath : cast.Administrator;
            using var request = await RequestAsync(cast, route, visitor, chance);
            var answer = await Answer.ToAsync(visitor.For(route), request);
            var wrong = route.IsApi && !route.IsScim ? answer.ProblemFaults() : [];
            if (answer.Status >= 500 && answer.Status != 503) wrong = wrong.Append($"fails with {answer.Status}");
            foreach (var fault in wrong) faults.Add($"{route} {request.RequestUri}: {fault}\n  sent: {(request.Content is null ? "nothing" : Short(await request.Content.ReadAsStringAsync(CancellationToken.None)))}\n  got: {Short(answer.Text)}");
        });
        foreach (var visitor in (Visitor[])[cast.Administrator, cast.Brightpath])
            foreach (var fault in await NastyForms.PostAsync(cast, visitor, Seed, TimesAForm)) faults.Add(fault);

        // By chance a request may have been right and have ended the own key; the program itself goes on.
        (await cast.Administrator.Api.GetAsync("/health/ready")).EnsureSuccessStatusCode();
        foreach (var visitor in (Visitor[])[cast.Administrator, cast.Brightpath])
            ((int)(await visitor.Api.GetAsync("/api/v1/me")).StatusCode).ShouldBeOneOf(200, 401);
        faults.Order().DistinctBy(f => f.Split(' ', 3)[1] + f.Split('\n')[0].Split(": ")[^1]).Take(40).ShouldBeEmpty($"{faults.Count} faults in {Requests} requests and the forms");
    }

    private static Route Api(List<Route> routes, int i)
    {
        for (var at = i; ; at++)
            if (routes[at % routes.Count] is { Pattern: var pattern } route && pattern.StartsWith("/api/v1", StringComparison.Ordinal)) return route;
    }

    private static async Task<HttpRequestMessage> RequestAsync(Cast cast, Route route, Visitor visitor, Random chance)
    {
        var values = new List<string>();
        foreach (var (_, id) in route.Parameters)
        {
            // Nobody who asks may be suspended on the way.
            var known = id is null || id == typeof(PersonId) || chance.Next(2) == 0 ? [] : await cast.IdsAsync(id, visitor.Actor!);
            values.Add(known.Count > 0 ? Cast.Text(id!, known[chance.Next(known.Count)]) : Unslashed(Nasty.One(chance)));
        }

        var query = chance.Next(2) == 0 ? "" : "?" + string.Join('&', Queries(chance));
        var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Address(values) + query);
        if (route.Method is "GET" or "DELETE") return request;
        request.Content = new ByteArrayContent(Body(route.Body, chance));
        if (chance.Next(8) > 0) request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        else if (chance.Next(2) == 0) request.Content.Headers.TryAddWithoutValidation("Content-Type", chance.Next(2) == 0 ? "text/plain" : "multipart/form-data; boundary=x");
        if (chance.Next(10) == 0) request.Headers.TryAddWithoutValidation("Idempotency-Key", chance.Next(2) == 0 ? new string('k', 300) : $"key-{chance.Next(5)}");
        if (chance.Next(10) == 0) request.Headers.TryAddWithoutValidation("If-Match", "'; DROP TABLE deals_deal; --");
        return request;
    }

    // A slash or a dot alone would be another address; a NUL in an address is refused by the server before anything of ours sees it.
    private static string Unslashed(string text) =>
        text.Replace("/", "").Replace("..", "").Replace("\0", "") is { Length: > 0 and < 2000 } plain && !string.IsNullOrWhiteSpace(plain) ? plain : "x";

    private static IEnumerable<string> Queries(Random chance)
    {
        string[] names = ["q", "cursor", "size", "sort", "state", "from", "to", "partner", "limit", "desc", "tenant"];
        for (var i = chance.Next(1, 4); i > 0; i--)
            yield return names[chance.Next(names.Length)] + "=" + Uri.EscapeDataString(Nasty.One(chance) is { Length: < 2000 } text ? text : "long");
    }

    private static byte[] Body(Type? type, Random chance)
    {
        switch (chance.Next(12))
        {
            case 0: return [];
            case 1: return Encoding.UTF8.GetBytes(new string('[', 1000));
            case 2: return Encoding.UTF8.GetBytes("{\"a\":" + string.Concat(Enumerable.Repeat("{\"a\":", 1000)));
            case 3: return [0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d];
            case 4: return Encoding.UTF8.GetBytes("{\"name\":\"\\ud800\"}");
            case 5: return Encoding.UTF8.GetBytes(chance.Next(3) switch { 0 => "null", 1 => "[null]", _ => "[1,2,3]" });
        }

        if (type is not null && Element(type) is not null) return Encoding.UTF8.GetBytes(Value(type, chance, 0));

        var text = new StringBuilder("{");
        foreach (var property in type?.GetProperties() ?? [])
        {
            if (chance.Next(6) == 0) continue;
            if (text.Length > 1) text.Append(',');
            // Now and then the same name twice.
            if (chance.Next(40) == 0) text.Append(JsonSerializer.Serialize(JsonNamingPolicy.CamelCase.ConvertName(property.Name))).Append(":\"twice\",");
            text.Append(JsonSerializer.Serialize(JsonNamingPolicy.CamelCase.ConvertName(property.Name))).Append(':').Append(Value(property.PropertyType, chance, 0));
        }

        var json = Encoding.UTF8.GetBytes(text.Append('}').ToString());
        return chance.Next(6) == 0 ? json[..chance.Next(json.Length)] : json;
    }

    /// <summary>Mostly of the right type with a nasty value, sometimes of a wrong one.</summary>
    private static string Value(Type type, Random chance, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        switch (chance.Next(9))
        {
            case 0: return "null";
            case 1: return JsonSerializer.Serialize(Nasty.One(chance));
            case 2: return "{}";
            case 3: return chance.Next(2) == 0 ? "1e308" : chance.Next(2) == 0 ? "1e400" : "-99999999999999999999";
        }

        if (type == typeof(bool)) return "true";
        if (type.IsPrimitive || type == typeof(decimal)) return chance.Next(3) switch { 0 => "0", 1 => "-1", _ => chance.Next(2) == 0 ? "9223372036854775807" : "-9223372036854775808" };
        if (type.IsEnum) return JsonSerializer.Serialize(Words.Snake(Enum.GetNames(type)[chance.Next(Enum.GetNames(type).Length)]));
        if (type == typeof(DateOnly)) return chance.Next(2) == 0 ? "\"0001-01-01\"" : "\"2026-05-01\"";
        if (type == typeof(DateTime)) return "\"9999-12-31T23:59:59Z\"";
        if (type == typeof(string)) return JsonSerializer.Serialize(Nasty.One(chance));
        if (typeof(ITypedId).IsAssignableFrom(type)) return JsonSerializer.Serialize(Cast.Text(type, Guid.CreateVersion7()));
        if (Element(type) is { } element && depth < 3) return "[" + string.Join(',', Enumerable.Range(0, chance.Next(4)).Select(_ => Value(element, chance, depth + 1))) + "]";
        if (Entry(type) is { } entry && depth < 3) return "{" + string.Join(',', Enumerable.Range(0, chance.Next(3)).Select(i => JsonSerializer.Serialize(Nasty.One(chance) + i) + ":" + Value(entry, chance, depth + 1))) + "}";
        if (depth >= 3) return "{}";
        return "{" + string.Join(',', type.GetProperties().Where(p => p.GetIndexParameters().Length == 0).Take(20)
            .Select(p => JsonSerializer.Serialize(JsonNamingPolicy.CamelCase.ConvertName(p.Name)) + ":" + Value(p.PropertyType, chance, depth + 1))) + "}";
    }

    // What a list holds, and what a dictionary of names holds.
    private static Type? Element(Type type) => type == typeof(string) || Entry(type) is not null ? null : Arguments(type, typeof(IEnumerable<>)) is [var element] ? element : null;

    private static Type? Entry(Type type) => (Arguments(type, typeof(IReadOnlyDictionary<,>)) ?? Arguments(type, typeof(IDictionary<,>))) is [_, var entry] ? entry : null;

    private static Type[]? Arguments(Type type, Type open) =>
        type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == open)?.GetGenericArguments();

    private static string Short(string text) => text.Length > 300 ? text[..300] + " …" : text;
}
