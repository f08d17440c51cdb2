using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

internal readonly record struct GroupId(Guid Value) : ITypedId<GroupId>
{
    public static string Prefix => "grp";
    public static GroupId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out GroupId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A group of the company's directory. The directory says who is in it; an administrator here says which roles it gives.</summary>
internal sealed class DirectoryGroup : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public GroupId Id { get; init; }
    public required string DisplayName { get; set; }

    /// <summary>The name by which two groups are the same.</summary>
    public required string Folded { get; set; }

    public string? ExternalId { get; set; }

    /// <summary>Role codes that its members have, separated by blanks.</summary>
    public string Roles { get; set; } = "";

    public DateTime CreatedAt { get; init; }
    public DateTime ChangedAt { get; set; }
    public long Version { get; set; }
}

internal sealed class GroupMember : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public GroupId GroupId { get; init; }
    public PersonId PersonId { get; init; }
}

/// <summary>Keeps the roles of people in step with their groups.</summary>
internal static class GroupRoles
{
    /// <summary>Reads the groups of these people afresh and gives or takes roles; called after memberships or mappings were saved.</summary>
    public static async Task<Problem?> ApplyAsync(Work work, RoleBook book, IReadOnlyCollection<PersonId> people, CancellationToken ct)
    {
        if (people.Count == 0) return null;
        await work.SaveAsync(ct);
        var given = await (from m in work.Db.Set<GroupMember>().AsNoTracking()
                           join g in work.Db.Set<DirectoryGroup>().AsNoTracking() on new { m.TenantId, Id = m.GroupId } equals new { g.TenantId, g.Id }
                           where people.Contains(m.PersonId)
                           select new { m.PersonId, g.Roles }).ToListAsync(ct);
        foreach (var person in await work.Db.Set<Person>().Where(p => people.Contains(p.Id)).ToListAsync(ct))
        {
            var now = given.Where(g => g.PersonId == person.Id).SelectMany(g => RoleRules.Codes(g.Roles)).ToHashSet();
            var roles = RoleRules.Codes(person.Roles).Except(RoleRules.Codes(person.FromGroups)).Union(now).ToHashSet();
            if (RoleRules.Codes(person.Roles).Contains(Published.Roles.Administrator) && !roles.Contains(Published.Roles.Administrator)
                && await book.LastAdministratorAsync(person.Id, ct) is { } last) return last;
            (person.FromGroups, person.Roles) = (RoleRules.Join(now), RoleRules.Join(roles));
        }

        return null;
    }
}

/// <summary>A group in a list.</summary>
internal sealed record GroupItem(GroupId Id, string Name, string[] Roles, int Members, DateTime ChangedAt);

internal static class GroupList
{
    public static async Task<List<GroupItem>> ReadAsync(Work work, CancellationToken ct)
    {
        var groups = await work.Db.Set<DirectoryGroup>().AsNoTracking().OrderBy(g => g.Folded).Take(500).ToListAsync(ct);
        var members = await work.Db.Set<GroupMember>().AsNoTracking().GroupBy(m => m.GroupId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. groups.Select(g => new GroupItem(g.Id, g.DisplayName, [.. RoleRules.Codes(g.Roles)], members.GetValueOrDefault(g.Id), g.ChangedAt))];
    }
}
