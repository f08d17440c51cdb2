using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A directory removes a group; its members lose the roles that it gave.</summary>
internal sealed class RemoveGroup(Work work, RoleBook book) : UseCase<(GroupId Group, long? Version), Done>(work)
{
    protected override Permission Permission => IdentityPermissions.Provision;

    protected override async Task<Result<Done>> HandleAsync((GroupId Group, long? Version) input, CancellationToken ct)
    {
        await Work.LockAsync("identity:scim", ct);
        if (await Db.Set<DirectoryGroup>().SingleOrDefaultAsync(g => g.Id == input.Group, ct) is not { } group) return Problem.Missing("group");
        if (input.Version is { } version && version != group.Version) return Problem.Stale();
        var members = await Db.Set<GroupMember>().Where(m => m.GroupId == group.Id).ToListAsync(ct);
        Db.RemoveRange(members);
        Db.Remove(group);
        return await GroupRoles.ApplyAsync(Work, book, [.. members.Select(m => m.PersonId)], ct) is { } refused ? refused : default(Done);
    }
}
