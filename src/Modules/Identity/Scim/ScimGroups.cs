using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The groups of the company's directory.</summary>
internal static class ScimGroups
{
    public static readonly IReadOnlyDictionary<string, Expression<Func<DirectoryGroup, object?>>> Attributes = new Dictionary<string, Expression<Func<DirectoryGroup, object?>>>
    {
        ["id"] = g => g.Id,
        ["displayname"] = g => g.Folded,
        ["externalid"] = g => g.ExternalId!.ToLower(),
        ["meta.lastmodified"] = g => g.ChangedAt,
    };

    public static async Task<Result<(List<DirectoryGroup> Page, int Total)>> FindAsync(Work work, string? filter, int start, int count, CancellationToken ct)
    {
        var groups = work.Db.Set<DirectoryGroup>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(filter))
        {
            var read = ScimFilter<DirectoryGroup>.Read(filter, Attributes);
            if (!read.Ok) return read.Problem;
            groups = groups.Where(read.Value);
        }

        var total = await groups.CountAsync(ct);
        return (count == 0 ? [] : await groups.OrderBy(g => g.Id).Skip(start - 1).Take(count).ToListAsync(ct), total);
    }

    public static async Task<ILookup<GroupId, (PersonId Id, string Name)>> MembersAsync(Work work, IReadOnlyCollection<GroupId> groups, CancellationToken ct) =>
        (await (from m in work.Db.Set<GroupMember>().AsNoTracking()
                join p in work.Db.Set<Person>().AsNoTracking() on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
                where groups.Contains(m.GroupId)
                orderby p.Id
                select new { m.GroupId, p.Id, p.Name }).ToListAsync(ct)).ToLookup(r => r.GroupId, r => (r.Id, r.Name));

    public static string Fold(string name) => name.Trim().ToLowerInvariant();
}
