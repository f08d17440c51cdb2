using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

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
