using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Notifications;

/// <summary>
/// Who reads what was told before: news of a partner stay with those who may act for it. What was told when the partner was not kept yet stays with a partner's person as long as it acts for any.
/// </summary>
/// <param name="Email">The address; null where the person may not sign in.</param>
/// <param name="OfVendor">Whether it is one of the vendor's people.</param>
/// <param name="Places">The partners for which it may act now.</param>
internal sealed record Readership(string? Email, bool OfVendor, IReadOnlyCollection<PartnerId> Places)
{
    public bool MayRead(Notification row) => Email is not null && (row.PartnerId is { } partner ? Places.Contains(partner) : OfVendor || Places.Count > 0);

    public static async Task<bool> MayReadAsync(Db db, Notification row, CancellationToken ct) => (await OfAsync(db, row.PersonId, ct)).MayRead(row);

    public static async Task<Readership> OfAsync(Db db, PersonId person, CancellationToken ct)
    {
        var known = await db.Set<PersonRow>().Where(p => p.Id == person && p.State == PersonState.Active).Select(p => new { p.Email, OfVendor = p.Roles != "" }).SingleOrDefaultAsync(ct);
        var places = known is null ? [] : await db.Set<MembershipRow>().Where(m => m.PersonId == person && m.State == PersonState.Active).Select(m => m.PartnerId).ToListAsync(ct);
        return new Readership(known?.Email, known is { OfVendor: true }, places);
    }
}
