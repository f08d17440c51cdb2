using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

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
