using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Fairness;

/// <summary>Computes the report over the last twelve months: rows first, figures from the rows, both saved together in place of the earlier ones. Returns how many rows.</summary>
internal sealed class ComputeFairness(Work work) : UseCase<Done, int>(work)
{
    protected override Permission Permission => FairnessPermissions.Manage;

    protected override async Task<Result<int>> HandleAsync(Done input, CancellationToken ct)
    {
        await Work.LockAsync("insights.fairness", ct);
        var rows = FairRules.Rows(await FactsAsync(Work, () => Work.NewId<FairRowId>(), ct));
        await Db.Set<FairRow>().ExecuteDeleteAsync(ct);
        await Db.Set<FairRun>().ExecuteDeleteAsync(ct);
        await Db.Engine.InsertAsync(Db, rows, ct);
        await Db.Engine.InsertAsync(Db, [new FairRun { TenantId = Work.Tenant, ComputedAt = Work.Now, From = Work.Today.AddYears(-1), To = Work.Today, Figures = JsonSerializer.Serialize(FairFigures.Of(rows), Json.Options) }], ct);
        return rows.Count;
    }

    internal static async Task<FairFacts> FactsAsync(Work work, Func<FairRowId> newId, CancellationToken ct)
    {
        var (db, from) = (work.Db, work.Today.AddYears(-1));
        var since = from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var setting = await db.Set<FairSetting>().AsNoTracking().SingleOrDefaultAsync(ct) ?? new FairSetting();
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
            Lines = [.. lines.Select(e => new PaidLine(e.Id.ToString(), e.DealTitle, e.PartnerId, e.HoldUntil!.Value.AddDays(setting.PaymentDays), e.PaidAt is { } paid ? DateOnly.FromDateTime(paid) : null))],
            Tiers = [.. tiers.Select(t => new GivenTier(t.PartnerId, t.From, t.To, t.By, t.Reason, DateOnly.FromDateTime(t.At)))],
            Partners = partners.ToDictionary(p => p.Id, p => (p.Name, p.Tier)),
            NewId = newId,
        };
    }
}

/// <summary>Keeps the report of a tenant up to date.</summary>
internal sealed class RefreshFairness(ComputeFairness compute) : IRecurring
{
    public Task RunAsync(CancellationToken ct) => compute.RunAsync(default, ct);
}

internal sealed record FairSettingInput(bool ShownToPartners, int? PaymentDays);

/// <summary>Decides whether partners see the report, and what is promised about payment.</summary>
internal sealed class SetFairness(Work work, ComputeFairness compute) : UseCase<FairSettingInput, Done>(work)
{
    protected override Permission Permission => FairnessPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync(FairSettingInput input, CancellationToken ct)
    {
        if (new Check().That(input.PaymentDays is >= 1 and <= 365, "payment_days", "Payment is promised within 1 to 365 days.").Problem is { } problem) return problem;
        var setting = await Db.Set<FairSetting>().SingleOrDefaultAsync(ct);
        if (setting is null) Db.Add(setting = new FairSetting { TenantId = Work.Tenant });
        setting.Change(input.ShownToPartners, input.PaymentDays!.Value);
        await Work.SaveAsync(ct);
        return (await compute.RunAsync(default, ct)).Then<Done>(_ => default(Done));
    }
}
