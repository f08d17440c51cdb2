using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>What somebody wants to do to many records.</summary>
/// <param name="Record">The type.</param>
/// <param name="Action">What to do.</param>
/// <param name="Argument">The chosen value.</param>
/// <param name="Reason">The reason, where one is asked for.</param>
/// <param name="Ids">The chosen records; null for all that the query shows.</param>
/// <param name="Query">The list's filters, as its address has them.</param>
/// <param name="Expected">How many the person was shown; null where nobody was shown a number.</param>
public sealed record BulkWish(string? Record, string? Action, string? Argument, string? Reason = null, string[]? Ids = null, Dictionary<string, string?>? Query = null, int? Expected = null)
{
    /// <summary>What is typed besides, where the action asks for it.</summary>
    public string? Typed { get; init; }
}

/// <summary>What many records can be asked, and beginning it.</summary>
public sealed class BulkChanges(Work work, Jobs jobs, IEnumerable<IBulkRecords> records, IEnumerable<IBulkAction> actions)
{
    /// <summary>The kind of the job.</summary>
    public const string Kind = "kernel.bulk";

    /// <summary>The most records of one change.</summary>
    public const int Most = 20_000;

    /// <summary>The records of a type, if the actor may see them.</summary>
    public IBulkRecords? Records(string? record) => records.FirstOrDefault(r => r.Record == record && work.Actor.May(r.View) && !work.Actor.IsPartner);

    /// <summary>What this actor may do to them.</summary>
    public IReadOnlyList<IBulkAction> Actions(string record) => [.. actions.Where(a => a.Record == record && work.Actor.May(a.Permission))];

    /// <summary>Fixes the records and queues the job.</summary>
    public async Task<Result<BulkId>> StartAsync(BulkWish wish, CancellationToken ct)
    {
        if (Records(wish.Record) is not { } type || actions.FirstOrDefault(a => a.Record == type.Record && a.Code == wish.Action) is not { } action) return Problem.Invalid("action", "Choose what to do.");
        if (!work.Actor.May(action.Permission)) return Problem.Denied(action.Permission);
        var choice = (await action.ChoicesAsync(ct)).FirstOrDefault(c => c.Value == wish.Argument);
        if (choice is null) return Problem.Invalid("argument", "Choose one of the values.");
        var check = new Check().Text(wish.Reason, "reason", "The reason", 1000, required: false);
        if (action.Typed is { } asked) check.Text(wish.Typed, "typed", asked.Label, FieldRules.LongestText, asked.Required);
        if (check.Problem is { } problem) return problem;
        if (await action.CheckAsync(choice.Value, Text.OrNull(wish.Typed), wish.Reason, ct) is { } refused) return refused;
        var items = await type.FindAsync(wish.Query ?? [], wish.Ids, Most + 1, ct);
        if (items.Count == 0) return Problem.Invalid("records", $"No {type.Plural} are chosen.");
        if (items.Count > Most) return Problem.Invalid("records", $"More than {Most:N0} {type.Plural} are chosen. Narrow the filters.");
        if (wish.Expected is { } shown && shown != items.Count)
            return new Problem(ProblemKind.Conflict, "bulk.changed", $"You were shown {shown:N0}, and by now the filters give {items.Count:N0}. Look again, then start it.");
        return await work.TransactAsync<BulkId>("kernel.start_bulk", async () =>
        {
            var id = work.NewId<BulkId>();
            work.Db.Add(new BulkRun
            {
                TenantId = work.Tenant, Id = id, Record = type.Record, Action = action.Code, Title = $"{action.Label}: {choice.Label}", Argument = choice.Value, Typed = action.Typed is null ? null : Text.OrNull(wish.Typed), Reason = Text.OrNull(wish.Reason),
                Job = jobs.Start(Kind, id), StartedBy = work.Actor.Person, StartedByName = work.Actor.Name, StartedAt = work.Now, Total = items.Count,
            });
            await work.Db.Engine.InsertAsync(work.Db, items.Select((item, number) => new BulkRow { TenantId = work.Tenant, BulkId = id, Number = number, Subject = item.Id, Name = Text.Storable(item.Name, 300) }), ct);
            return id;
        }, ct);
    }
}

/// <summary>Does it, record by record: each in a transaction of its own that also notes the outcome, so that after a crash it goes on where it was.</summary>
public sealed class BulkJob(Work work, IEnumerable<IBulkAction> actions, IPeople people) : IJob
{
    private const int Part = 50;

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct)
    {
        var id = System.Text.Json.JsonSerializer.Deserialize<BulkId>(payload, Json.Options);
        var run = await work.Db.Set<BulkRun>().AsNoTracking().SingleAsync(r => r.Id == id, ct);
        var action = actions.First(a => a.Record == run.Record && a.Code == run.Action);
        var waiting = work.Db.Set<BulkRow>().AsNoTracking().Where(r => r.BulkId == id && r.State == BulkState.Waiting);
        // Somebody may have stopped it before it began.
        if (!await progress.TellAsync(run.Total - await waiting.CountAsync(ct), run.Total)) return Stopped();
        while (await waiting.OrderBy(r => r.Number).Take(Part).ToListAsync(ct) is { Count: > 0 } part)
        {
            // It runs for somebody: what was taken from that person meanwhile is not done in its name.
            if (run.StartedBy != default && (await people.NowAsync(work.Tenant, run.StartedBy, null, ct))?.May(action.Permission) != true)
                return new Problem(ProblemKind.Denied, "bulk.not_allowed_any_more", $"Stopped: {run.StartedByName} may not do this any more. What was changed stays changed; the rest was not touched.");
            foreach (var row in part) await ChangeAsync(run, action, row, ct);
            if (!await progress.TellAsync(part[^1].Number + 1, run.Total)) return Stopped();
        }

        var refused = await work.Db.Set<BulkRow>().CountAsync(r => r.BulkId == id && r.State == BulkState.Refused, ct);
        return $"{run.Total - refused:N0} changed, {refused:N0} refused.";
    }

    private static Problem Stopped() => new(ProblemKind.Busy, "bulk.stopped", "Stopped on request. What was changed stays changed; the rest was not touched.");

    private async Task ChangeAsync(BulkRun run, IBulkAction action, BulkRow row, CancellationToken ct)
    {
        var changed = await work.TransactAsync<Done>($"bulk.{action.Code}", async () =>
        {
            if (await action.RunAsync(row.Subject, run.Argument!, run.Typed, run.Reason, ct) is { } problem) return problem;
            await MarkAsync(row, BulkState.Changed, null, ct);
            return default(Done);
        }, ct);
        // A refusal leaves nothing behind but its own note.
        if (!changed.Ok) await Work.AloneAsync(work.Db, () => MarkAsync(row, BulkState.Refused, Text.Storable(changed.Problem.Message, 500), ct), ct);
    }

    private Task<int> MarkAsync(BulkRow row, BulkState state, string? problem, CancellationToken ct)
    {
        var (id, number) = (row.BulkId, row.Number);
        return work.Db.Set<BulkRow>().Where(r => r.BulkId == id && r.Number == number).ExecuteUpdateAsync(s => s.SetProperty(r => r.State, state).SetProperty(r => r.Problem, problem), ct);
    }
}
