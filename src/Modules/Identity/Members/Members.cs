using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A person at a partner, as the partner's admin sees it. Of somebody who has not accepted yet nothing is told but what the invitation says.</summary>
internal sealed record MemberItem(PersonId Person, string Name, string Email, string[] RoleCodes, string[] Roles, PersonState State, bool SuspendedByVendor, DateTime Since, InvitationId? OpenInvitation);

/// <summary>The people of one partner.</summary>
internal static class Members
{
    public static async Task<List<MemberItem>> ReadAsync(Work work, RoleBook book, PartnerId partner, CancellationToken ct)
    {
        if (work.Actor.Partner is { } own && own != partner) return [];
        var rows = await (from m in work.Db.Set<Membership>().AsNoTracking()
                          join p in work.Db.Set<Person>().AsNoTracking() on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
                          where m.PartnerId == partner
                          orderby p.SearchText
                          select new { m.PersonId, p.Name, p.Email, m.Roles, m.State, Vendor = p.State, m.Since }).Take(500).ToListAsync(ct);
        var open = await work.Db.Set<Invitation>().AsNoTracking().Where(i => i.PartnerId == partner && i.AcceptedAt == null && i.RevokedAt == null)
            .OrderByDescending(i => i.Id).Select(i => new { i.PersonId, i.Id, i.Name }).ToListAsync(ct);
        var names = (await book.AllAsync(ct)).ToDictionary(r => r.Code, r => r.Name);
        return [.. rows.Select(r =>
        {
            var (codes, invited) = (RoleRules.Codes(r.Roles), open.Find(o => o.PersonId == r.PersonId));
            var suspended = r.Vendor == PersonState.Suspended && (invited is null || !work.Actor.IsPartner);
            return new MemberItem(r.PersonId, invited is not null && work.Actor.IsPartner ? invited.Name : r.Name, r.Email, [.. codes], [.. codes.Select(c => names.GetValueOrDefault(c, c))],
                suspended ? PersonState.Suspended : r.State, suspended, r.Since, invited?.Id);
        }).OrderBy(m => Text.Fold(m.Name, m.Email), StringComparer.Ordinal)];
    }

    /// <summary>The membership that an actor may change: of any partner for the vendor's people, of the own one for a partner's admin.</summary>
    public static async Task<Membership?> FindAsync(Work work, PartnerId partner, PersonId person, CancellationToken ct)
    {
        if (work.Actor.Partner is { } own && own != partner) return null;
        await work.LockAsync($"identity:members:{partner}", ct);
        return await work.Db.Set<Membership>().SingleOrDefaultAsync(m => m.PartnerId == partner && m.PersonId == person, ct);
    }

    public static bool IsAdmin(string roles) => RoleRules.Codes(roles).Any(c => c == Roles.PartnerAdmin || c.StartsWith(Roles.PartnerAdmin + ".", StringComparison.Ordinal));

    /// <summary>A partner keeps at least one admin; the vendor's people may close a partner down to none.</summary>
    public static async Task<bool> IsLastAdminAsync(Work work, Membership membership, CancellationToken ct)
    {
        if (!work.Actor.IsPartner || !IsAdmin(membership.Roles) || membership.State != PersonState.Active) return false;
        var others = await (from m in work.Db.Set<Membership>().AsNoTracking()
                            join p in work.Db.Set<Person>().AsNoTracking() on new { m.TenantId, Id = m.PersonId } equals new { p.TenantId, p.Id }
                            where m.PartnerId == membership.PartnerId && m.PersonId != membership.PersonId && m.State == PersonState.Active && p.State == PersonState.Active
                            select m.Roles).ToListAsync(ct);
        return !others.Any(IsAdmin);
    }

    /// <summary>Tokens and links for this partner end; those for other partners stay.</summary>
    public static Task EndKeysAsync(Work work, PartnerId partner, PersonId person, CancellationToken ct)
    {
        var tenant = work.Tenant;
        return work.Db.Set<Key>().Where(k => k.TenantId == tenant && k.PersonId == person && k.PartnerId == partner).ExecuteDeleteAsync(ct);
    }
}

/// <summary>A person at a partner and what shall become of it.</summary>
internal sealed record MemberChange(PartnerId Partner, PersonId Person, string[]? Roles = null, PersonState State = PersonState.Active);
