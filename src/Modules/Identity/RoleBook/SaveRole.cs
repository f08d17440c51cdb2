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
