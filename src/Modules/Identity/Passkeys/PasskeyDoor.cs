using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A question for the browser, and what we must remember until it is answered (the page carries it, sealed).</summary>
internal sealed record PasskeyQuestion(string Options, string State);

/// <summary>
/// Asks browsers for passkeys and checks their answers by ASP.NET Core Identity's own handler. The person must be verified by the authenticator
/// (finger, face or PIN), so that a passkey is two factors in one.
/// </summary>
internal sealed class PasskeyDoor(Db db, Work work, IConfiguration configuration, ILogger<UserManager<PasskeyPerson>> log)
{
    private const string Making = "passkey-made";
    private const string Asking = "passkey-asked";
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private sealed record Held(string State);

    public async Task<PasskeyQuestion> ToMakeOneAsync(HttpContext http)
    {
        var actor = work.Actor;
        var made = await Handler().MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = new PasskeyPerson(actor.Tenant, actor.Person).Handle, Name = actor.Email, DisplayName = $"{actor.Name} ({actor.TenantName})" }, http);
        return new PasskeyQuestion(made.CreationOptionsJson, Sealed.Close(http, Making, new Held(made.AttestationState ?? ""), Life));
    }

    public async Task<PasskeyQuestion> ToUseOneAsync(HttpContext http)
    {
        var made = await Handler().MakeRequestOptionsAsync(null, http);
        return new PasskeyQuestion(made.RequestOptionsJson, Sealed.Close(http, Asking, new Held(made.AssertionState ?? ""), Life));
    }

    /// <summary>The new passkey, or null when the answer is not right.</summary>
    public async Task<UserPasskeyInfo?> ReadMadeAsync(HttpContext http, string? state, string? credential)
    {
        if (Sealed.Open<Held>(http, Making, state) is not { } held || credential is null or { Length: > 20_000 }) return null;
        var result = await Handler().PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential, AttestationState = held.State });
        if (!result.Succeeded) log.LogInformation("A passkey was not accepted: {Reason}", result.Failure.Message);
        return result.Succeeded && result.UserEntity.Id == new PasskeyPerson(work.Tenant, work.Actor.Person).Handle ? result.Passkey : null;
    }

    /// <summary>Whose passkey has answered, or null. Each question is answered once.</summary>
    public async Task<PasskeyPerson?> ReadUsedAsync(HttpContext http, string? state, string? credential, CancellationToken ct)
    {
        if (Sealed.Open<Held>(http, Asking, state) is not { } held || credential is null or { Length: > 20_000 }) return null;
        var result = await Handler().PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = held.State });
        if (!result.Succeeded)
        {
            log.LogInformation("A passkey was not accepted: {Reason}", result.Failure.Message);
            return null;
        }

        var (person, name) = (result.User, Base64Url.EncodeToString(result.Passkey.CredentialId));
        var (count, backedUp, now) = ((long)result.Passkey.SignCount, result.Passkey.IsBackedUp, work.Now);
        var kept = await work.TransactAsync<Done>("identity.use_passkey", async () =>
        {
            db.Add(new Key { Hash = Secrets.HashOf(held.State), Kind = KeyKind.Spent, TenantId = person.Tenant, PersonId = person.Person, Name = "Passkey", CreatedAt = now, ExpiresAt = now + Life, UsedAt = now });
            await db.Set<Passkey>().IgnoreQueryFilters().Where(k => k.TenantId == person.Tenant && k.PersonId == person.Person && k.Credential == name)
                .ExecuteUpdateAsync(s => s.SetProperty(k => k.UsedAt, now).SetProperty(k => k.SignCount, count).SetProperty(k => k.BackedUp, backedUp), ct);
            return default(Done);
        }, ct);
        return kept.Ok ? person : null;
    }

    private PasskeyHandler<PasskeyPerson> Handler()
    {
        var options = new IdentityPasskeyOptions
        {
            // The address that the operator has named; otherwise that of the request, which the browser compares with its own.
            ServerDomain = configuration["TRELLIS_ADDRESS"] is { Length: > 0 } address ? new Uri(address).Host : null,
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            AttestationConveyancePreference = "none",
            ChallengeSize = 32,
        };
        var people = new UserManager<PasskeyPerson>(
            new PasskeyPeople(db), Options.Create(new IdentityOptions()), new PasswordHasher<PasskeyPerson>(), [], [], new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(), null!, log);
        return new PasskeyHandler<PasskeyPerson>(people, Options.Create(options));
    }
}
