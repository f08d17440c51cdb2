using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A person as the framework's checks of passkeys know one: tenant and person in one handle, which the authenticator keeps.</summary>
internal sealed record PasskeyPerson(TenantId Tenant, PersonId Person)
{
    /// <summary>64 characters, the longest handle that the standard allows.</summary>
    public string Handle => $"{Tenant.Value:N}{Person.Value:N}";

    public static PasskeyPerson? Of(string handle) =>
        handle.Length == 64 && Guid.TryParseExact(handle[..32], "N", out var tenant) && Guid.TryParseExact(handle[32..], "N", out var person)
            ? new PasskeyPerson(TenantId.From(tenant), PersonId.From(person)) : null;
}

/// <summary>
/// Lends the framework's checks our rows. It reads and never writes: what it would store, the use cases store, in their own transaction.
/// </summary>
internal sealed class PasskeyPeople(Db db) : IUserPasskeyStore<PasskeyPerson>
{
    public async Task<PasskeyPerson?> FindByIdAsync(string userId, CancellationToken ct) =>
        PasskeyPerson.Of(userId) is { } person
        && await db.AllTenants<Person>("before the tenant is known").AnyAsync(p => p.TenantId == person.Tenant && p.Id == person.Person && p.State == Published.PersonState.Active, ct)
            ? person : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyPerson user, CancellationToken ct) =>
        [.. (await Of(user).ToListAsync(ct)).Select(Describe)];

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyPerson user, byte[] credentialId, CancellationToken ct)
    {
        var credential = Base64Url.EncodeToString(credentialId);
        return await Of(user).SingleOrDefaultAsync(k => k.Credential == credential, ct) is { } key ? Describe(key) : null;
    }

    public async Task<PasskeyPerson?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken ct)
    {
        var credential = Base64Url.EncodeToString(credentialId);
        return await db.AllTenants<Passkey>("a passkey belongs to one person of the installation").Where(k => k.Credential == credential)
            .Select(k => new PasskeyPerson(k.TenantId, k.PersonId)).FirstOrDefaultAsync(ct);
    }

    public Task<string> GetUserIdAsync(PasskeyPerson user, CancellationToken ct) => Task.FromResult(user.Handle);
    public Task<string?> GetUserNameAsync(PasskeyPerson user, CancellationToken ct) => Task.FromResult<string?>(user.Handle);
    public Task<string?> GetNormalizedUserNameAsync(PasskeyPerson user, CancellationToken ct) => Task.FromResult<string?>(user.Handle);
    public Task<PasskeyPerson?> FindByNameAsync(string normalizedUserName, CancellationToken ct) => FindByIdAsync(normalizedUserName, ct);
    public Task AddOrUpdatePasskeyAsync(PasskeyPerson user, UserPasskeyInfo passkey, CancellationToken ct) => throw Written();
    public Task RemovePasskeyAsync(PasskeyPerson user, byte[] credentialId, CancellationToken ct) => throw Written();
    public Task SetUserNameAsync(PasskeyPerson user, string? userName, CancellationToken ct) => throw Written();
    public Task SetNormalizedUserNameAsync(PasskeyPerson user, string? normalizedName, CancellationToken ct) => throw Written();
    public Task<IdentityResult> CreateAsync(PasskeyPerson user, CancellationToken ct) => throw Written();
    public Task<IdentityResult> UpdateAsync(PasskeyPerson user, CancellationToken ct) => throw Written();
    public Task<IdentityResult> DeleteAsync(PasskeyPerson user, CancellationToken ct) => throw Written();

    public void Dispose()
    {
        // The context belongs to the request.
    }

    private IQueryable<Passkey> Of(PasskeyPerson user) =>
        db.AllTenants<Passkey>("before the tenant is known").AsNoTracking().Where(k => k.TenantId == user.Tenant && k.PersonId == user.Person);

    private static UserPasskeyInfo Describe(Passkey key) => new(
        Base64Url.DecodeFromChars(key.Credential), Convert.FromBase64String(key.PublicKey), new DateTimeOffset(key.Since, TimeSpan.Zero), (uint)key.SignCount,
        key.Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries), isUserVerified: true, key.BackupEligible, key.BackedUp,
        Convert.FromBase64String(key.Attestation), Convert.FromBase64String(key.ClientData))
    { Name = key.Name };

    private static NotSupportedException Written() => new("Passkeys are written by the use cases.");
}
