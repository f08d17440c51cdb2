using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Who owns a record: the name as it is written, and the person whom it means.</summary>
/// <param name="Name">What is shown; null for nobody.</param>
/// <param name="Person">Whose it is; null where the name means nobody of the vendor's people, or several.</param>
/// <param name="ByMail">The e-mail address said so: it is right although the person is another than before.</param>
internal readonly record struct Owner(string? Name, PersonId? Person, bool ByMail = false);

/// <summary>
/// Whom the owners' names mean: the person with that e-mail address, or the only one of that name. Two of one name own nothing by it, and neither do programs and partners' people. A suspended person is
/// still one of two.
/// </summary>
internal sealed class Owners
{
    private readonly Dictionary<string, PersonId?> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (PersonId Person, string Name)> _byMail = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All of the vendor's people: a few thousand at most.</summary>
    public static async Task<Owners> LoadAsync(Work work, CancellationToken ct) =>
        new(await Members(work.Db).Select(p => new Member(p.Id, p.Name, p.Email)).ToListAsync(ct));

    private Owners(IEnumerable<Member> members)
    {
        foreach (var member in members)
        {
            _byName[member.Name] = _byName.ContainsKey(member.Name) ? null : member.Person;
            _byMail[member.Email] = (member.Person, member.Name);
        }
    }

    /// <summary>The vendor's people, whether or not they may sign in just now; no programs.</summary>
    public static IQueryable<PersonRow> Members(Db db) => db.Set<PersonRow>().Where(p => p.Roles != "" && !p.IsService);

    /// <summary>
    /// Whom a name means, or an address, in its place or beside it. An address that nobody here has means nobody, whatever the name: where one of ours is called like that, it stands in place of
    /// the name, so that it is not taken for them.
    /// </summary>
    public Owner Of(string? written, string? mail = null)
    {
        var address = mail ?? (written?.Contains('@', StringComparison.Ordinal) == true ? written : null);
        if (address is not null && _byMail.TryGetValue(address, out var known)) return new Owner(known.Name, known.Person, true);
        if (mail is not null) return new Owner(written is null || _byName.ContainsKey(written) ? mail : written, null);
        return new Owner(written, written is null ? null : _byName.GetValueOrDefault(written));
    }

    /// <summary>Those of a name.</summary>
    public static Task<List<PersonId>> NamedAsync(Work work, string name, CancellationToken ct) => Members(work.Db).Where(p => p.Name == name).OrderBy(p => p.Id).Select(p => p.Id).Take(20).ToListAsync(ct);

    /// <summary>Whether several people have this name.</summary>
    public bool IsShared(string name) => _byName.TryGetValue(name, out var person) && person is null;

    private sealed record Member(PersonId Person, string Name, string Email);
}
