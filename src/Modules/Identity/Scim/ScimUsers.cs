using System.Linq.Expressions;
using System.Security.Cryptography;
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

/// <summary>A directory brings a person, who has no role until a group gives one.</summary>
internal sealed class ProvisionPerson(Work work) : UseCase<JsonObject, Person>(work)
{
    protected override Permission Permission => IdentityPermissions.Provision;

    protected override async Task<Result<Person>> HandleAsync(JsonObject input, CancellationToken ct)
    {
        var read = ScimPerson.Read(input, null);
        if (!read.Ok) return read.Problem;
        var wanted = read.Value;
        await Work.LockAsync("identity:scim", ct);
        var again = await Db.Set<Person>().SingleOrDefaultAsync(p => p.Email == wanted.Email && p.RemovedAt != null, ct);
        if (await Db.Set<Login>().AnyAsync(l => l.TenantId == Work.Tenant && l.Email == wanted.Email, ct)) return ScimProblems.Uniqueness("Somebody signs in with this userName already.");
        var person = again ?? new Person
        {
            TenantId = Work.Tenant,
            Id = Work.NewId<PersonId>(),
            Name = wanted.Name,
            Email = wanted.Email,
            Stamp = "",
            SearchText = "",
        };
        person.RemovedAt = null;
        if (again is null) Db.Add(person);
        Take(Work, person, wanted);
        Db.Add(new Login { Email = wanted.Email, TenantId = Work.Tenant, PersonId = person.Id });
        await Work.SaveAsync(ct);
        return person;
    }

    public static void Take(Work work, Person person, ScimPerson wanted)
    {
        (person.Name, person.Email, person.ExternalId, person.TimeZone) = (wanted.Name, wanted.Email, wanted.ExternalId, wanted.TimeZone);
        person.State = wanted.Active ? PersonState.Active : PersonState.Suspended;
        person.SearchText = Kernel.Text.Fold(wanted.Name, wanted.Email);
        person.ChangedAt = work.Now;
        if (person.Stamp.Length == 0 || !wanted.Active) person.Stamp = RandomNumberGenerator.GetHexString(16, true);
    }
}

/// <summary>A change of a provisioned person.</summary>
/// <param name="Person">Whom.</param>
/// <param name="Version">The version that the caller has seen, or null.</param>
/// <param name="Change">Changes the JSON form in place.</param>
internal sealed record ScimChange(PersonId Person, long? Version, Func<JsonObject, Problem?> Change);

/// <summary>A directory changes a person; one who is not active any more is out at once.</summary>
internal sealed class ChangeProvisioned(Work work, RoleBook book) : UseCase<ScimChange, Person>(work)
{
    protected override Permission Permission => IdentityPermissions.Provision;

    protected override async Task<Result<Person>> HandleAsync(ScimChange input, CancellationToken ct)
    {
        await Work.LockAsync("identity:scim", ct);
        if (await ScimUsers.All(Db).SingleOrDefaultAsync(p => p.Id == input.Person, ct) is not { } person) return Problem.Missing("user");
        if (input.Version is { } version && version != person.Version) return Problem.Stale();
        var json = ScimJson.User(person, [], "");
        if (input.Change(json) is { } problem) return problem;
        var read = ScimPerson.Read(json, person);
        if (!read.Ok) return read.Problem;
        var wanted = read.Value;
        if (wanted.Email != person.Email)
        {
            // Whoever writes the address of an administrator could sign in as one.
            if (RoleRules.Codes(person.Roles).Contains(Roles.Administrator)) return ScimProblems.Mutability("The address of an administrator is changed by an administrator.");
            if (await Db.Set<Login>().AnyAsync(l => l.TenantId == Work.Tenant && l.Email == wanted.Email, ct)) return ScimProblems.Uniqueness("Somebody signs in with this userName already.");
            var old = person.Email;
            await Db.Set<Login>().Where(l => l.TenantId == Work.Tenant && l.Email == old).ExecuteDeleteAsync(ct);
            Db.Add(new Login { Email = wanted.Email, TenantId = Work.Tenant, PersonId = person.Id });
        }

        if (!wanted.Active && person.State == PersonState.Active && await Provisioned.EndAsync(Work, book, person, ct) is { } refused) return refused;
        ProvisionPerson.Take(Work, person, wanted);
        await Work.SaveAsync(ct);
        return person;
    }
}

/// <summary>A directory removes a person: nothing opens for it any more; what it did stays in the books.</summary>
internal sealed class RemoveProvisioned(Work work, RoleBook book) : UseCase<(PersonId Person, long? Version), Done>(work)
{
    protected override Permission Permission => IdentityPermissions.Provision;

    protected override async Task<Result<Done>> HandleAsync((PersonId Person, long? Version) input, CancellationToken ct)
    {
        await Work.LockAsync("identity:scim", ct);
        if (await ScimUsers.All(Db).SingleOrDefaultAsync(p => p.Id == input.Person, ct) is not { } person) return Problem.Missing("user");
        if (input.Version is { } version && version != person.Version) return Problem.Stale();
        if (await Provisioned.EndAsync(Work, book, person, ct) is { } refused) return refused;
        (person.State, person.RemovedAt, person.ChangedAt, person.Roles, person.FromGroups) = (PersonState.Suspended, Work.Now, Work.Now, "", "");
        person.Stamp = RandomNumberGenerator.GetHexString(16, true);
        var (email, id) = (person.Email, person.Id);
        await Db.Set<Login>().Where(l => l.TenantId == Work.Tenant && l.Email == email).ExecuteDeleteAsync(ct);
        foreach (var member in await Db.Set<GroupMember>().Where(m => m.PersonId == id).ToListAsync(ct)) Db.Remove(member);
        return default(Done);
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
        return null;
    }
}
