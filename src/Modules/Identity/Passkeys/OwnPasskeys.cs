using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A passkey as its owner sees it.</summary>
internal sealed record PasskeyItem(PasskeyId Id, string Name, bool BackedUp, DateTime Since, DateTime? UsedAt);

/// <summary>The passkeys of the person who asks.</summary>
internal static class OwnPasskeys
{
    public static Task<List<PasskeyItem>> ReadAsync(Work work, CancellationToken ct) =>
        work.Db.Set<Passkey>().AsNoTracking().Where(k => k.PersonId == work.Actor.Person).OrderByDescending(k => k.Since)
            .Select(k => new PasskeyItem(k.Id, k.Name, k.BackedUp, k.Since, k.UsedAt)).ToListAsync(ct);
}
