using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The vendor's people as the company's directory sees them: no programs, no partners' people, nobody it has removed.</summary>
internal static class ScimUsers
{
    public static readonly IReadOnlyDictionary<string, Expression<Func<Person, object?>>> Attributes = new Dictionary<string, Expression<Func<Person, object?>>>
    {
        ["id"] = p => p.Id,
        ["username"] = p => p.Email,
        ["emails"] = p => p.Email,
        ["emails.value"] = p => p.Email,
        ["emails[type eq \"work\"].value"] = p => p.Email,
        ["externalid"] = p => p.ExternalId!.ToLower(),
        ["displayname"] = p => p.Name.ToLower(),
        ["name.formatted"] = p => p.Name.ToLower(),
        ["active"] = p => p.State == PersonState.Active,
        ["meta.lastmodified"] = p => p.ChangedAt ?? DateTime.MinValue,
    };

    public static IQueryable<Person> All(Db db) => db.Set<Person>()
        .Where(p => !p.IsService && p.RemovedAt == null && !db.Set<Membership>().Any(m => m.TenantId == p.TenantId && m.PersonId == p.Id));

    public static async Task<Result<(List<Person> Page, int Total)>> FindAsync(Work work, string? filter, int start, int count, CancellationToken ct)
    {
        var people = All(work.Db).AsNoTracking();
        if (!string.IsNullOrWhiteSpace(filter))
        {
            var read = ScimFilter<Person>.Read(filter, Attributes);
            if (!read.Ok) return read.Problem;
            people = people.Where(read.Value);
        }

        var total = await people.CountAsync(ct);
        return (count == 0 ? [] : await people.OrderBy(p => p.Id).Skip(start - 1).Take(count).ToListAsync(ct), total);
    }

    public static async Task<ILookup<PersonId, DirectoryGroup>> GroupsAsync(Work work, IReadOnlyCollection<PersonId> people, CancellationToken ct) =>
        (await (from m in work.Db.Set<GroupMember>().AsNoTracking()
                join g in work.Db.Set<DirectoryGroup>().AsNoTracking() on new { m.TenantId, Id = m.GroupId } equals new { g.TenantId, g.Id }
                where people.Contains(m.PersonId)
                select new { m.PersonId, Group = g }).ToListAsync(ct)).ToLookup(r => r.PersonId, r => r.Group);
}

/// <summary>What a directory says about a person.</summary>
internal sealed record ScimPerson(string Email, string Name, string? ExternalId, string? TimeZone, bool Active)
{
    public static Result<ScimPerson> Read(JsonObject json, Person? before)
    {
        var user = json.Text("userName");
        if (string.IsNullOrWhiteSpace(user)) return ScimProblems.InvalidValue("A user has a userName.");
        // Another name would not be kept, and the directory would never find the person again by it.
        if (!Person.IsEmail(user)) return ScimProblems.InvalidValue("The userName is not an e-mail address. People sign in by their address here: send it as the userName, and your own name for the person as externalId.");
        var name = json.Find("name") as JsonObject;
        var parts = $"{name?.Text("givenName")} {name?.Text("familyName")}".Trim();
        string?[] names = [json.Text("displayName"), name?.Text("formatted"), parts, before?.Name, user];
        var full = names.First(n => !string.IsNullOrWhiteSpace(n))!.Trim();
        var (external, zone) = (Kernel.Text.OrNull(json.Text("externalId")), Kernel.Text.OrNull(json.Text("timezone")));
        if (full.Length > 200 || external?.Length > 200 || !new[] { full, external ?? "" }.All(t => Kernel.Text.IsClean(t))) return ScimProblems.InvalidValue("A name or id is too long or cannot be stored.");
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) return ScimProblems.InvalidValue("The time zone is not in the IANA list.");
        return new ScimPerson(Person.NormaliseEmail(user), full, external, zone, json.Flag("active") ?? true);
    }
}

internal static class Provisioned
{
    /// <summary>Ends every key of a person; refuses where nobody would be left to administrate.</summary>
    public static async Task<Problem?> EndAsync(Work work, RoleBook book, Person person, CancellationToken ct)
    {
        if (RoleRules.Codes(person.Roles).Contains(Roles.Administrator) && await book.LastAdministratorAsync(person.Id, ct) is { } last) return last;
        var (tenant, id) = (work.Tenant, person.Id);
        await work.Db.Set<Key>().Where(k => k.TenantId == tenant && k.PersonId == id).ExecuteDeleteAsync(ct);
        work.Publish(new AccessEnded(id, null, work.Now));
        return null;
    }
}
