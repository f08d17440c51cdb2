using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>People in the search: for the vendor's people everybody, for a partner's admin the own people alone.</summary>
internal sealed class PeopleSearch(Work work, RoleBook book) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (work.Actor.Partner is { } partner)
        {
            if (!work.Actor.May(IdentityPermissions.InvitePartnerPeople)) return [];
            var words = Searching.WordsOf(folded);
            var own = (await Members.ReadAsync(work, book, partner, ct)).Where(m => Text.Fold(m.Name, m.Email) is var text && words.All(w => text.Contains(w, StringComparison.Ordinal)));
            return [.. own.Best(folded, limit, m => m.Name).Select(m => new Hit("Person", m.Name, m.Email, $"/portal/people/{m.Person}"))];
        }

        if (!work.Actor.May(IdentityPermissions.ViewPeople)) return [];
        var found = await work.Db.Set<Person>().AsNoTracking().Matching(work.Db, folded).Where(p => !p.IsService).Take(ISearchSource.Candidates).Select(p => new { p.Id, p.Name, p.Email }).ToListAsync(ct);
        return [.. found.Best(folded, limit, p => p.Name).Select(p => new Hit("Person", p.Name, p.Email, $"/app/people/{p.Id}"))];
    }
}

/// <summary>Roles in the search, by their names in English and in the reader's language.</summary>
internal sealed class RoleSearch(Work work, RoleBook book) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (work.Actor.IsPartner || !work.Actor.May(IdentityPermissions.ViewPeople)) return [];
        var words = Searching.WordsOf(folded);
        var found = (await book.AllAsync(ct)).Where(r => Text.Fold(r.Name, Speech.Retell(r.Name)) is var text && words.All(w => text.Contains(w, StringComparison.Ordinal)));
        return [.. found.Best(folded, limit, r => r.Name).Select(r => new Hit("Role", Speech.Retell(r.Name), r.Summary, $"/app/roles/{r.Code}"))];
    }
}
