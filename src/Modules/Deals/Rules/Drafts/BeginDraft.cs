using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>A draft to begin.</summary>
/// <param name="Note">What is to change and why.</param>
/// <param name="From">The version to begin with; null for the newest.</param>
/// <param name="Rules">Rules from a file; null for those of the version.</param>
internal sealed record NewRuleDraft(string Note, int? From = null, RuleSetText? Rules = null);

/// <summary>Begins a draft with a version of the rules, or with a file. A file may have faults; they are shown where it is edited.</summary>
internal sealed class BeginDraft(Work work) : UseCase<NewRuleDraft, RuleDraftId>(work)
{
    protected override Permission Permission => DealsPermissions.EditRules;

    protected override async Task<Result<RuleDraftId>> HandleAsync(NewRuleDraft input, CancellationToken ct)
    {
        if (new Check().Text(input.Note, "note", "What is to change", 1000).Problem is { } problem) return problem;
        var newest = await RuleBook.NewestAsync(Work, ct);
        var from = input.From is { } asked && asked != newest.Number
            ? await Db.Set<RuleSet>().AsNoTracking().SingleOrDefaultAsync(r => r.Number == asked, ct)
            : newest;
        if (from is null) return Problem.Invalid("from", "There is no such version.");
        var text = await OwnFacts.CompleteAsync(Work, input.Rules is { } given ? given with { Facts = RuleSetText.FromJson(from.Content).Facts } : RuleSetText.FromJson(from.Content), ct);
        var stored = EditDraft.Storable(text);
        if (!stored.Ok) return stored.Problem;
        var draft = RuleDraft.Begin(Work.Tenant, Work.NewId<RuleDraftId>(), from.Number, input.Note.Trim(), text, Work.Now, Work.Actor.Name);
        Db.Add(draft);
        return draft.Id;
    }
}
