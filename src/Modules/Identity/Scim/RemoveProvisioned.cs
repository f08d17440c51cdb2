using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

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
