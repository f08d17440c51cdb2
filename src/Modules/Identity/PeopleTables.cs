using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The tables of administering people.</summary>
internal static class PeopleTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var role = model.Owned<Role>("identity_role", r => new { r.TenantId, r.Code });
        role.Property(r => r.Code).HasMaxLength(100);
        role.Property(r => r.Added).HasMaxLength(100_000);
        role.Property(r => r.Removed).HasMaxLength(100_000);

        var invitation = model.Owned<Invitation>("identity_invitation", i => new { i.TenantId, i.Id });
        invitation.HasIndex(i => new { i.TenantId, i.SentAt });
        invitation.HasIndex(i => new { i.TenantId, i.PersonId });
        invitation.HasIndex(i => new { i.TenantId, i.PartnerId });
        invitation.HasQueryFilter(Db.PartnerFilter, i => db.SeesAllPartners || i.PartnerId == db.Partner);

        var viewing = model.Owned<Viewing>("identity_viewing", v => new { v.TenantId, v.Id });
        viewing.HasIndex(v => new { v.TenantId, v.EndedAt });
        viewing.HasQueryFilter(Db.PartnerFilter, v => db.SeesAllPartners);

        var seal = model.Owned<Seal>("identity_seal", s => new { s.TenantId, s.Sequence });
        seal.HasIndex(s => new { s.TenantId, s.AuditId }).IsUnique();
        seal.HasQueryFilter(Db.PartnerFilter, s => db.SeesAllPartners);
        model.Owned<ChainHead>("identity_chain", c => c.TenantId).HasQueryFilter(Db.PartnerFilter, c => db.SeesAllPartners);

        var group = model.Owned<DirectoryGroup>("identity_group", g => new { g.TenantId, g.Id });
        group.HasIndex(g => new { g.TenantId, g.Folded }).IsUnique();
        model.Owned<GroupMember>("identity_group_member", m => new { m.TenantId, m.GroupId, m.PersonId }).HasIndex(m => new { m.TenantId, m.PersonId });
    }
}
