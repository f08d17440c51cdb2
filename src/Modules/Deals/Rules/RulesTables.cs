using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>Drafts and runs are the vendor's own: a portal actor sees none.</summary>
internal static class RulesTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var draft = model.Owned<RuleDraft>("deals_rule_draft", d => new { d.TenantId, d.Id });
        draft.Ignore(d => d.Text);
        draft.HasIndex(d => new { d.TenantId, d.State, d.CreatedAt });
        draft.Property(d => d.Content).HasMaxLength(RulesProblems.LongestContent);
        draft.HasQueryFilter(Db.PartnerFilter, d => db.SeesAllPartners);

        var run = model.Owned<RuleRun>("deals_rule_run", r => new { r.TenantId, r.Id });
        run.HasIndex(r => new { r.TenantId, r.StartedAt });
        run.HasIndex(r => new { r.TenantId, r.Draft });
        run.Property(r => r.Content).HasMaxLength(RulesProblems.LongestContent);
        run.Property(r => r.Summary).HasMaxLength(RulesProblems.LongestContent);
        run.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners);

        var difference = model.Owned<RuleDifference>("deals_rule_difference", d => new { d.TenantId, d.Id });
        difference.HasIndex(d => new { d.TenantId, d.RunId, d.Effect, d.Amount, d.Id });
        difference.HasIndex(d => new { d.TenantId, d.RunId, d.Amount, d.Id });
        difference.HasQueryFilter(Db.PartnerFilter, d => db.SeesAllPartners);
    }
}
