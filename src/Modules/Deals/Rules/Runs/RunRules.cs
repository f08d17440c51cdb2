using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>Which run to do.</summary>
internal sealed record RunRulesOrder(RuleRunId Run);

/// <summary>Runs rules over past decisions, and stores what differs. Done twice it gives the same.</summary>
internal sealed class RunRules(Work work) : IJob
{
    public const string Kind = "deals.run_rules";

    /// <summary>Differences that are kept one by one; beyond it they are counted only.</summary>
    public const int MostListed = 100_000;

    private const int BatchRows = 4096;

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<RunRulesOrder>(payload, Json.Options)!;
        var run = await work.Db.Set<RuleRun>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == order.Run, ct);
        if (run is null || run.FinishedAt is not null) return "There was nothing left to do.";
        var total = await work.Db.Set<Decision>().Where(d => d.At >= run.From).CountAsync(ct);
        var result = run.Kind == RuleRunKind.Simulation ? await SimulateAsync(run, total, progress, ct) : await ReplayAsync(run, total, progress, ct);
        if (result is not { } found) return new Problem(ProblemKind.Conflict, "rules.run_stopped", "It was stopped; nothing was kept.");
        var stored = await work.TransactAsync("deals.run_rules", () => StoreAsync(run, found.Summary, found.Differences, ct), ct);
        return stored.Ok ? $"{found.Summary.Decisions:N0} decisions, {found.Summary.Differ:N0} differ" : stored.Problem;
    }

    private async Task<(RunSummary Summary, List<RuleDifference> Differences)?> SimulateAsync(RuleRun run, int total, JobProgress progress, CancellationToken ct)
    {
        var table = DecisionTable.Of(RuleSetText.FromJson(run.Content!));
        var simulation = new Simulation(table, await CurrencyAsync(ct));
        List<RuleDifference> differences = [];
        var done = 0;
        await foreach (var batch in Past(run.From).AsAsyncEnumerable().Chunk(BatchRows).WithCancellation(ct))
        {
            foreach (var changed in simulation.Take(batch))
                if (differences.Count < MostListed) differences.Add(Runs.Difference(run, changed, simulation.NameOf(changed.Now), work.NewId<RuleDifferenceId>()));
            if (!await progress.TellAsync(done += batch.Length, total, "Deciding")) return null;
        }

        return (simulation.Summary(differences.Count), differences);
    }

    private async Task<(RunSummary Summary, List<RuleDifference> Differences)?> ReplayAsync(RuleRun run, int total, JobProgress progress, CancellationToken ct)
    {
        var versions = await work.Db.Set<RuleSet>().AsNoTracking().ToDictionaryAsync(r => r.Id, ct);
        var replay = new Replay(versions);
        List<RuleDifference> differences = [];
        var decisions = work.Db.Set<Decision>().AsNoTracking().Where(d => d.At >= run.From).OrderBy(d => d.Id);
        var done = 0;
        await foreach (var batch in decisions.AsAsyncEnumerable().Chunk(BatchRows).WithCancellation(ct))
        {
            foreach (var (decision, again) in replay.Take(batch))
                if (differences.Count < MostListed) differences.Add(Runs.Difference(run, decision, again, work.NewId<RuleDifferenceId>()));
            if (!await progress.TellAsync(done += batch.Length, total, "Deciding again")) return null;
        }

        return (replay.Summary(await CurrencyAsync(ct)), differences);
    }

    private async Task<Result<Done>> StoreAsync(RuleRun run, RunSummary summary, List<RuleDifference> differences, CancellationToken ct)
    {
        var stored = await work.Db.Set<RuleRun>().SingleAsync(r => r.Id == run.Id, ct);
        if (stored.FinishedAt is not null) return default(Done);
        stored.Finish(summary, work.Now);
        await work.Db.Engine.InsertAsync(work.Db, differences, ct);
        work.Note("deals.run_rules", "deals_rule_run", run.Id.ToString(), new { kind = run.Kind, summary.Decisions, summary.Differ, summary.Gains, summary.Loses });
        if (run.Draft is not { } id || await work.Db.Set<RuleDraft>().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } draft) return default(Done);
        // Who has edited it meanwhile has to simulate it again.
        if (draft.Content != run.Content || !RuleDraftLifecycle.Machine.Allows(draft.State, RuleDraftTrigger.Simulate)) return default(Done);
        return work.Move(draft, RuleDraftTrigger.Simulate, $"{summary.Decisions:N0} decisions, {summary.Differ:N0} would differ.").Then<Done>(_ => default(Done));
    }

    private IQueryable<PastDecision> Past(DateTime from) =>
        from d in work.Db.Set<Decision>().AsNoTracking()
        where d.At >= @from
        join x in work.Db.Set<Deal>().AsNoTracking() on new { d.TenantId, Id = d.DealId } equals new { x.TenantId, x.Id }
        orderby d.Id
        select new PastDecision
        {
            Id = d.Id,
            Deal = d.DealId,
            Partner = x.PartnerId,
            At = d.At,
            Facts = d.Facts,
            Amount = x.MainAmount,
            Outcome = d.Outcome,
            Rule = d.RuleId,
            Reason = d.Reason,
            Reviewer = d.Reviewer,
            Days = d.ProtectionDays,
            ExtensionLimit = d.ExtensionLimit,
            CreditBasisPoints = d.CreditBasisPoints,
            Compensation = d.Compensation,
        };

    private async Task<string> CurrencyAsync(CancellationToken ct) =>
        await work.Db.Set<Decision>().OrderByDescending(d => d.Id).Select(d => d.Currency).FirstOrDefaultAsync(ct) ?? work.Actor.Currency;
}
