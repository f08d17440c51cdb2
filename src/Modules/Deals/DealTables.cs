using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals;

internal static class DealTables
{
    // A portal actor sees the deals of its partner and those to which its partner is invited; of a team, its own place and the places on its own deals.
    public static void Map(ModelBuilder model, Db db)
    {
        var deal = model.Owned<Deal>("deals_deal", d => new { d.TenantId, d.Id });
        deal.Ignore(d => d.Fields);
        deal.HasIndex(d => new { d.TenantId, d.CreatedAt, d.Id });
        deal.HasIndex(d => new { d.TenantId, d.Motion, d.CreatedAt, d.Id });
        deal.HasIndex(d => new { d.TenantId, d.State, d.CreatedAt, d.Id });
        // Counts and sums by status are read from the index alone.
        deal.HasIndex(d => new { d.TenantId, d.State, d.DistributorId, d.MainAmount });
        // The partner stands in these, so that a manager's part of what waits, ends or was won is found without reading the deals of others.
        deal.HasIndex(d => new { d.TenantId, d.State, d.ClosedAt, d.PartnerId, d.DistributorId });
        deal.HasIndex(d => new { d.TenantId, d.PartnerId, d.State, d.CreatedAt });
        deal.HasIndex(d => new { d.TenantId, d.PartnerId, d.CreatedAt, d.Id });
        deal.HasIndex(d => new { d.TenantId, d.State, d.ExpiresOn, d.PartnerId, d.DistributorId });
        deal.HasIndex(d => new { d.TenantId, d.PartnerId, d.State, d.ClosedAt });
        deal.HasIndex(d => new { d.TenantId, d.State, d.SubmittedAt, d.PartnerId, d.DistributorId });
        deal.HasIndex(d => new { d.TenantId, d.State, d.DecideBy, d.Id });
        deal.HasIndex(d => new { d.TenantId, d.CustomerKey });
        deal.HasIndex(d => new { d.TenantId, d.CustomerDomain });
        deal.HasIndex(d => new { d.TenantId, d.AccountId });
        // Without those that have none: they would make every look-up seem to find many.
        deal.HasIndex(d => new { d.TenantId, d.OpportunityId }, "IX_deals_deal_opportunity").HasFilter("opportunity_id IS NOT NULL");
        // Those of a status that have one, the newest first: of a hundred thousand that are approved, the few that were linked before and taken up again.
        deal.HasIndex(d => new { d.TenantId, d.State, d.CreatedAt, d.Id }, "IX_deals_deal_linked").HasFilter("opportunity_id IS NOT NULL");
        deal.HasIndex(d => new { d.TenantId, d.MainAmount, d.Id });
        deal.HasIndex(d => new { d.TenantId, d.Id }, "IX_deals_deal_no_rate").HasFilter("no_rate");
        deal.HasIndex(d => new { d.TenantId, d.CustomerName, d.Id });
        model.CustomFields<DealId>("deals_field_value");
        model.CustomFields<Passing.LeadId>("deals_lead_field_value");
        deal.HasQueryFilter(Db.PartnerFilter, d => db.SeesAllPartners || d.PartnerId == db.Partner || d.DistributorId == db.Partner
            || db.Set<DealMember>().Any(m => m.TenantId == d.TenantId && m.DealId == d.Id && m.PartnerId == db.Partner
                && (m.State == MemberState.Invited || m.State == MemberState.Accepted)));

        var member = model.Owned<DealMember>("deals_member", m => new { m.TenantId, m.DealId, m.PartnerId });
        member.HasIndex(m => new { m.TenantId, m.PartnerId, m.State });
        member.HasIndex(m => new { m.TenantId, m.HolderId });
        member.HasQueryFilter(Db.PartnerFilter, m => db.SeesAllPartners || (m.PartnerId == db.Partner && m.State != MemberState.Proposed) || m.HolderId == db.Partner);

        var comment = model.Owned<DealComment>("deals_comment", c => new { c.TenantId, c.Id });
        comment.HasIndex(c => new { c.TenantId, c.DealId, c.Id });
        comment.HasQueryFilter(Db.PartnerFilter, c => db.SeesAllPartners || (c.Audience == CommentAudience.Shared && SightTables.RolesRead(db, PartBits.Messages) && (
            db.Set<Deal>().Any(d => d.TenantId == c.TenantId && d.Id == c.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner))
            || db.Set<DealMember>().Any(m => m.TenantId == c.TenantId && m.DealId == c.DealId && m.PartnerId == db.Partner && m.State == MemberState.Accepted
                && ((m.Reads == null && (m.Visibility == DealVisibility.Summary || m.Visibility == DealVisibility.Full)) || (m.Reads != null && (m.Reads.Value & PartBits.Messages) != 0))))));

        var decision = model.Owned<Decision>("deals_decision", d => new { d.TenantId, d.Id });
        decision.Ignore(d => d.Ruling);
        decision.HasIndex(d => new { d.TenantId, d.DealId, d.Id });
        decision.HasIndex(d => new { d.TenantId, d.At, d.Id });
        decision.Property(d => d.Evidence).HasMaxLength(100_000);
        // What was decided on the partner that had it before speaks of that one.
        decision.HasQueryFilter(Db.PartnerFilter, x => db.SeesAllPartners
            || db.Set<Deal>().Any(d => d.TenantId == x.TenantId && d.Id == x.DealId && (d.PartnerId == db.Partner || d.DistributorId == db.Partner) && (d.TransferredAt == null || x.At >= d.TransferredAt)));

        Life.LifeTables.Map(model, db);
        Conflicts.ConflictTables.Map(model, db);

        var rules = model.Owned<RuleSet>("deals_rule_set", r => new { r.TenantId, r.Id });
        rules.HasIndex(r => new { r.TenantId, r.Number }).IsUnique();
        rules.Property(r => r.Content).HasMaxLength(1_000_000);

        // The row shows the amount, so a member that may not see amounts, or not yet, does not get it.
        model.Published<DealRow>().HasQueryFilter(Db.PartnerFilter, d => db.SeesAllPartners || d.PartnerId == db.Partner || d.DistributorId == db.Partner
            || db.Set<DealMember>().Any(m => m.TenantId == d.TenantId && m.DealId == d.Id && m.PartnerId == db.Partner
                && (m.State == MemberState.Accepted || (m.State == MemberState.Invited && m.Joint)) && ((m.Reads == null && (m.Visibility == DealVisibility.Summary || m.Visibility == DealVisibility.Full)) || (m.Reads != null && (m.Reads.Value & PartBits.Figures) != 0))));
        model.Published<DealMemberRow>().HasQueryFilter(Db.PartnerFilter, m => db.SeesAllPartners || (m.PartnerId == db.Partner && m.State != MemberState.Proposed) || m.HolderId == db.Partner);
        model.Published<DealSightRow>().HasQueryFilter(Db.PartnerFilter, s => db.SeesAllPartners);
        model.Published<DecisionTermsRow>().HasQueryFilter(Db.PartnerFilter, d => db.SeesAllPartners);
        Workspace.WorkspaceTables.Map(model, db);
        Opportunities.OpportunitiesSetup.Tables(model, db);
        Coalitions.CoalitionTables.Map(model, db);
        AccountMove.Map(model);
        Distributors.DistributorTables.Map(model, db);
        Transfers.TransferTables.Map(model, db);
        Handovers.HandoverTables.Map(model, db);
        Passing.LeadTables.Map(model, db);
        Relations.RelationTables.Map(model, db);
        Plans.TargetTables.Map(model, db);
    }
}
