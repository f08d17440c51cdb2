using Trellis.Kernel;

namespace Trellis.Ui;

/// <summary>What the fields of one form know about it.</summary>
/// <param name="Name">The form's name; ids of fields begin with it.</param>
/// <param name="Problem">The refusal of the last post, with messages per field.</param>
public sealed record FormState(string Name, Problem? Problem)
{
    /// <summary>The messages of a field. <c>Input.CompanyName</c>, <c>companyName</c> and <c>company_name</c> are the same field.</summary>
    public IReadOnlyList<string> Of(string field) =>
        Problem?.Errors.Where(e => Plain(e.Key) == Plain(field)).SelectMany(e => e.Value).ToArray() ?? [];

    internal string Id(string field) => Look.Id($"{Name} {(IsCode(field) ? field : Plain(field))}");

    // A box that stands for a code, as scope.identity.view_people: the last word alone is not its own. Properties of a form begin with a capital.
    private static bool IsCode(string field) => char.IsAsciiLetterLower(field[0]) && field.Count(c => c == '.') > 1;

    private static string Plain(string field) =>
        field[(field.LastIndexOf('.') + 1)..].Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
