using Microsoft.AspNetCore.Http;
using Trellis.Kernel;

namespace Trellis.Ui;

/// <summary>Custom fields as filters of a list.</summary>
public static class FieldFilters
{
    /// <summary>What the address asks of custom fields.</summary>
    public static Task<IReadOnlyList<FieldCondition>> AskedAsync(this CustomFields fields, string record, HttpContext http) => fields.ConditionsAsync(record, FieldWish.Read(http.Request.Query), http.RequestAborted);

    /// <summary>A select for each field with choices, to be put behind the others of a <c>FilterBar</c>.</summary>
    public static async Task<IReadOnlyList<FilterSelect>> OfAsync(CustomFields fields, string record, HttpContext http, CancellationToken ct) =>
    [
        .. (await fields.OfAsync(record, ct)).Where(f => f.InList && f.Kind is FieldKind.Choice or FieldKind.Multi or FieldKind.YesNo)
            .Select(f => new FilterSelect(FieldWish.Prefix + f.Key, f.Label, http.Request.Query[FieldWish.Prefix + f.Key].ToString(),
                f.Kind == FieldKind.YesNo ? [new("yes", "Yes"), new("no", "No")] : [.. f.Options.Select(o => new Option(o, o))])),
    ];
}
