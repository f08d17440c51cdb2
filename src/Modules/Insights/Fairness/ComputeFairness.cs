using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Fairness;

/// <summary>Computes the report over the last twelve months: rows first, figures from the rows, both saved together in place of the earlier ones. All is read before anything is locked.</summary>
internal sealed class ComputeFairness(Work work)
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        if (!work.Actor.May(FairnessPermissions.Manage)) return Problem.Denied(FairnessPermissions.Manage);
        var rows = await RowsAsync(work, null, ct);
        return await work.TransactAsync<Done>("insights.compute_fairness", () => ReplaceAsync(work, rows, ct), ct);
    }

    /// <summary>The rows as they are now, or as they would be with another promise about payment.</summary>
    public static async Task<List<FairRow>> RowsAsync(Work work, int? paymentDays, CancellationToken ct) => [.. FairRules.Rows(await FactsAsync(work, () => work.NewId<FairRowId>(), ct, paymentDays))];

    /// <summary>Puts rows in the place of the earlier ones, inside the open transaction.</summary>
    public static async Task<Result<Done>> ReplaceAsync(Work work, IReadOnlyList<FairRow> rows, CancellationToken ct)
    {
        await work.LockAsync("insights.fairness", ct);
        await work.Db.Set<FairRow>().ExecuteDeleteAsync(ct);
        await work.Db.Set<FairRun>().ExecuteDeleteAsync(ct);
        await work.Db.Engine.InsertAsync(work.Db, rows, ct);
        await work.Db.Engine.InsertAsync(work.Db, [new FairRun { TenantId = work.Tenant, ComputedAt = work.Now, From = work.Today.AddYears(-1), To = work.Today, Figures = JsonSerializer.Serialize(FairFigures.Of(rows), Json.Options) }], ct);
        return default(Done);
    }

    internal static async Task<FairFacts> FactsAsync(Work work, Func<FairRowId> newId, CancellationToken ct, int? paymentDays = null)
    {
        var (db, from) = (work.Db, work.Today.AddYears(-1));
        var since = from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var days = paymentDays ?? (await db.Set<FairSetting>().AsNoTracking().SingleOrDefaultAsync(ct) ?? new FairSetting()).PaymentDays;
        var linked = (await db.Set<DealRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.OpportunityId != null).Select(d => d.OpportunityId!.Value).ToListAsync(ct)).ToHashSet();
        var wins = await db.Set<OpportunityRow>().Where(o => o.Stage == OpportunityStage.Won && o.AccountId != null && o.ClosedOn >= from).Select(o => new { o.Id, o.ExternalId, o.AccountId, o.ProductId, o.ClosedOn }).ToListAsync(ct);
        var lines = await db.Set<EarningRow>().IgnoreQueryFilters([Db.PartnerFilter])
            .Where(e => e.Kind == EarningKind.Earning && e.State != EarningState.Reversed && e.State != EarningState.Disputed && e.HoldUntil != null && e.HoldUntil >= from).ToListAsync(ct);
        var tiers = await db.Set<TierChangeRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(t => t.At >= since).ToListAsync(ct);
        var partners = await db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).Select(p => new { p.Id, p.Name, p.Tier }).ToListAsync(ct);
        return new FairFacts
        {
            Tenant = work.Tenant,
            From = from,
            Now = work.Now,
            Decisions = await DecisionHistory.ReadAsync(work, since, ct),
            DirectWins = [.. wins.Where(w => !linked.Contains(w.Id)).Select(w => new DirectWin(w.ExternalId, w.AccountId!.Value, w.ProductId, w.ClosedOn!.Value))],
            Lines = [.. lines.Select(e => new PaidLine(e.Id.ToString(), e.DealTitle, e.PartnerId, e.HoldUntil!.Value.AddDays(days), e.PaidAt is { } paid ? DateOnly.FromDateTime(paid) : null))],
            Tiers = [.. tiers.Select(t => new GivenTier(t.PartnerId, t.From, t.To, t.By, t.Reason, DateOnly.FromDateTime(t.At)))],
            Leads = await LeadHistory.ReadAsync(work, since, ct),
            Partners = partners.ToDictionary(p => p.Id, p => (p.Name, p.Tier)),
            NewId = newId,
        };
    }
}
