using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>That one of a partner's people used the portal on a day: one row for each person, partner and day, however often.</summary>
internal sealed class SignInDay : ITenantOwned, IUnaudited
{
    /// <summary>How long it is remembered.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    public TenantId TenantId { get; init; }
    public PersonId PersonId { get; init; }
    public PartnerId PartnerId { get; init; }
    public DateOnly Day { get; init; }

    /// <summary>The first moment of that day.</summary>
    public DateTime At { get; init; }

    /// <summary>Writes the day down unless it is there, inside the open transaction.</summary>
    public static Task NoteAsync(Db db, TenantId tenant, PersonId person, PartnerId? partner, DateTime now, CancellationToken ct) =>
        partner is not { } one ? Task.CompletedTask
            : db.Engine.InsertMissingAsync(db, [new SignInDay { TenantId = tenant, PersonId = person, PartnerId = one, Day = DateOnly.FromDateTime(now), At = now }], ct);
}
