namespace Trellis.Deals.Web;

/// <summary>Messages by place of the table: <c>rules[3].amount</c>, <c>tests[0]</c>, <c>columns</c>; an empty place is the table as a whole.</summary>
internal sealed record RulePlaces(IReadOnlyDictionary<string, string[]> Faults)
{
    public IReadOnlyList<string> Of(string place) => Faults.GetValueOrDefault(place) ?? [];

    /// <summary>The id of the field at a place: <c>rules[3].amount</c> becomes <c>at-rules-3-amount</c>.</summary>
    public static string Id(string place) => "at-" + string.Concat(place.Select(c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : c is ']' ? "" : "-"));

    /// <summary>Which column of a select or text of a row a message belongs to, where several places share a field.</summary>
    public IReadOnlyList<string> Of(string place, params string[] also) => [.. Of(place), .. also.SelectMany(a => Of(a))];
}
