using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Applies a PATCH of RFC 7644, section 3.5.2, to the JSON form of a resource.</summary>
internal static partial class ScimPatch
{
    // emails[type eq "work"].value, members[value eq "…"], name.familyName, active
    [GeneratedRegex("""^(?:urn:[^\[\]" ]+:)?(?<name>[A-Za-z$]+)(?:\[(?<key>[A-Za-z]+) eq "(?<value>[^"\\]{0,300})"\])?(?:\.(?<sub>[A-Za-z]+))?$""", RegexOptions.IgnoreCase)]
    private static partial Regex Path();

    public static Problem? Apply(JsonObject resource, JsonObject patch)
    {
        if (patch.Find("schemas") is not JsonArray schemas || !schemas.Any(s => s is JsonValue v && v.TryGetValue<string>(out var text) && text == ScimJson.PatchSchema))
            return ScimProblems.InvalidSyntax($"A patch names its schema, {ScimJson.PatchSchema}.");
        if (patch.Find("Operations") is not JsonArray { Count: > 0 and <= 1000 } operations) return ScimProblems.InvalidSyntax("A patch has between 1 and 1,000 operations.");
        foreach (var operation in operations)
        {
            if (operation is not JsonObject one) return ScimProblems.InvalidSyntax("An operation is an object.");
            if (Apply(resource, one.Text("op")?.ToLowerInvariant(), one.Text("path"), one.Find("value")) is { } problem) return problem;
        }

        return null;
    }

    private static Problem? Apply(JsonObject resource, string? op, string? path, JsonNode? value)
    {
        if (op is not ("add" or "replace" or "remove")) return ScimProblems.InvalidSyntax("An operation adds, replaces or removes.");
        if (string.IsNullOrEmpty(path)) return op == "remove" ? ScimProblems.NoTarget("") : Merge(resource, op, value);
        var match = Path().Match(path);
        if (!match.Success) return ScimProblems.InvalidPath(path);
        var (name, sub) = (match.Groups["name"].Value, match.Groups["sub"].Value);
        if (name.ToLowerInvariant() is "id" or "meta" or "schemas" or "groups") return ScimProblems.Mutability($"“{name}” cannot be changed.");
        return match.Groups["key"].Success
            ? Chosen(resource, op, path, match, value)
            : sub.Length > 0 ? Part(resource, op, name, sub, value) : Whole(resource, op, name, value);
    }

    // Without a path the value is an object of attributes, whose names may be paths themselves in what some directories send.
    private static Problem? Merge(JsonObject resource, string op, JsonNode? value)
    {
        if (value is not JsonObject attributes) return ScimProblems.InvalidValue("Without a path, the value is an object.");
        foreach (var (name, inner) in attributes)
        {
            if (name.ToLowerInvariant() is "schemas" or "id" or "meta") continue;
            if (inner is JsonObject parts && resource.Find(name) is JsonObject)
            {
                foreach (var (part, content) in parts)
                    if (Part(resource, op, name, part, content) is { } problem) return problem;
            }
            else if (Apply(resource, op, name, inner) is { } problem) return problem;
        }

        return null;
    }

    private static Problem? Whole(JsonObject resource, string op, string name, JsonNode? value)
    {
        if (resource.Find(name) is JsonArray list && op == "add")
        {
            foreach (var item in Items(value))
                if (!list.Any(known => Same(known, item))) list.Add(item?.DeepClone());
        }
        else if (resource.Find(name) is JsonArray members && op == "remove" && value is not null)
        {
            foreach (var item in Items(value))
                if (members.FirstOrDefault(known => Same(known, item)) is { } known) members.Remove(known);
        }
        else if (resource.Find(name) is JsonArray) resource.Put(name, op == "remove" ? new JsonArray() : new JsonArray([.. Items(value).Select(i => i?.DeepClone())]));
        else resource.Put(name, op == "remove" ? null : value);
        return null;
    }

    private static Problem? Part(JsonObject resource, string op, string name, string sub, JsonNode? value)
    {
        if (resource.Find(name) is null) resource.Put(name, new JsonObject());
        if (resource.Find(name) is not JsonObject whole) return ScimProblems.InvalidPath($"{name}.{sub}");
        whole.Put(sub, op == "remove" ? null : value);
        // The parts of a name change what it is as a whole.
        if (name.Equals("name", StringComparison.OrdinalIgnoreCase) && !sub.Equals("formatted", StringComparison.OrdinalIgnoreCase))
        {
            whole.Put("formatted", $"{whole.Text("givenName")} {whole.Text("familyName")}".Trim());
            resource.Put("displayName", whole.Find("formatted"));
        }
        else if (name.Equals("name", StringComparison.OrdinalIgnoreCase)) resource.Put("displayName", value);

        return null;
    }

    private static Problem? Chosen(JsonObject resource, string op, string path, Match match, JsonNode? value)
    {
        var (name, key, wanted, sub) = (match.Groups["name"].Value, match.Groups["key"].Value, match.Groups["value"].Value, match.Groups["sub"].Value);
        if (resource.Find(name) is not JsonArray list) return ScimProblems.InvalidPath(path);
        var found = list.OfType<JsonObject>().Where(i => string.Equals(i.Text(key), wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        // Removing what is not there leaves what is wanted.
        if (found.Count == 0) return op == "remove" ? null : ScimProblems.NoTarget(path);
        foreach (var item in found)
        {
            if (op == "remove" && sub.Length == 0) list.Remove(item);
            else if (sub.Length > 0) item.Put(sub, op == "remove" ? null : value);
            else if (value is JsonObject parts) foreach (var (part, content) in parts) item.Put(part, content);
            else return ScimProblems.InvalidValue($"The value at “{path}” is an object.");
        }

        return null;
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? value) => value is JsonArray many ? many : value is null ? [] : [value];

    private static bool Same(JsonNode? left, JsonNode? right) => left is JsonObject l && right is JsonObject r ? l.Text("value") is { } text && text == r.Text("value") : JsonNode.DeepEquals(left, right);
}
