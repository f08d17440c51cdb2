using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Writes a new password and ends what the old one had opened, inside the open transaction.</summary>
internal sealed class PasswordStore(Work work, Post post, Attempts attempts)
{
    public async Task SetAsync(Person person, string password, CancellationToken ct)
    {
        var tenant = person.TenantId;
        person.PasswordHash = Passwords.Hash(password);
        person.Stamp = RandomNumberGenerator.GetHexString(16, true);
        await work.Db.Set<Session>().Where(s => s.PersonId == person.Id).ExecuteDeleteAsync(ct);
        // Links and other resets that are still on their way; API tokens have an end and a page of their own.
        await work.Db.Set<Key>().Where(k => k.TenantId == tenant && k.PersonId == person.Id && k.Kind != KeyKind.Token).ExecuteDeleteAsync(ct);
        await attempts.ReopenAsync(Limits.Ended(person.Email, tenant, person.Id), ct);
        work.Note("identity.password_changed", "identity_person", person.Id.ToString(), new { });
        post.Send(person.Email, "Your password has been changed", $"Hello {person.Name},\n\nthe password of your account has just been changed, and every session has been ended.\n\nIf this was not you, ask for a new password on the sign-in page and tell your administrator.");
    }
}
