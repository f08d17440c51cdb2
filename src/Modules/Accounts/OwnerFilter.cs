using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Accounts;

/// <summary>Whose records are asked for: a person's, or those of a name. Both are found by an index.</summary>
/// <param name="Written">A name that is nobody's here, or several people's.</param>
/// <param name="People">The person, or all of that name.</param>
internal sealed record OwnerFilter(string? Written, IReadOnlyList<PersonId> People)
{
    /// <summary>Whom an identifier or a name means; null where nothing is asked.</summary>
    public static async Task<OwnerFilter?> ReadAsync(Work work, string? asked, CancellationToken ct) =>
        string.IsNullOrEmpty(asked) ? null
        : asked.StartsWith($"{PersonId.Prefix}_", StringComparison.Ordinal) && Ids.Parse<PersonId>(asked) is { } person ? new OwnerFilter(null, [person])
        : new OwnerFilter(asked, await Owners.NamedAsync(work, asked, ct));

    /// <summary>The people who own something, and the CRM's sellers who are none of them; the label names the address where several have one name.</summary>
    public static async Task<IReadOnlyList<Option>> OptionsAsync(Work work, CancellationToken ct)
    {
        var people = await RecordOwners.PeopleAsync(work, ct);
        var names = people.GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Count(), StringComparer.OrdinalIgnoreCase);
        var known = people.Select(p => new Option(p.Id.ToString(), names[p.Name] > 1 ? $"{p.Name} ({p.Email})" : p.Name));
        return [.. known.Concat((await AccountList.SellersAsync(work, ct)).Where(s => !names.ContainsKey(s)).Select(s => new Option(s, s))).OrderBy(o => o.Label, StringComparer.CurrentCulture)];
    }

    /// <summary>The value among the options: a link may still say the name of a person.</summary>
    public string? Chosen => People is [var only] ? only.ToString() : Written;
}
