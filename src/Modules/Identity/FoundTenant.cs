using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The tenants of this installation.</summary>
internal sealed class Tenants(Db db) : ITenants
{
    public Task<List<TenantId>> AllAsync(CancellationToken ct) =>
        db.AllTenants<Tenant>("background loops run once for each tenant").OrderBy(t => t.CreatedAt).Select(t => t.TenantId).ToListAsync(ct);

    public bool Any()
    {
        var any = false;
        db.Engine.Look(new Ask("SELECT 1 FROM identity_tenant LIMIT 1", [], _ => any = true));
        return any;
    }
}

/// <summary>Founds a tenant with its first administrator. Only Trellis itself does this: for the operator (<see cref="FoundCompany"/>), and in tests.</summary>
internal sealed class FoundTenant(Db db, Work work, CurrentActor current, Settings.SettingsShelf shelf)
{
    public async Task<(TenantId Tenant, PersonId Administrator)> RunAsync(
        TenantId tenant, string name, string currency, string timeZone, string adminName, string adminEmail, string? passwordHash, string? language, CancellationToken ct)
    {
        current.Actor = Actor.System(tenant);
        var administrator = work.NewId<PersonId>();
        var result = await work.TransactAsync<Done>("identity.found_tenant", () =>
        {
            db.Add(new Tenant { TenantId = tenant, Name = name, Currency = currency, TimeZone = timeZone, Language = language, CreatedAt = work.Now });
            db.Add(new Person
            {
                TenantId = tenant,
                Id = administrator,
                Name = adminName,
                Email = Person.NormaliseEmail(adminEmail),
                PasswordHash = passwordHash,
                Roles = Roles.Administrator,
                Stamp = RandomNumberGenerator.GetHexString(16, true),
                SearchText = Text.Fold(adminName, adminEmail),
            });
            db.Add(new Login { Email = Person.NormaliseEmail(adminEmail), TenantId = tenant, PersonId = administrator });
            work.Afterwards(() => shelf.Forget(tenant));
            return Task.FromResult<Result<Done>>(default(Done));
        }, ct);
        _ = result.Ok ? result : throw new InvalidOperationException(result.Problem.Message);
        return (tenant, administrator);
    }
}
