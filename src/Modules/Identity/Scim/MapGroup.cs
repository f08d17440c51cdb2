using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Says which roles the members of a group have.</summary>
internal sealed class MapGroup(Work work, RoleBook book) : UseCase<(GroupId Group, string[]? Roles), Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageRoles;

    protected override async Task<Result<Done>> HandleAsync((GroupId Group, string[]? Roles) input, CancellationToken ct)
    {
        if (await Db.Set<DirectoryGroup>().SingleOrDefaultAsync(g => g.Id == input.Group, ct) is not { } group) return Problem.Missing("group");
        if (await book.CheckAsync(input.Roles ?? [], RoleSide.Vendor, "roles", ct, RoleRules.Codes(group.Roles)) is { } problem) return problem;
        group.Roles = RoleRules.Join(input.Roles ?? []);
        var people = await Db.Set<GroupMember>().Where(m => m.GroupId == group.Id).Select(m => m.PersonId).ToListAsync(ct);
        return await GroupRoles.ApplyAsync(Work, book, people, ct) is { } refused ? refused : default(Done);
    }
}
