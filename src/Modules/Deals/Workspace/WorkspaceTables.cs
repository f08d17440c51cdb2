using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

internal static class WorkspaceTables
{
    // Of what is shared, the holder sees all, and a member that has accepted the parts that were promised to it; rows of before stand for what the program delivered. Roles within a partner may leave out more.
    public static void Map(ModelBuilder model, Db db)
    {
        var task = model.Owned<DealTask>("deals_task", t => new { t.TenantId, t.Id });
        task.HasIndex(t => new { t.TenantId, t.DealId, t.Id });
        task.HasIndex(t => new { t.TenantId, t.OwnerPerson, t.DoneAt });
        task.HasIndex(t => new { t.TenantId, t.DoneAt, t.DueOn });
        task.HasIndex(t => new { t.TenantId, t.RemovedAt }, "IX_deals_task_removed").HasFilter("removed_at IS NOT NULL");
        task.HasQueryFilter(Db.RemovedFilter, t => t.RemovedAt == null);
        task.HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners || (x.Audience == CommentAudience.Shared && (
            db.Set<Deal>().Any(d => d.TenantId == x.TenantId && d.Id == x.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner))
            || db.Set<DealMember>().Any(m => m.TenantId == x.TenantId && m.DealId == x.DealId && m.PartnerId == db.Partner && m.State == MemberState.Accepted
                && (x.OwnerPartner == db.Partner || (m.Reads == null && (m.Visibility == DealVisibility.Summary || m.Visibility == DealVisibility.Full)) || (m.Reads != null && (m.Reads.Value & PartBits.Tasks) != 0))))));

        var effect = model.Owned<EffectRun>("deals_effect_run", e => e.TenantId);
        effect.HasQueryFilter(Db.PartnerFilter, e => db.SeesAllPartners);

        var step = model.Owned<NextStep>("deals_next_step", s => new { s.TenantId, s.Id });
        step.HasIndex(s => new { s.TenantId, s.DealId, s.SetAt });
        step.HasIndex(s => new { s.TenantId, s.HolderId, s.Side, s.DueOn }, "IX_deals_next_step_open").HasFilter("ended_at IS NULL");
        step.HasIndex(s => new { s.TenantId, s.SetBy, s.DueOn }, "IX_deals_next_step_set_by").HasFilter("ended_at IS NULL");
        step.HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners || (SightTables.RolesRead(db, PartBits.Figures) && (
            db.Set<Deal>().Any(d => d.TenantId == x.TenantId && d.Id == x.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner))
            || db.Set<DealMember>().Any(m => m.TenantId == x.TenantId && m.DealId == x.DealId && m.PartnerId == db.Partner && m.State == MemberState.Accepted
                && ((m.Reads == null && (m.Visibility == DealVisibility.Summary || m.Visibility == DealVisibility.Full)) || (m.Reads != null && (m.Reads.Value & PartBits.Figures) != 0))))));

        var milestone = model.Owned<Milestone>("deals_milestone", m => new { m.TenantId, m.Id });
        milestone.HasIndex(m => new { m.TenantId, m.DealId, m.Place });
        // Of a million milestones those that wait for somebody by name, and those of which nobody has been reminded yet.
        milestone.HasIndex(m => new { m.TenantId, m.OwnerPerson, m.DueOn }, "IX_deals_milestone_owner").HasFilter("owner_person IS NOT NULL AND done_at IS NULL");
        milestone.HasIndex(m => new { m.TenantId, m.DueOn }, "IX_deals_milestone_due").HasFilter("done_at IS NULL AND reminded_at IS NULL");
        milestone.HasIndex(m => new { m.TenantId, m.RemovedAt }, "IX_deals_milestone_removed").HasFilter("removed_at IS NOT NULL");
        milestone.HasQueryFilter(Db.RemovedFilter, m => m.RemovedAt == null);
        milestone.HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners
            || db.Set<Deal>().Any(d => d.TenantId == x.TenantId && d.Id == x.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner))
            || db.Set<DealMember>().Any(m => m.TenantId == x.TenantId && m.DealId == x.DealId && m.PartnerId == db.Partner && m.State == MemberState.Accepted
                && ((m.Reads == null && (m.Visibility == DealVisibility.Summary || m.Visibility == DealVisibility.Full)) || (m.Reads != null && (m.Reads.Value & PartBits.Plan) != 0))));

        var person = model.Owned<CommitteePerson>("deals_committee", p => new { p.TenantId, p.Id });
        person.HasIndex(p => new { p.TenantId, p.DealId, p.Id });
        person.HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners || (SightTables.RolesRead(db, PartBits.Committee) && (
            db.Set<Deal>().Any(d => d.TenantId == x.TenantId && d.Id == x.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner))
            || db.Set<DealMember>().Any(m => m.TenantId == x.TenantId && m.DealId == x.DealId && m.PartnerId == db.Partner && m.State == MemberState.Accepted && ((m.Reads == null && m.Visibility == DealVisibility.Full) || (m.Reads != null && (m.Reads.Value & PartBits.Committee) != 0))))));

        var file = model.Owned<DealFile>("deals_file", f => new { f.TenantId, f.Id });
        file.HasIndex(f => new { f.TenantId, f.DealId, f.Id });
        file.HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners || (x.Audience == CommentAudience.Shared && SightTables.RolesRead(db, PartBits.Files) && (
            db.Set<Deal>().Any(d => d.TenantId == x.TenantId && d.Id == x.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner))
            || db.Set<DealMember>().Any(m => m.TenantId == x.TenantId && m.DealId == x.DealId && m.PartnerId == db.Partner && m.State == MemberState.Accepted && ((m.Reads == null && m.Visibility == DealVisibility.Full) || (m.Reads != null && (m.Reads.Value & PartBits.Files) != 0))))));

        var sight = model.Owned<DirectSight>("deals_direct_sight", s => new { s.TenantId, s.DealId });
        sight.HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners
            || db.Set<Deal>().Any(d => d.TenantId == x.TenantId && d.Id == x.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner)));

        var version = model.Owned<SightVersion>("deals_sight_version", v => new { v.TenantId, v.Id });
        version.HasIndex(v => new { v.TenantId, v.SetAt });
        version.HasQueryFilter(Db.PartnerFilter, v => db.SeesAllPartners);

        model.Owned<RepPlan>("deals_rep_plan", p => new { p.TenantId, p.Id }).HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners);
    }
}
