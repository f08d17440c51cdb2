using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The wire form of SCIM 2.0 (RFC 7643, 7644).</summary>
internal static class ScimJson
{
    public const string Media = "application/scim+json";
    public const string UserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string GroupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
    public const string ListSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    public const string PatchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    public const string ErrorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";

    public static string Tag(long version) => $"W/\"{version}\"";

    public static JsonObject User(Person person, IEnumerable<DirectoryGroup> groups, string root)
    {
        var (given, family) = Split(person.Name);
        return new JsonObject
        {
            ["schemas"] = new JsonArray(UserSchema),
            ["id"] = person.Id.ToString(),
            ["externalId"] = person.ExternalId,
            ["userName"] = person.Email,
            ["displayName"] = person.Name,
            ["name"] = new JsonObject { ["formatted"] = person.Name, ["givenName"] = given, ["familyName"] = family },
            ["emails"] = new JsonArray(new JsonObject { ["value"] = person.Email, ["type"] = "work", ["primary"] = true }),
            ["timezone"] = person.TimeZone,
            ["active"] = person.State == PersonState.Active,
            ["groups"] = new JsonArray([.. groups.Select(g => (JsonNode)new JsonObject { ["value"] = g.Id.ToString(), ["display"] = g.DisplayName, ["$ref"] = $"{root}/Groups/{g.Id}", ["type"] = "direct" })]),
            ["meta"] = Meta("User", $"{root}/Users/{person.Id}", Created(person.Id.Value), person.ChangedAt ?? Created(person.Id.Value), person.Version),
        };
    }

    public static JsonObject Group(DirectoryGroup group, IEnumerable<(PersonId Id, string Name)>? members, string root)
    {
        var json = new JsonObject
        {
            ["schemas"] = new JsonArray(GroupSchema),
            ["id"] = group.Id.ToString(),
            ["externalId"] = group.ExternalId,
            ["displayName"] = group.DisplayName,
            ["meta"] = Meta("Group", $"{root}/Groups/{group.Id}", group.CreatedAt, group.ChangedAt, group.Version),
        };
        if (members is not null)
            json["members"] = new JsonArray([.. members.Select(m => (JsonNode)new JsonObject { ["value"] = m.Id.ToString(), ["display"] = m.Name, ["$ref"] = $"{root}/Users/{m.Id}", ["type"] = "User" })]);
        return json;
    }

    public static JsonObject List(IEnumerable<JsonObject> resources, int total, int start)
    {
        var all = new JsonArray([.. resources]);
        return new JsonObject { ["schemas"] = new JsonArray(ListSchema), ["totalResults"] = total, ["startIndex"] = start, ["itemsPerPage"] = all.Count, ["Resources"] = all };
    }

    public static IResult Answer(JsonObject json, int status = 200, string? location = null) => new Scim(json, status, location);

    public static IResult Refuse(Problem problem)
    {
        var (status, type) = problem.Code switch
        {
            "duplicate" or "scim.uniqueness" => (409, "uniqueness"),
            "scim.mutability" => (400, "mutability"),
            _ when problem.Code.StartsWith("scim.", StringComparison.Ordinal) => (400, problem.Code[5..]),
            _ when problem.Kind == ProblemKind.Invalid => (400, "invalidValue"),
            _ => (problem.Status, null),
        };
        var json = new JsonObject { ["schemas"] = new JsonArray(ErrorSchema), ["status"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture), ["detail"] = problem.Message };
        if (type is not null) json["scimType"] = type;
        return new Scim(json, status, null);
    }

    public static JsonObject Meta(string type, string location, DateTime created, DateTime changed, long version) => new()
    {
        ["resourceType"] = type,
        ["created"] = created,
        ["lastModified"] = changed,
        ["location"] = location,
        ["version"] = Tag(version),
    };

    /// <summary>The text of an attribute whatever the case of its name, or null.</summary>
    public static string? Text(this JsonObject json, string name) => json.Find(name) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static JsonNode? Find(this JsonObject json, string name) => json.FirstOrDefault(p => string.Equals(p.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Sets an attribute under the name that it has already, whatever the case.</summary>
    public static void Put(this JsonObject json, string name, JsonNode? value)
    {
        var key = json.Select(p => p.Key).FirstOrDefault(k => string.Equals(k, name, StringComparison.OrdinalIgnoreCase)) ?? name;
        json[key] = value?.DeepClone();
    }

    /// <summary>True and false as JSON, or as the text that some directories send.</summary>
    public static bool? Flag(this JsonObject json, string name) => json.Find(name) switch
    {
        JsonValue v when v.TryGetValue<bool>(out var flag) => flag,
        JsonValue v when v.TryGetValue<string>(out var text) && bool.TryParse(text, out var flag) => flag,
        _ => null,
    };

    private static (string Given, string Family) Split(string name)
    {
        var at = name.LastIndexOf(' ');
        return at < 0 ? (name, "") : (name[..at], name[(at + 1)..]);
    }

    // The time of making stands in the first 48 bits of the id (RFC 9562).
    private static DateTime Created(Guid id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(id.ToString("N")[..12], 16)).UtcDateTime;

    private sealed class Scim(JsonObject json, int status, string? location) : IResult
    {
        private static readonly JsonSerializerOptions Written = new(Json.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = status;
            if (location is not null) http.Response.Headers.Location = location;
            if (json["meta"]?["version"]?.GetValue<string>() is { } tag) http.Response.Headers.ETag = tag;
            foreach (var empty in json.Where(p => p.Value is null).Select(p => p.Key).ToList()) json.Remove(empty);
            http.Response.ContentType = Media;
            return http.Response.WriteAsync(json.ToJsonString(Written), http.RequestAborted);
        }
    }
}
