using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

internal static class IncentivesTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var plan = model.Owned<Plan>("incentives_plan", p => new { p.TenantId, p.Id });
        plan.HasIndex(p => new { p.TenantId, p.Number }).IsUnique();
        model.Owned<PlanRate>("incentives_rate", r => new { r.TenantId, r.PlanId, r.Role, r.Tier });
        model.Owned<PlanScheme>("incentives_scheme", s => new { s.TenantId, s.PlanId, s.Name }).Property(s => s.Name).HasMaxLength(60);
        model.Owned<PlanReward>("incentives_reward", r => new { r.TenantId, r.PlanId, r.SegmentId }).Property(r => r.Name).HasMaxLength(PlanReward.LongestName);

        var earning = model.Owned<Earning>("incentives_earning", e => new { e.TenantId, e.Id });
        earning.HasIndex(e => new { e.TenantId, e.DealId, e.PartnerId, e.Kind }).IsUnique();
        earning.Property(e => e.Reward).HasMaxLength(PlanReward.LongestName);
        earning.HasIndex(e => new { e.TenantId, e.WonAt, e.Id });
        earning.HasIndex(e => new { e.TenantId, e.PartnerId, e.WonAt, e.Id });
        earning.HasIndex(e => new { e.TenantId, e.State, e.HoldUntil });
        earning.HasIndex(e => new { e.TenantId, e.PayoutId });
        // The list sorted by amount: the vendor's, and a partner's own.
        earning.HasIndex(e => new { e.TenantId, e.Amount, e.Id });
        earning.HasIndex(e => new { e.TenantId, e.PartnerId, e.Amount, e.Id });
        // Totals are read from these indexes alone.
        earning.HasIndex(e => new { e.TenantId, e.Currency, e.State, e.Amount });
        earning.HasIndex(e => new { e.TenantId, e.PartnerId, e.Currency, e.State, e.Amount });
        // Whose roles at the partner leave amounts out finds none: a line is an amount.
        earning.HasQueryFilter(Db.PartnerFilter, e => db.SeesAllPartners || (e.PartnerId == db.Partner && db.ReadsAmounts()));
        model.Published<EarningRow>().HasQueryFilter(Db.PartnerFilter, e => db.SeesAllPartners || (e.PartnerId == db.Partner && db.ReadsAmounts()));

        var transaction = model.Owned<LedgerTransaction>("incentives_transaction", t => new { t.TenantId, t.Id });
        transaction.HasIndex(t => new { t.TenantId, t.SourceKey }).IsUnique();
        transaction.HasIndex(t => new { t.TenantId, t.At, t.Id });
        // The ledger as a whole is the vendor's: a portal actor reads its own entries only, and no transaction.
        transaction.HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners);
        var entry = model.Owned<LedgerEntry>("incentives_entry", e => new { e.TenantId, e.TransactionId, e.Line });
        entry.HasIndex(e => new { e.TenantId, e.Currency, e.Account, e.PartnerId, e.Amount });
        entry.HasIndex(e => new { e.TenantId, e.PartnerId, e.TransactionId });
        entry.HasIndex(e => new { e.TenantId, e.EarningId });
        entry.HasQueryFilter(Db.PartnerFilter, e => db.SeesAllPartners || (e.PartnerId == db.Partner && db.ReadsAmounts()));

        var payout = model.Owned<Payout>("incentives_payout", p => new { p.TenantId, p.Id });
        payout.HasIndex(p => new { p.TenantId, p.CreatedAt, p.Id });
        payout.HasQueryFilter(Db.PartnerFilter, p => db.SeesAllPartners);
    }
}
