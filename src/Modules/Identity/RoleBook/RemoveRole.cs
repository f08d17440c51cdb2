using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Sets a shipped role back to what it was, or removes one of the tenant's own that nobody has.</summary>
internal sealed class RemoveRole(Work work, Manifest manifest) : UseCase<string, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageRoles;

    protected override async Task<Result<Done>> HandleAsync(string code, CancellationToken ct)
    {
        await Work.LockAsync("identity:roles", ct);
        var row = await Db.Set<Role>().SingleOrDefaultAsync(r => r.Code == code, ct);
        if (row is null) return Roles.Default(code) is null ? RoleProblems.Missing() : RoleProblems.Ships();
        if (Roles.Default(code) is null && await PeopleAsync(Db, code, ct) is > 0 and var people) return RoleProblems.InUse(people);
        var gained = RoleRules.Shipped(manifest, code).Except(RoleRules.InForce(manifest, code, row)!.Permissions);
        if (row.Side == RoleSide.Vendor && manifest.Permissions.FirstOrDefault(p => gained.Contains(p.Code) && !Work.Actor.May(p)) is { } more) return RoleProblems.MoreThanYouHold(more.Label, "permissions");
        Db.Remove(row);
        return default(Done);
    }

    public static async Task<int> PeopleAsync(Db db, string code, CancellationToken ct)
    {
        var staff = await db.Set<Person>().AsNoTracking().Where(p => p.Roles.Contains(code)).Select(p => p.Roles).ToListAsync(ct);
        var members = await db.Set<Membership>().AsNoTracking().Where(m => m.Roles.Contains(code)).Select(m => m.Roles).ToListAsync(ct);
        return staff.Concat(members).Count(r => RoleRules.Codes(r).Contains(code));
    }
}
