using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>The day from which the draft decides.</summary>
internal sealed record PassingPublication(DateOnly? EffectiveFrom = null, long? Version = null);

/// <summary>Publishes the draft. Earlier versions stay, for the leads that they have decided.</summary>
internal sealed class PublishPassingRules(Work work) : UseCase<PassingPublication, PassingRulesId>(work)
{
    protected override Permission Permission => DealsPermissions.PublishRules;

    protected override async Task<Result<PassingRulesId>> HandleAsync(PassingPublication input, CancellationToken ct)
    {
        if (input.EffectiveFrom < Work.Today) return RulesProblems.InPast();
        await Work.LockAsync(KeepPassingRules.LockKey, ct);
        var draft = await Db.Set<PassingRules>().FirstOrDefaultAsync(r => r.State == PassingRulesState.Draft, ct);
        if (draft is null) return RulesProblems.MissingDraft();
        if (input.Version is { } seen && seen != draft.Version) return Problem.Stale();
        if (KeepPassingRules.Checked(RuleSetText.FromJson(draft.Content)).Problem is { } wrong) return wrong;
        var moved = Work.Move(PassingRules.Machine, draft.Id.ToString(), draft.State, PassingRulesTrigger.Publish, draft.Note);
        if (!moved.Ok) return moved.Problem;
        // The shipped rules are version 1.
        draft.Publish(1 + (await PassingBook.Published(Work).MaxAsync(r => (int?)r.Number, ct) ?? 1), input.EffectiveFrom ?? Work.Today);
        return draft.Id;
    }
}
