using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>What opens a person's account.</summary>
internal sealed record SecurityState(bool HasPassword, DateTime? FactorSince, int RecoveryCodes, int Passkeys)
{
    public static Task<SecurityState> OfActorAsync(Work work, CancellationToken ct)
    {
        var (db, me) = (work.Db, work.Actor.Person);
        return db.Set<Person>().Where(p => p.Id == me).Select(p => new SecurityState(
            p.PasswordHash != null,
            db.Set<SecondFactor>().Where(f => f.TenantId == p.TenantId && f.PersonId == p.Id).Select(f => (DateTime?)f.Since).FirstOrDefault(),
            db.Set<RecoveryCode>().Count(r => r.TenantId == p.TenantId && r.PersonId == p.Id && r.UsedAt == null),
            db.Set<Passkey>().Count(k => k.TenantId == p.TenantId && k.PersonId == p.Id))).SingleAsync(ct);
    }
}

/// <summary>How many of the vendor's own people have a second factor or a passkey.</summary>
internal sealed record FactorCount(int People, int Protected, bool Required)
{
    public static async Task<FactorCount> ReadAsync(Work work, CancellationToken ct)
    {
        var db = work.Db;
        var staff = db.Set<Person>().Where(p => p.Roles != "" && p.State == PersonState.Active);
        return new FactorCount(
            await staff.CountAsync(ct),
            await staff.CountAsync(p => db.Set<SecondFactor>().Any(f => f.TenantId == p.TenantId && f.PersonId == p.Id) || db.Set<Passkey>().Any(k => k.TenantId == p.TenantId && k.PersonId == p.Id), ct),
            await db.Set<SignInPolicy>().AnyAsync(p => p.SecondFactorForStaff, ct));
    }

    /// <summary>The person with this address in this tenant; the empty id for nobody.</summary>
    public static async Task<PersonId> FindAsync(Work work, string? email, CancellationToken ct)
    {
        var normal = Person.NormaliseEmail(email ?? "");
        return await work.Db.Set<Person>().Where(p => p.Email == normal).Select(p => p.Id).SingleOrDefaultAsync(ct);
    }
}
