using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>A change of a draft.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="Rules">The whole table as it should be.</param>
/// <param name="Note">What changes and why; null to leave it.</param>
/// <param name="Unfinished">Whether it may be kept with faults, while somebody is still at it.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record RuleDraftEdit(RuleDraftId Draft, RuleSetText Rules, string? Note = null, bool Unfinished = false, long? Version = null);

/// <summary>Keeps a changed draft. A draft that was simulated has to be simulated again.</summary>
internal sealed class EditDraft(Work work) : UseCase<RuleDraftEdit, RuleDraftId>(work)
{
    protected override Permission Permission => DealsPermissions.EditRules;

    protected override async Task<Result<RuleDraftId>> HandleAsync(RuleDraftEdit input, CancellationToken ct)
    {
        var found = await Work.RuleDraftAsync(input.Draft, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var draft = found.Value;
        if (!RuleDraftLifecycle.Machine.Allows(draft.State, RuleDraftTrigger.Edit)) return RuleDraftLifecycle.Machine.Next(draft.State, RuleDraftTrigger.Edit).Problem!;
        if (input.Note is not null && new Check().Text(input.Note, "note", "What changes", 1000).Problem is { } noted) return noted;
        // What the table knew of the company's own facts it goes on to know, whatever they are called by now.
        var rules = await OwnFacts.CompleteAsync(Work, input.Rules with { Facts = draft.Text.Facts }, ct);
        var stored = Storable(rules);
        if (!stored.Ok) return stored.Problem;
        if (!input.Unfinished && DecisionTable.Build(rules) is { Ok: false } faulty) return faulty.Problem;
        var (text, note) = (stored.Value, input.Note?.Trim() ?? draft.Note);
        if (text == draft.Content && note == draft.Note) return draft.Id;
        if (draft.State == RuleDraftState.Simulated && text != draft.Content)
        {
            var moved = Work.Move(draft, RuleDraftTrigger.Edit);
            if (!moved.Ok) return moved.Problem;
        }

        draft.Write(rules, note);
        return draft.Id;
    }

    /// <summary>The stored form, if every engine can store it; whether it makes sense is another question.</summary>
    public static Result<string> Storable(RuleSetText text)
    {
        var json = text.ToJson();
        if (json.Length > RulesProblems.LongestContent) return RulesProblems.TooLarge();
        return json.Contains("\\u0000", StringComparison.Ordinal) ? Problem.Invalid("text", "The rules contain characters that cannot be stored.") : json;
    }
}
