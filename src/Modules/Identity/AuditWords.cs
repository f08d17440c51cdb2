using System.Text.Json;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The stored changes of an audit entry as people read them.</summary>
internal static class AuditWords
{
    /// <summary>Each field with its change: <c>submitted → approved</c>, or the value alone.</summary>
    public static IReadOnlyList<(string Field, string Change)> Fields(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        return [.. json.RootElement.EnumerateObject().Select(p => (p.Name, Change(p.Value)))];
    }

    /// <summary><c>identity.change_state</c> as people read it: Identity: change state.</summary>
    public static string Action(string action) =>
        action.Split('.', 2) is [{ Length: > 0 } area, var what] ? $"{Speech.Retell($"{char.ToUpperInvariant(area[0])}{area[1..]}")}: {Speech.Retell(what.Replace('_', ' '))}" : action;

    /// <summary>The names of the fields, shortened.</summary>
    public static string Summary(string changes)
    {
        var names = Fields(changes).Select(f => f.Field).ToList();
        return names.Count <= 3 ? string.Join(", ", names) : Speech.T($"{string.Join(", ", names.Take(3))} and {names.Count - 3} more");
    }

    private static string Change(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 2) return value.ToString();
        var (from, to) = (value[0].ToString(), value[1].ToString());
        return from.Length == 0 ? to : $"{from} → {(to.Length == 0 ? Speech.T("nothing") : to)}";
    }
}
