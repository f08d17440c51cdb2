using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Trellis.Whole.Tests;

/// <summary>Requests as a broken or hostile program sends them: never a fault of ours, always a refusal that a program can read.</summary>
public sealed class MalformedTests
{
    private const int Requests = 2000;
    private const int Seed = 4711;

    private static readonly string[] Nasty =
    [
        "", " ", "\0", "a\0b", "\u0007", "\uFEFF", "\u202Etxt", "Ω≈ç√∫", "田中さん", "👩‍👩‍👧", "<script>alert(1)</script>", "' OR 1=1 --", "\"; DROP TABLE deals_deal; --",
        "../../../../etc/passwd", "%00", "%n%n%s", "{{7*7}}", "${jndi:ldap://x}", "=1+1", "NaN", "Infinity", "-0", "1e400", "0x10", "true", "null", "undefined",
        "2026-02-30", "9999-12-31", "0001-01-01", "0000-00-00", "2026-13-01T25:61:61Z", "12,5", "1_000", "par_00000000000000000000000000000000", "deal_zz", new('x', 5000),
    ];

    [SkippableTheory, Databases]
    public async Task No_malformed_request_is_a_fault_and_every_refusal_can_be_read(Database database)
    {
        var cast = await Cast.OfItsOwnAsync(database);
        await using var app = cast.App;
        var chance = new Random(Seed);
        var routes = Route.All(cast.App.Services).Where(r => r.Pattern.StartsWith("/api/v1", StringComparison.Ordinal)).ToList();
        var faults = new List<string>();
        for (var i = 0; i < Requests; i++)
        {
            var route = routes[i % routes.Count];
            var visitor = chance.Next(3) == 0 ? cast.Brightpath : cast.Administrator;
            using var request = await RequestAsync(cast, route, visitor, chance);
            var answer = await Answer.ToAsync(visitor.Api, request);
            var wrong = answer.ProblemFaults();
            if (answer.Status >= 500 && answer.Status != 503) wrong = wrong.Append($"fails with {answer.Status}");
            foreach (var fault in wrong) faults.Add($"{route} {request.RequestUri}: {fault}\n  sent: {(request.Content is null ? "nothing" : Short(await request.Content.ReadAsStringAsync()))}\n  got: {Short(answer.Text)}");
        }

        (await cast.Administrator.Api.GetAsync("/api/v1/me")).EnsureSuccessStatusCode();
        (await cast.Brightpath.Api.GetAsync("/api/v1/me")).EnsureSuccessStatusCode();
        faults.DistinctBy(f => f.Split(' ', 3)[1] + f.Split('\n')[0].Split(": ")[^1]).Take(20).ShouldBeEmpty($"{faults.Count} of {Requests} requests");
    }

    private static async Task<HttpRequestMessage> RequestAsync(Cast cast, Route route, Visitor visitor, Random chance)
    {
        var values = new List<string>();
        foreach (var (_, id) in route.Parameters)
        {
            // Nobody who asks may be suspended on the way.
            var known = id is null || id == typeof(PersonId) || chance.Next(2) == 0 ? [] : await cast.IdsAsync(id, visitor.Actor!);
            values.Add(known.Count > 0 ? Cast.Text(id!, known[chance.Next(known.Count)]) : Unslashed(Nasty[chance.Next(Nasty.Length)]));
        }

        var query = chance.Next(2) == 0 ? "" : "?" + string.Join('&', Queries(chance));
        var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Address(values) + query);
        if (route.Method is "GET" or "DELETE") return request;
        request.Content = new ByteArrayContent(Body(route.Body, chance));
        if (chance.Next(8) > 0) request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        else if (chance.Next(2) == 0) request.Content.Headers.TryAddWithoutValidation("Content-Type", chance.Next(2) == 0 ? "text/plain" : "multipart/form-data; boundary=x");
        if (chance.Next(10) == 0) request.Headers.TryAddWithoutValidation("Idempotency-Key", chance.Next(2) == 0 ? new string('k', 300) : $"key-{chance.Next(5)}");
        if (chance.Next(10) == 0) request.Headers.TryAddWithoutValidation("If-Match", Nasty[12]);
        return request;
    }

    // A slash or a dot alone would be another address; a NUL in an address is refused by the server before anything of ours sees it.
    private static string Unslashed(string text) =>
        text.Replace("/", "").Replace("..", "").Replace("\0", "") is { Length: > 0 and < 2000 } plain && !string.IsNullOrWhiteSpace(plain) ? plain : "x";

    private static IEnumerable<string> Queries(Random chance)
    {
        string[] names = ["q", "cursor", "size", "sort", "state", "from", "to", "partner", "limit", "desc", "tenant"];
        for (var i = chance.Next(1, 4); i > 0; i--)
            yield return names[chance.Next(names.Length)] + "=" + Uri.EscapeDataString(Nasty[chance.Next(Nasty.Length)] is { Length: < 2000 } text ? text : "long");
    }

    private static byte[] Body(Type? type, Random chance)
    {
        switch (chance.Next(12))
        {
            case 0: return [];
            case 1: return Encoding.UTF8.GetBytes(new string('[', 400));
            case 2: return Encoding.UTF8.GetBytes("{\"a\":" + string.Concat(Enumerable.Repeat("{\"a\":", 200)));
            case 3: return [0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d];
            case 4: return Encoding.UTF8.GetBytes("{\"name\":\"\\ud800\"}");
            case 5: return Encoding.UTF8.GetBytes(chance.Next(2) == 0 ? "null" : "[1,2,3]");
        }

        var text = new StringBuilder("{");
        foreach (var property in type?.GetProperties() ?? [])
        {
            if (chance.Next(6) == 0) continue;
            if (text.Length > 1) text.Append(',');
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
            case 1: return JsonSerializer.Serialize(Nasty[chance.Next(Nasty.Length)]);
            case 2: return "{}";
            case 3: return chance.Next(2) == 0 ? "1e308" : "-99999999999999999999";
        }

        if (type == typeof(bool)) return "true";
        if (type.IsPrimitive || type == typeof(decimal)) return chance.Next(3) switch { 0 => "0", 1 => "-1", _ => "9223372036854775807" };
        if (type.IsEnum) return JsonSerializer.Serialize(Words.Snake(Enum.GetNames(type)[chance.Next(Enum.GetNames(type).Length)]));
        if (type == typeof(DateOnly)) return chance.Next(2) == 0 ? "\"0001-01-01\"" : "\"2026-05-01\"";
        if (type == typeof(DateTime)) return "\"9999-12-31T23:59:59Z\"";
        if (type == typeof(string)) return JsonSerializer.Serialize(Nasty[chance.Next(Nasty.Length)]);
        if (typeof(ITypedId).IsAssignableFrom(type)) return JsonSerializer.Serialize(Cast.Text(type, Guid.CreateVersion7()));
        if (type.IsArray && depth < 3) return "[" + string.Join(',', Enumerable.Range(0, chance.Next(4)).Select(_ => Value(type.GetElementType()!, chance, depth + 1))) + "]";
        if (depth >= 3) return "{}";
        return "{" + string.Join(',', type.GetProperties().Where(p => p.GetIndexParameters().Length == 0).Take(20)
            .Select(p => JsonSerializer.Serialize(JsonNamingPolicy.CamelCase.ConvertName(p.Name)) + ":" + Value(p.PropertyType, chance, depth + 1))) + "}";
    }

    private static string Short(string text) => text.Length > 300 ? text[..300] + " …" : text;
}
