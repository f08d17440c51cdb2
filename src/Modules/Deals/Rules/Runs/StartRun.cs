using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>A run to start.</summary>
/// <param name="Draft">The draft to simulate; null to decide everything again by its own version.</param>
/// <param name="Days">Over how many days back.</param>
internal sealed record RunOrder(RuleDraftId? Draft, int Days = RunOrder.TwoYears)
{
    public const int TwoYears = 730;
}

/// <summary>
/// Starts a run over past decisions: a draft is simulated, or every decision is decided again by its own version to show that none has changed.
/// </summary>
internal sealed class StartRun(Work work, Kernel.Jobs jobs) : UseCase<RunOrder, RuleRunId>(work)
{
    public const int MostDays = 3660;

    protected override Permission Permission => DealsPermissions.EditRules;

    protected override async Task<Result<RuleRunId>> HandleAsync(RunOrder input, CancellationToken ct)
    {
        if (new Check().That(input.Days is > 0 and <= MostDays, "days", $"Between 1 and {MostDays} days.").Problem is { } problem) return problem;
        string? content = null;
        if (input.Draft is { } id)
        {
            var found = await Work.RuleDraftAsync(id, null, ct);
            if (!found.Ok) return found.Problem;
            if (RuleDraftLifecycle.Machine.Next(found.Value.State, RuleDraftTrigger.Simulate) is { Ok: false } not) return not.Problem;
            if (DecisionTable.Build(found.Value.Text) is { Ok: false } faulty) return faulty.Problem;
            if (DecisionTable.Build(await OwnFacts.CompleteAsync(Work, found.Value.Text, ct)) is { Ok: false } outdated) return outdated.Problem;
            content = found.Value.Content;
        }

        var run = Work.NewId<RuleRunId>();
        Db.Add(new RuleRun
        {
            TenantId = Work.Tenant,
            Id = run,
            Kind = content is null ? RuleRunKind.Replay : RuleRunKind.Simulation,
            Draft = input.Draft,
            Content = content,
            Days = input.Days,
            From = Work.Now.AddDays(-input.Days),
            Job = jobs.Start(RunRules.Kind, new RunRulesOrder(run)),
            StartedAt = Work.Now,
            StartedByName = Work.Actor.Name,
        });
        return run;
    }
}
