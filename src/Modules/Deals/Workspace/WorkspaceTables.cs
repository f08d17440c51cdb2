using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

internal static class WorkspaceTables
{
    // Of what is shared, the holder sees all; a member that has accepted sees plan and tasks from the level summary on, people and files at full.
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
                && (x.OwnerPartner == db.Partner || m.Visibility == DealVisibility.Summary || m.Visibility == DealVisibility.Full)))));

        var effect = model.Owned<EffectRun>("deals_effect_run", e => e.TenantId);
        effect.HasQueryFilter(Db.PartnerFilter, e => db.SeesAllPartners);

        var step = model.Owned<NextStep>("deals_next_step", s => new { s.TenantId, s.Id });
        step.HasIndex(s => new { s.TenantId, s.DealId, s.SetAt });
        step.HasIndex(s => new { s.TenantId, s.HolderId, s.Side, s.DueOn }, "IX_deals_next_step_open").HasFilter("ended_at IS NULL");
        step.HasIndex(s => new { s.TenantId, s.SetBy, s.DueOn }, "IX_deals_next_step_set_by").HasFilter("ended_at IS NULL");
        step.HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners
            || db.Set<Deal>().Any(d => d.TenantId == x.TenantId && d.Id == x.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner))
            || db.Set<DealMember>().Any(m => m.TenantId == x.TenantId && m.DealId == x.DealId && m.PartnerId == db.Partner && m.State == MemberState.Accepted
                && (m.Visibility == DealVisibility.Summary || m.Visibility == DealVisibility.Full)));

        var milestone = model.Owned<Milestone>("deals_milestone", m => new { m.TenantId, m.Id });
        milestone.HasIndex(m => new { m.TenantId, m.DealId, m.Place });
        milestone.HasIndex(m => new { m.TenantId, m.RemovedAt }, "IX_deals_milestone_removed").HasFilter("removed_at IS NOT NULL");
        milestone.HasQueryFilter(Db.RemovedFilter, m => m.RemovedAt == null);
        milestone.HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners
            || db.Set<Deal>().Any(d => d.TenantId == x.TenantId && d.Id == x.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner))
            || db.Set<DealMember>().Any(m => m.TenantId == x.TenantId && m.DealId == x.DealId && m.PartnerId == db.Partner && m.State == MemberState.Accepted
                && (m.Visibility == DealVisibility.Summary || m.Visibility == DealVisibility.Full)));

        var person = model.Owned<CommitteePerson>("deals_committee", p => new { p.TenantId, p.Id });
        person.HasIndex(p => new { p.TenantId, p.DealId, p.Id });
        person.HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners
            || db.Set<Deal>().Any(d => d.TenantId == x.TenantId && d.Id == x.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner))
            || db.Set<DealMember>().Any(m => m.TenantId == x.TenantId && m.DealId == x.DealId && m.PartnerId == db.Partner && m.State == MemberState.Accepted && m.Visibility == DealVisibility.Full));

        var file = model.Owned<DealFile>("deals_file", f => new { f.TenantId, f.Id });
        file.HasIndex(f => new { f.TenantId, f.DealId, f.Id });
        file.HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners || (x.Audience == CommentAudience.Shared && (
            db.Set<Deal>().Any(d => d.TenantId == x.TenantId && d.Id == x.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner))
            || db.Set<DealMember>().Any(m => m.TenantId == x.TenantId && m.DealId == x.DealId && m.PartnerId == db.Partner && m.State == MemberState.Accepted && m.Visibility == DealVisibility.Full))));

        var sight = model.Owned<DirectSight>("deals_direct_sight", s => new { s.TenantId, s.DealId });
        sight.HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners
            || db.Set<Deal>().Any(d => d.TenantId == x.TenantId && d.Id == x.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner)));

        model.Owned<RepPlan>("deals_rep_plan", p => new { p.TenantId, p.Id }).HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners);
    }
}
