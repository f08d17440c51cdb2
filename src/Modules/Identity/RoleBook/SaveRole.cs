using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A role as somebody wants it.</summary>
/// <param name="Code">The role to change.</param>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Permissions">All codes of permissions that it shall have; null leaves them.</param>
/// <param name="Version">The version that was read, where one was.</param>
internal sealed record RoleChange(string Code, string? Name, string? Summary, string[]? Permissions, long? Version = null);

/// <summary>Renames a role or changes what it may do; everybody who has it feels it at the next click.</summary>
internal sealed class SaveRole(Work work, Manifest manifest) : UseCase<RoleChange, RoleItem>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageRoles;

    protected override async Task<Result<RoleItem>> HandleAsync(RoleChange input, CancellationToken ct)
    {
        if (new Check().Text(input.Name, "name", "The name", 60).Text(input.Summary, "summary", "What it is for", 300, required: false).Problem is { } problem) return problem;
        await Work.LockAsync("identity:roles", ct);
        var row = await Db.Set<Role>().SingleOrDefaultAsync(r => r.Code == input.Code, ct);
        if (RoleRules.InForce(manifest, input.Code, row) is not { } now) return RoleProblems.Missing();
        if (input.Version is { } version && version != now.Version) return Problem.Stale();
        if (await IsTakenAsync(input.Name!.Trim(), input.Code, ct)) return Problem.Invalid("name", "Another role has this name.");

        var wanted = input.Permissions?.ToHashSet() ?? [.. now.Permissions];
        if (Refusal(now, wanted) is { } refused) return refused;
        if (row is null) Db.Add(row = new Role { TenantId = Work.Tenant, Code = input.Code, Side = now.Side, Name = "", Summary = "" });
        (row.Name, row.Summary) = (input.Name.Trim(), input.Summary?.Trim() ?? "");
        var ships = RoleRules.Shipped(manifest, input.Code);
        (row.Added, row.Removed) = (RoleRules.Join(wanted.Except(ships)), RoleRules.Join(ships.Except(wanted)));
        await Work.SaveAsync(ct);
        return RoleRules.InForce(manifest, input.Code, row)!;
    }

    private Problem? Refusal(RoleItem now, HashSet<string> wanted)
    {
        if (now.Code == Roles.Administrator && !wanted.SetEquals(now.Permissions)) return RoleProblems.AdministratorHoldsAll();
        foreach (var code in wanted.Except(now.Permissions))
        {
            var permission = manifest.Permissions.FirstOrDefault(p => p.Code == code);
            if (permission is null || !RoleRules.Fits(permission, now.Side)) return Problem.Invalid("permissions", $"A role of this side cannot have “{permission?.Label ?? code}”.");
            // A partner's permissions are made for partners: who manages roles gives them without holding them.
            if (now.Side == RoleSide.Vendor && !Work.Actor.May(permission)) return RoleProblems.MoreThanYouHold(permission.Label, "permissions");
        }

        return null;
    }

    private async Task<bool> IsTakenAsync(string name, string code, CancellationToken ct)
    {
        var all = RoleRules.All(manifest, await Db.Set<Role>().AsNoTracking().ToListAsync(ct));
        return all.Any(r => r.Code != code && string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>Makes a new role out of another; it begins with the same permissions.</summary>
internal sealed class CopyRole(Work work, Manifest manifest, RoleBook book) : UseCase<(string Code, string? Name), RoleItem>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageRoles;

    protected override async Task<Result<RoleItem>> HandleAsync((string Code, string? Name) input, CancellationToken ct)
    {
        if (new Check().Text(input.Name, "name", "The name", 60).Problem is { } problem) return problem;
        await Work.LockAsync("identity:roles", ct);
        var all = await book.AllAsync(ct);
        if (all.Find(r => r.Code == input.Code) is not { } origin) return RoleProblems.Missing();
        if (all.Exists(r => string.Equals(r.Name, input.Name!.Trim(), StringComparison.OrdinalIgnoreCase))) return Problem.Invalid("name", "Another role has this name.");
        if (origin.Side == RoleSide.Vendor && !book.MayGive(origin)) return RoleProblems.MoreThanYouHold(origin.Name, "name");
        var root = origin.Code.Split('.')[0];
        // An administrator is who cannot be locked out; a copy is an ordinary role and must not be taken for one.
        if (root == Roles.Administrator) root = "own";
        var number = 2 + all.Count(r => r.Code.StartsWith(root + ".", StringComparison.Ordinal));
        while (all.Exists(r => r.Code == $"{root}.{number}")) number++;
        var row = new Role { TenantId = Work.Tenant, Code = $"{root}.{number}", Side = origin.Side, Name = input.Name!.Trim(), Summary = origin.Summary, Added = RoleRules.Join(origin.Permissions) };
        Db.Add(row);
        return RoleRules.InForce(manifest, row.Code, row)! with { Version = 1 };
    }
}

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
