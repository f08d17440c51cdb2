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

    /// <summary>What is typed for each other field of the list: ends of a range for numbers and days, the beginning of texts and links.</summary>
    public static async Task<IReadOnlyList<FilterInput>> TypedAsync(CustomFields fields, string record, HttpContext http, CancellationToken ct) =>
    [
        .. (await fields.OfAsync(record, ct)).Where(f => f.InList && f.Kind is FieldKind.Number or FieldKind.Date or FieldKind.Text or FieldKind.Link).Select(f => f.Kind is FieldKind.Number or FieldKind.Date
            ? new FilterInput(FieldWish.Prefix + f.Key, f.Label, f.Kind == FieldKind.Date ? "date" : "text", null, Asked(http, f, ".from"), Asked(http, f, ".to"))
            : new FilterInput(FieldWish.Prefix + f.Key + ".begins", f.Label, "text", Asked(http, f, ".begins"), null, null)),
    ];

    private static string Asked(HttpContext http, CustomField field, string end) => http.Request.Query[FieldWish.Prefix + field.Key + end].ToString();
}
