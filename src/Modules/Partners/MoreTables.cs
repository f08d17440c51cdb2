using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Assets;
using Trellis.Partners.Joint;
using Trellis.Partners.Motions;
using Trellis.Partners.Ownership;

namespace Trellis.Partners;

/// <summary>The tables of motions' history, owners of fields, the catalogue and joint value.</summary>
internal static class MoreTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var step = model.Owned<MotionChange>("partners_motion_change", c => new { c.TenantId, c.Id });
        step.HasIndex(c => new { c.TenantId, c.PartnerId, c.Id });
        step.HasQueryFilter(Db.PartnerFilter, c => db.SeesAllPartners || c.PartnerId == db.Partner);

        var owner = model.Owned<FieldOwner>("partners_field_owner", o => new { o.TenantId, o.Field });
        owner.Property(o => o.Field).HasMaxLength(60);

        var said = model.Owned<Conflicts.SaidValue>("partners_said_value", s => new { s.TenantId, s.Id });
        said.HasIndex(s => new { s.TenantId, s.PartnerId, s.Field }).IsUnique();
        said.HasIndex(s => new { s.TenantId, s.Since, s.Id }, "IX_partners_said_value_open").HasFilter("since IS NOT NULL");
        said.Property(s => s.Field).HasMaxLength(60);
        said.Property(s => s.Ours).HasMaxLength(Conflicts.SaidValue.Longest);
        said.Property(s => s.Theirs).HasMaxLength(Conflicts.SaidValue.Longest);
        said.Property(s => s.Refused).HasMaxLength(Conflicts.SaidValue.Longest);
        said.HasQueryFilter(Db.PartnerFilter, s => db.SeesAllPartners || s.PartnerId == db.Partner);

        var count = model.Owned<Hygiene.PartnerQualityCount>("partners_quality_count", c => new { c.TenantId, c.Code, c.Day });
        count.HasQueryFilter(Db.PartnerFilter, _ => db.SeesAllPartners);
        var looks = model.Owned<Hygiene.PartnerCheckOwner>("partners_quality_owner", o => new { o.TenantId, o.Code });
        looks.HasQueryFilter(Db.PartnerFilter, _ => db.SeesAllPartners);

        var asset = model.Owned<Asset>("partners_asset", a => new { a.TenantId, a.Id });
        asset.HasIndex(a => new { a.TenantId, a.PartnerId, a.Id });
        asset.HasIndex(a => new { a.TenantId, a.State, a.Name, a.Id });
        asset.Property(a => a.Description).HasMaxLength(4000);
        // Of its owner, whatever its state; of others what is published for partners.
        asset.HasQueryFilter(Db.PartnerFilter, a => db.SeesAllPartners || a.PartnerId == db.Partner || (a.State == AssetState.Published && a.ForPartners));

        var joint = model.Owned<JointValue>("partners_joint_value", j => new { j.TenantId, j.Id });
        joint.HasIndex(j => new { j.TenantId, j.PartnerId, j.On });
        joint.HasIndex(j => new { j.TenantId, j.WithId, j.On });
        joint.HasIndex(j => new { j.TenantId, j.State, j.On });
        joint.Property(j => j.Text).HasMaxLength(2000);
        joint.HasQueryFilter(Db.PartnerFilter, j => db.SeesAllPartners || j.PartnerId == db.Partner || j.WithId == db.Partner);
    }
}
