using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The roles of the tenant, and who may give them.</summary>
internal sealed class RoleBook(Work work, Manifest manifest) : IRoleChoices
{
    public async Task<List<RoleItem>> AllAsync(CancellationToken ct) =>
        RoleRules.All(manifest, await work.Db.Set<Role>().AsNoTracking().ToListAsync(ct));

    public async Task<IReadOnlyList<RoleChoice>> ForPartnerPeopleAsync(CancellationToken ct) =>
        [.. (await AllAsync(ct)).Where(r => r.Side == RoleSide.Partner && MayGive(r)).Select(r => new RoleChoice(r.Code, r.Name, r.Summary))];

    /// <summary>
    /// Nobody gives more than they hold. The vendor's people give a partner's roles, whose permissions are made for partners alone, by the right to
    /// invite a partner's people.
    /// </summary>
    public bool MayGive(RoleItem role) =>
        work.Actor.Kind == ActorKind.System
        || (role.Side == RoleSide.Partner && !work.Actor.IsPartner)
        || (role.Side == RoleSide.Partner == work.Actor.IsPartner && role.Permissions.IsSubsetOf(work.Actor.Permissions));

    /// <summary>Refuses codes that do not exist on a side, or that the actor may not give; those that somebody has already may stay.</summary>
    public async Task<Problem?> CheckAsync(IReadOnlyCollection<string> codes, RoleSide side, string field, CancellationToken ct, IReadOnlySet<string>? held = null)
    {
        var all = (await AllAsync(ct)).Where(r => r.Side == side).ToDictionary(r => r.Code);
        foreach (var code in codes)
        {
            if (code is null || !all.TryGetValue(code, out var role)) return Problem.Invalid(field, side == RoleSide.Vendor ? "There is no such role." : "There is no such role at a partner.");
            if (held?.Contains(code) != true && !MayGive(role)) return RoleProblems.MoreThanYouHold(role.Name, field);
        }

        return null;
    }

    /// <summary>Whether the actor holds all that this vendor's person holds, and so may change or suspend it.</summary>
    public async Task<bool> OutranksAsync(string roles, CancellationToken ct)
    {
        if (work.Actor.Kind == ActorKind.System) return true;
        var codes = RoleRules.Codes(roles);
        return RoleRules.Union((await AllAsync(ct)).Where(r => codes.Contains(r.Code))).IsSubsetOf(work.Actor.Permissions);
    }

    /// <summary>Refuses what would leave the tenant without an administrator who can sign in.</summary>
    public async Task<Problem?> LastAdministratorAsync(PersonId without, CancellationToken ct)
    {
        await work.LockAsync("identity:administrators", ct);
        var others = await work.Db.Set<Person>().AsNoTracking()
            .Where(p => p.Id != without && p.Roles != "" && p.State == PersonState.Active && !p.IsService && p.Roles.Contains(Roles.Administrator)).Select(p => p.Roles).ToListAsync(ct);
        return others.Any(r => RoleRules.Codes(r).Contains(Roles.Administrator)) ? null : RoleProblems.LastAdministrator();
    }
}
