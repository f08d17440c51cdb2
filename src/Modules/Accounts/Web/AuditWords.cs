using System.Text.Json;
using Trellis.Kernel;

namespace Trellis.Accounts.Web;

/// <summary>The changes of an audit entry in words: field, from, to.</summary>
internal static class AuditWords
{
    private static readonly HashSet<string> Hidden = ["NameKey", "SearchText", "Id"];

    public static string Of(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        if (json.RootElement.ValueKind != JsonValueKind.Object) return "";
        return string.Join("\n", json.RootElement.EnumerateObject().Where(p => !Hidden.Contains(p.Name) && p.Value.ValueKind == JsonValueKind.Array && p.Value.GetArrayLength() == 2)
            .Select(p => $"{T(Field(p.Name))}: {Shown(p.Value[0])} → {Shown(p.Value[1])}"));
    }

    private static string Field(string name)
    {
        var words = Words.Snake(name).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => T("none"),
        JsonValueKind.True => T("yes"),
        JsonValueKind.False => T("no"),
        _ => value.ToString(),
    };
}
