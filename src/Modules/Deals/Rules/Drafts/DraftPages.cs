using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>A draft in a list.</summary>
internal sealed record RuleDraftItem(RuleDraftId Id, string Note, int BasedOn, RuleDraftState State, DateTime StateSince, string StateBy, int? PublishedNumber);

/// <summary>Something to know about a table that does not forbid it.</summary>
internal sealed record TableRemark(string Rule, string Text);

/// <summary>A draft with what is wrong with it.</summary>
internal sealed record RuleDraftDetail : IHasVersion
{
    public required RuleDraftId Id { get; init; }
    public required string Note { get; init; }
    public required int BasedOn { get; init; }
    public required RuleDraftState State { get; init; }
    public required DateTime StateSince { get; init; }
    public required string StateBy { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required string CreatedByName { get; init; }
    public int? PublishedNumber { get; init; }
    public required long Version { get; init; }
    public required RuleSetText Rules { get; init; }

    /// <summary>What may be done with it now.</summary>
    public required IReadOnlyList<string> Allowed { get; init; }

    /// <summary>Faulty places, as <c>rules[3].amount</c>; empty where the table could decide.</summary>
    public required IReadOnlyDictionary<string, string[]> Faults { get; init; }

    public required IReadOnlyList<TableRemark> Remarks { get; init; }
    public required IReadOnlyList<RuleTestResult> Tests { get; init; }
    public required IReadOnlyList<PlainRule> Plain { get; init; }
}

/// <summary>Reads drafts.</summary>
internal static class DraftPages
{
    public static Task<List<RuleDraftItem>> ListAsync(Work work, bool open, CancellationToken ct) =>
        work.Db.Set<RuleDraft>().AsNoTracking().Where(d => !open || d.State == RuleDraftState.Draft || d.State == RuleDraftState.Simulated)
            .OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id).Take(100)
            .Select(d => new RuleDraftItem(d.Id, d.Note, d.BasedOn, d.State, d.StateSince, d.StateBy, d.PublishedNumber)).ToListAsync(ct);

    public static async Task<Result<RuleDraftDetail>> FindAsync(Work work, RuleDraftId id, CancellationToken ct)
    {
        var draft = await work.Db.Set<RuleDraft>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct);
        return draft is null ? RulesProblems.MissingDraft() : Of(draft, await OwnFacts.CompleteAsync(work, draft.Text, ct));
    }

    /// <summary>The draft with these rules in it, stored or just typed.</summary>
    public static RuleDraftDetail Of(RuleDraft draft, RuleSetText text)
    {
        var built = DecisionTable.Build(text);
        return new RuleDraftDetail
        {
            Id = draft.Id,
            Note = draft.Note,
            BasedOn = draft.BasedOn,
            State = draft.State,
            StateSince = draft.StateSince,
            StateBy = draft.StateBy,
            CreatedAt = draft.CreatedAt,
            CreatedByName = draft.CreatedByName,
            PublishedNumber = draft.PublishedNumber,
            Version = draft.Version,
            Rules = text,
            Allowed = [.. RuleDraftLifecycle.Machine.Allowed(draft.State).Select(Words.Of)],
            Faults = built.Problem?.Errors ?? new Dictionary<string, string[]>(),
            Remarks = built.Ok ? Remarks(built.Value) : [],
            Tests = built.Ok ? RuleTests.Run(built.Value) : [],
            Plain = built.Ok ? RulesPage.Plain(built.Value) : [],
        };
    }

    private static List<TableRemark> Remarks(DecisionTable table)
    {
        List<TableRemark> remarks = [];
        foreach (var (rule, before) in Overlaps.Masked(table))
            remarks.Add(new TableRemark(table.Rules[rule].Text.Id, $"“{table.Rules[rule].Text.Id}” never decides: “{table.Rules[before].Text.Id}” stands before it and holds whenever it does."));
        if (table.Rules.All(r => r.Conditions.Count > 0) && table.Text.HitPolicy != HitPolicy.Unique)
            remarks.Add(new TableRemark("", "No rule applies to every other case. What no rule fits is held for a person."));
        if (table.Text.Tests.Count == 0) remarks.Add(new TableRemark("", "The table has no tests. Write down the cases that it must decide as you mean it."));
        return remarks;
    }
}
