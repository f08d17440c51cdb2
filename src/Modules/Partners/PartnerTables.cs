using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Graph;
using Trellis.Partners.Leaving;
using Trellis.Partners.Listing;
using Trellis.Partners.Merging;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.Records;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners;

internal static class PartnerTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        ProfilingTables.Map(model, db);
        SegmentTables.Map(model, db);
        RecordTables.Map(model, db);
        GraphTables.Map(model, db);
        MergeTables.Map(model, db);
        OffboardingSetup.Tables(model, db);
        Applying.ApplyingSetup.Tables(model, db);
        Starting.StartingSetup.Tables(model, db);
        Agreements.AgreementsSetup.Tables(model, db);
        ListingTables.Map(model, db);
        WordLists.WordListTables.Map(model);
        Solutions.SolutionTables.Map(model, db);
        Hygiene.TwinTables.Map(model, db);
        Imports.ImportTables.Map(model, db);
        MoreTables.Map(model, db);
        Answering.AnswerList.Tables(model, db);

        var partner = model.Owned<Partner>("partners_partner", p => new { p.TenantId, p.Id });
        partner.HasIndex(p => new { p.TenantId, p.Name, p.Id });
        partner.HasIndex(p => new { p.TenantId, p.State, p.Name, p.Id });
        partner.HasIndex(p => new { p.TenantId, p.Domain });
        partner.HasIndex(p => new { p.TenantId, p.MergedInto }, "IX_partners_partner_merged").HasFilter("merged_into IS NOT NULL");
        partner.HasIndex(p => new { p.TenantId, p.ManagerId });
        partner.HasQueryFilter(Db.PartnerFilter, p => db.SeesAllPartners || p.Id == db.Partner);

        model.CustomFields<PartnerId>("partners_field_value");
        var quality = model.Owned<Hygiene.QualityRun>("partners_quality_run", q => q.TenantId);
        quality.Property(q => q.Content).HasMaxLength(100_000);
        quality.HasQueryFilter(Db.PartnerFilter, q => db.SeesAllPartners);

        var motion = model.Owned<PartnerMotion>("partners_motion", m => new { m.TenantId, m.PartnerId, m.Motion });
        motion.HasQueryFilter(Db.PartnerFilter, m => db.SeesAllPartners || m.PartnerId == db.Partner);

        var tier = model.Owned<TierChange>("partners_tier_change", t => new { t.TenantId, t.Id });
        tier.HasIndex(t => new { t.TenantId, t.PartnerId, t.Id });
        tier.HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners || t.PartnerId == db.Partner);

        var contact = model.Owned<Contact>("partners_contact", c => new { c.TenantId, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.PartnerId, c.Email }).IsUnique();
        contact.HasIndex(c => new { c.TenantId, c.PersonId });
        model.CustomFields<ContactId>("partners_contact_field_value");
        contact.HasQueryFilter(Db.PartnerFilter, c => db.SeesAllPartners || c.PartnerId == db.Partner);

        var note = model.Owned<Note>("partners_note", n => new { n.TenantId, n.Id });
        note.HasIndex(n => new { n.TenantId, n.PartnerId, n.Id });
        note.HasIndex(n => new { n.TenantId, n.PartnerId, n.HappenedAt, n.At });
        note.Property(n => n.Kind).HasDefaultValue(NoteKind.Note);
        note.Property(n => n.Text).HasMaxLength(AddNote.Longest);
        note.HasQueryFilter(Db.PartnerFilter, n => db.SeesAllPartners || (n.PartnerId == db.Partner && n.Audience == NoteAudience.Shared));

        var relation = model.Owned<Relation>("partners_relation", r => new { r.TenantId, r.FromId, r.ToId, r.Kind });
        relation.HasIndex(r => new { r.TenantId, r.ToId });
        relation.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners || r.FromId == db.Partner || r.ToId == db.Partner);

        Certifications.CertificationTables.Map(model, db);
        model.Published<PartnerRow>().HasQueryFilter(Db.PartnerFilter, p => db.SeesAllPartners || p.Id == db.Partner);
        model.Published<TierChangeRow>().HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners || t.PartnerId == db.Partner);
        model.Published<PartnerMotionRow>().HasQueryFilter(Db.PartnerFilter, m => db.SeesAllPartners || m.PartnerId == db.Partner);
    }
}
