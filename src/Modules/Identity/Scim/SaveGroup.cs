using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A change of a group; without an id a new one.</summary>
internal sealed record GroupChange(GroupId? Group, long? Version, Func<JsonObject, Problem?> Change);

/// <summary>A directory makes or changes a group; its members get and lose the roles that the group gives.</summary>
internal sealed class SaveGroup(Work work, RoleBook book) : UseCase<GroupChange, DirectoryGroup>(work)
{
    protected override Permission Permission => IdentityPermissions.Provision;

    protected override async Task<Result<DirectoryGroup>> HandleAsync(GroupChange input, CancellationToken ct)
    {
        await Work.LockAsync("identity:scim", ct);
        var group = input.Group is { } id ? await Db.Set<DirectoryGroup>().SingleOrDefaultAsync(g => g.Id == id, ct) : null;
        if (input.Group is not null && group is null) return Problem.Missing("group");
        if (input.Version is { } version && version != group?.Version) return Problem.Stale();
        var before = group is null ? [] : await Db.Set<GroupMember>().Where(m => m.GroupId == group.Id).ToListAsync(ct);
        var json = group is null ? [] : ScimJson.Group(group, before.Select(m => (m.PersonId, "")), "");
        if (input.Change(json) is { } problem) return problem;
        var read = await ReadAsync(json, group?.Id, ct);
        if (!read.Ok) return read.Problem;
        var (name, external, members) = read.Value;
        if (group is null) Db.Add(group = new DirectoryGroup { TenantId = Work.Tenant, Id = Work.NewId<GroupId>(), DisplayName = name, Folded = "", CreatedAt = Work.Now });
        (group.DisplayName, group.Folded, group.ExternalId, group.ChangedAt) = (name, ScimGroups.Fold(name), external, Work.Now);
        Db.RemoveRange(before.Where(m => !members.Contains(m.PersonId)));
        var known = before.Select(m => m.PersonId).ToHashSet();
        foreach (var person in members.Except(known)) Db.Add(new GroupMember { TenantId = Work.Tenant, GroupId = group.Id, PersonId = person });
        var touched = known.Except(members).Concat(members.Except(known)).ToList();
        if (group.Roles.Length > 0 && await GroupRoles.ApplyAsync(Work, book, touched, ct) is { } refused) return refused;
        await Work.SaveAsync(ct);
        return group;
    }

    private async Task<Result<(string Name, string? External, HashSet<PersonId> Members)>> ReadAsync(JsonObject json, GroupId? own, CancellationToken ct)
    {
        var name = Text.OrNull(json.Text("displayName"));
        if (name is null || name.Length > 200 || !Text.IsClean(name)) return ScimProblems.InvalidValue("A group has a displayName of at most 200 characters.");
        var folded = ScimGroups.Fold(name);
        if (await Db.Set<DirectoryGroup>().AnyAsync(g => g.Folded == folded && g.Id != (own ?? default), ct)) return ScimProblems.Uniqueness("Another group has this displayName.");
        var values = (json.Find("members") as JsonArray)?.OfType<JsonObject>().Select(m => m.Text("value")).ToList() ?? [];
        var members = values.Select(Ids.Parse<PersonId>).OfType<PersonId>().ToHashSet();
        var found = await ScimUsers.All(Db).Where(p => members.Contains(p.Id)).CountAsync(ct);
        if (found != members.Count || values.Any(v => Ids.Parse<PersonId>(v) is null)) return ScimProblems.InvalidValue("A member is not a user of this directory.");
        var external = Text.OrNull(json.Text("externalId"));
        return external?.Length > 200 || !Text.IsClean(external ?? "") ? ScimProblems.InvalidValue("The externalId is too long.") : (name, external, members);
    }
}
