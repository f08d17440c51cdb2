using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Knows who has a second factor and whether a code is right.</summary>
internal sealed class SecondFactors(Db db, IDataProtectionProvider protection, Work work, Attempts attempts)
{
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";
    private readonly IDataProtector _protector = protection.CreateProtector("Trellis.Identity.SecondFactor");

    public Task<bool> HasAsync(TenantId tenant, PersonId person, CancellationToken ct) =>
        db.AllTenants<SecondFactor>("before the tenant is known").AnyAsync(f => f.TenantId == tenant && f.PersonId == person, ct);

    /// <summary>Whether a code of the app or a recovery code is right; inside the open transaction, which uses it up.</summary>
    public async Task<bool> SpendAsync(TenantId tenant, PersonId person, string? code, CancellationToken ct)
    {
        var own = db.Set<SecondFactor>().IgnoreQueryFilters().Where(f => f.TenantId == tenant && f.PersonId == person);
        if (await own.AsNoTracking().SingleOrDefaultAsync(ct) is not { } factor) return false;
        if (Totp.Accept(Convert.FromBase64String(_protector.Unprotect(factor.Sealed)), code, work.Now, factor.LastStep) is { } step)
            return await own.Where(f => f.LastStep < step).ExecuteUpdateAsync(s => s.SetProperty(f => f.LastStep, step), ct) == 1;
        var (hash, now) = (HashOf(code), work.Now);
        var unused = db.Set<RecoveryCode>().IgnoreQueryFilters().Where(r => r.TenantId == tenant && r.PersonId == person && r.Hash == hash && r.UsedAt == null);
        return await unused.ExecuteUpdateAsync(s => s.SetProperty(r => r.UsedAt, now), ct) == 1;
    }

    /// <summary>Starts the second factor, inside the open transaction; gives the recovery codes, which are shown once.</summary>
    public async Task<string[]> StartAsync(PersonId person, byte[] secret, long step, CancellationToken ct)
    {
        await db.Set<SecondFactor>().Where(f => f.PersonId == person).ExecuteDeleteAsync(ct);
        db.Add(new SecondFactor { TenantId = work.Tenant, PersonId = person, Sealed = _protector.Protect(Convert.ToBase64String(secret)), Since = work.Now, LastStep = step });
        return await NewCodesAsync(person, ct);
    }

    /// <summary>Ten new recovery codes in place of the old ones, inside the open transaction.</summary>
    public async Task<string[]> NewCodesAsync(PersonId person, CancellationToken ct)
    {
        await db.Set<RecoveryCode>().Where(r => r.PersonId == person).ExecuteDeleteAsync(ct);
        var codes = Enumerable.Range(0, 10).Select(_ => RandomNumberGenerator.GetString(Letters, 16)).ToArray();
        foreach (var code in codes) db.Add(new RecoveryCode { TenantId = work.Tenant, PersonId = person, Hash = HashOf(code) });
        return [.. codes.Select(c => string.Join('-', c.Chunk(4).Select(part => new string(part))))];
    }

    public async Task EndAsync(PersonId person, CancellationToken ct)
    {
        await db.Set<SecondFactor>().Where(f => f.PersonId == person).ExecuteDeleteAsync(ct);
        await db.Set<RecoveryCode>().Where(r => r.PersonId == person).ExecuteDeleteAsync(ct);
        await attempts.ReopenAsync([Limits.OfAccount("code", person.ToString())], ct);
    }

    // 79 random bits: a digest of one cannot be guessed backwards.
    private static string HashOf(string? code) => Secrets.HashOf("recovery " + new string([.. (code ?? "").ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(32)]));
}
