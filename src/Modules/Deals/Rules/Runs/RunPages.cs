using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>A run in a list.</summary>
internal sealed record RuleRunItem(RuleRunId Id, RuleRunKind Kind, RuleDraftId? Draft, int Days, DateTime StartedAt, string StartedByName, DateTime? FinishedAt, long Decisions, long Differ);

/// <summary>A run with its result, once there is one.</summary>
internal sealed record RuleRunDetail(RuleRunItem Run, JobState? State, long Done, long Total, string? Message, RunSummary? Summary, IReadOnlyDictionary<PartnerId, string> PartnerNames);

/// <summary>A difference in a list.</summary>
internal sealed record DifferenceLine
{
    public RuleDifferenceId Id { get; init; }
    public DealId Deal { get; init; }
    public string Customer { get; init; } = "";
    public PartnerId Partner { get; init; }
    public string PartnerName { get; set; } = "";
    public DateTime At { get; init; }
    public Effect Effect { get; init; }
    public long Amount { get; init; }
    public string Currency { get; init; } = "";
    public Outcome FromOutcome { get; init; }
    public string? FromRule { get; init; }
    public int? FromDays { get; init; }
    public Outcome ToOutcome { get; init; }
    public string? ToRule { get; init; }
    public int? ToDays { get; init; }
    public string? Besides { get; init; }
}

/// <summary>Reads runs and their differences.</summary>
internal static class RunPages
{
    public static Task<List<RuleRunItem>> ListAsync(Work work, RuleDraftId? draft, CancellationToken ct) =>
        Items(work.Db.Set<RuleRun>().AsNoTracking().Where(r => draft == null || r.Draft == draft).OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(20)).ToListAsync(ct);

    public static async Task<Result<RuleRunDetail>> FindAsync(Work work, RuleRunId id, CancellationToken ct)
    {
        var run = await work.Db.Set<RuleRun>().AsNoTracking().Where(r => r.Id == id).Select(r => new
        {
            Item = new RuleRunItem(r.Id, r.Kind, r.Draft, r.Days, r.StartedAt, r.StartedByName, r.FinishedAt, r.Decisions, r.Differ), r.Job, r.Summary,
        }).SingleOrDefaultAsync(ct);
        if (run is null) return RulesProblems.MissingRun();
        var job = run.Job is { } j ? await work.Db.Set<JobRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == j, ct) : null;
        var summary = run.Summary is null ? null : RunSummary.FromJson(run.Summary);
        var names = summary is null ? [] : await DealList.PartnerNamesAsync(work, [.. summary.Partners.Select(p => p.Partner)], ct);
        return new RuleRunDetail(run.Item, job?.State, job?.Done ?? 0, job?.Total ?? 0, job?.Message, summary, names);
    }

    public static async Task<Page<DifferenceLine>> DifferencesAsync(Work work, RuleRunId run, Effect? effect, PartnerId? partner, Paging paging, CancellationToken ct)
    {
        var rows = work.Db.Set<RuleDifference>().AsNoTracking().Where(d => d.RunId == run);
        if (effect is { } e) rows = rows.Where(d => d.Effect == e);
        if (partner is { } p) rows = rows.Where(d => d.PartnerId == p);
        var main = work.Settings.Currency;
        var lines =
            from d in rows
            join x in work.Db.Set<Deal>().AsNoTracking() on new { d.TenantId, Id = d.DealId } equals new { x.TenantId, x.Id }
            select new DifferenceLine
            {
                Id = d.Id, Deal = d.DealId, Customer = x.CustomerName, Partner = x.PartnerId, At = d.At, Effect = d.Effect, Amount = d.Amount, Currency = main,
                FromOutcome = d.FromOutcome, FromRule = d.FromRule, FromDays = d.FromDays, ToOutcome = d.ToOutcome, ToRule = d.ToRule, ToDays = d.ToDays, Besides = d.Besides,
            };
        var page = await lines.PageAsync(l => l.Amount, l => l.Id, true, paging, ct);
        var names = await DealList.PartnerNamesAsync(work, [.. page.Items.Select(l => l.Partner).Distinct()], ct);
        foreach (var line in page.Items) line.PartnerName = names.GetValueOrDefault(line.Partner, "");
        return page;
    }

    private static IQueryable<RuleRunItem> Items(IQueryable<RuleRun> runs) =>
        runs.Select(r => new RuleRunItem(r.Id, r.Kind, r.Draft, r.Days, r.StartedAt, r.StartedByName, r.FinishedAt, r.Decisions, r.Differ));
}
