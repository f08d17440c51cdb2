using System.Text.Json.Nodes;

namespace Trellis.Identity;

/// <summary>What a directory asks first: what is possible here, which resources there are, and what is in them (RFC 7643, sections 5 to 7).</summary>
internal static class ScimDiscovery
{
    public static JsonObject Config(string root) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
        ["patch"] = Supported(true),
        ["bulk"] = new JsonObject { ["supported"] = false, ["maxOperations"] = 0, ["maxPayloadSize"] = 0 },
        ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = 200 },
        ["changePassword"] = Supported(false),
        ["sort"] = Supported(false),
        ["etag"] = Supported(true),
        ["authenticationSchemes"] = new JsonArray(new JsonObject
        {
            ["type"] = "oauthbearertoken",
            ["name"] = "Key of a service account",
            ["description"] = "Authorization: Bearer trl_… with the permission to provision people and groups.",
            ["primary"] = true,
        }),
        ["meta"] = new JsonObject { ["resourceType"] = "ServiceProviderConfig", ["location"] = $"{root}/ServiceProviderConfig" },
    };

    public static JsonObject ResourceType(string name, string root) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
        ["id"] = name,
        ["name"] = name,
        ["endpoint"] = $"/{name}s",
        ["schema"] = $"urn:ietf:params:scim:schemas:core:2.0:{name}",
        ["meta"] = new JsonObject { ["resourceType"] = "ResourceType", ["location"] = $"{root}/ResourceTypes/{name}" },
    };

    public static JsonObject UserSchema(string root) => Schema(ScimJson.UserSchema, "User", "One of the vendor's people", root,
        Attribute("userName", "The e-mail address with which the person signs in; another name goes into externalId", required: true, uniqueness: "server"),
        Attribute("displayName", "The name as it is shown"),
        Complex("name", "The parts of the name", false, Attribute("formatted", "The whole name"), Attribute("givenName", "All but the last word"), Attribute("familyName", "The last word")),
        Complex("emails", "The address again", true, Attribute("value", "The address"), Attribute("type", "Always work"), Attribute("primary", "Always true", type: "boolean")),
        Attribute("timezone", "An IANA time zone"),
        Attribute("active", "Whether the person may sign in", type: "boolean"),
        Complex("groups", "The groups of the person", true, Attribute("value", "The group's id", mutability: "readOnly"), Attribute("display", "Its name", mutability: "readOnly")));

    public static JsonObject GroupSchema(string root) => Schema(ScimJson.GroupSchema, "Group", "A group; an administrator here says which roles it gives", root,
        Attribute("displayName", "The name, unique", required: true, uniqueness: "server"),
        Complex("members", "Who is in it", true, Attribute("value", "The user's id", mutability: "immutable"), Attribute("display", "The user's name", mutability: "readOnly")));

    private static JsonObject Schema(string id, string name, string description, string root, params JsonObject[] attributes) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Schema"),
        ["id"] = id,
        ["name"] = name,
        ["description"] = description,
        ["attributes"] = new JsonArray([.. attributes]),
        ["meta"] = new JsonObject { ["resourceType"] = "Schema", ["location"] = $"{root}/Schemas/{id}" },
    };

    private static JsonObject Attribute(string name, string description, string type = "string", bool required = false, string uniqueness = "none", string mutability = "readWrite") => new()
    {
        ["name"] = name,
        ["type"] = type,
        ["multiValued"] = false,
        ["description"] = description,
        ["required"] = required,
        ["caseExact"] = false,
        ["mutability"] = mutability,
        ["returned"] = "default",
        ["uniqueness"] = uniqueness,
    };

    private static JsonObject Complex(string name, string description, bool many, params JsonObject[] parts)
    {
        var attribute = Attribute(name, description, "complex");
        attribute["multiValued"] = many;
        attribute["subAttributes"] = new JsonArray([.. parts]);
        return attribute;
    }

    private static JsonObject Supported(bool yes) => new() { ["supported"] = yes };
}
