using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>The tenant's custom fields as columns of a file.</summary>
internal static class OwnColumns
{
    /// <summary>The type of record whose fields a file may fill, or null.</summary>
    public static string? RecordOf(ImportKind kind) => kind switch
    {
        ImportKind.Accounts => AccountRecords.Name,
        ImportKind.Opportunities => OpportunityRecords.Name,
        ImportKind.Contacts => ContactRecords.Name,
        ImportKind.Products => ProductRecords.Name,
        _ => null,
    };

    /// <summary>The fields that a file of this kind may fill, in their order.</summary>
    public static async Task<IReadOnlyList<CustomField>> OfAsync(CustomFields fields, ImportKind kind, CancellationToken ct) => RecordOf(kind) is { } record ? await fields.OfAsync(record, ct) : [];

    /// <summary>Those of each kind, while it is not known yet what a file holds.</summary>
    public static async Task<Dictionary<ImportKind, IReadOnlyList<CustomField>>> AllAsync(CustomFields fields, CancellationToken ct)
    {
        var all = new Dictionary<ImportKind, IReadOnlyList<CustomField>>();
        foreach (var kind in Enum.GetValues<ImportKind>()) all[kind] = await OfAsync(fields, kind, ct);
        return all;
    }

    /// <summary>A field's name in a mapping: its key may be the name of a column that every account has.</summary>
    public static string CodeOf(CustomField field) => FieldWish.Prefix + field.Key;

    /// <summary>As a field of a mapping, recognised by its label or its key.</summary>
    public static ImportField Column(CustomField field) => new(CodeOf(field), field.Label, false, CompanyNames.Tight(field.Key));

    /// <summary>A mapping without the fields that have been put away since it was made.</summary>
    public static Dictionary<string, int> Living(Dictionary<string, int> mapping, IReadOnlyList<CustomField> own)
    {
        var codes = own.Select(CodeOf).ToHashSet();
        return mapping.Where(m => !m.Key.StartsWith(FieldWish.Prefix, StringComparison.Ordinal) || codes.Contains(m.Key)).ToDictionary(m => m.Key, m => m.Value);
    }
}
