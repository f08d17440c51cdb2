using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

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
