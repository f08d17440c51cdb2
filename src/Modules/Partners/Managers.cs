using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>Someone who may be a partner's manager.</summary>
internal sealed record Manager(PersonId Id, string Name, string Email);

/// <summary>Who may manage partners: the vendor's people who have the role and may sign in.</summary>
internal static class Managers
{
    public static Task<bool> MayManageAsync(Db db, PersonId person, CancellationToken ct) => Of(db).AnyAsync(p => p.Id == person, ct);

    public static Task<List<Manager>> AllAsync(Work work, CancellationToken ct) =>
        Of(work.Db).OrderBy(p => p.Name).Take(200).Select(p => new Manager(p.Id, p.Name, p.Email)).ToListAsync(ct);

    // Role codes are separated by blanks and none contains another. Partners' people have none here: the index of those who have leaves them out.
    private static IQueryable<PersonRow> Of(Db db) =>
        db.Set<PersonRow>().Where(p => p.Roles != "" && p.State == PersonState.Active && !p.IsService
            && (p.Roles.Contains(Roles.PartnerManager) || p.Roles.Contains(Roles.ChannelOperations) || p.Roles.Contains(Roles.Administrator)));
}
