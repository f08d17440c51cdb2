using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>A draft to publish.</summary>
/// <param name="Draft">The draft; it has been simulated.</param>
/// <param name="EffectiveFrom">The first day on which it decides.</param>
/// <param name="SeenNewer">That versions published since it began have been looked at.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record DraftPublication(RuleDraftId Draft, DateOnly EffectiveFrom, bool SeenNewer = false, long? Version = null);

/// <summary>Makes a simulated draft the next version of the rules. Its own tests are run first; one that fails refuses it.</summary>
internal sealed class PublishDraft(Work work, PublishRules publish) : UseCase<DraftPublication, RuleSetId>(work)
{
    protected override Permission Permission => DealsPermissions.PublishRules;

    protected override async Task<Result<RuleSetId>> HandleAsync(DraftPublication input, CancellationToken ct)
    {
        await Work.LockAsync("deals.rules", ct);
        var found = await Work.RuleDraftAsync(input.Draft, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var draft = found.Value;
        var moved = Work.Move(draft, RuleDraftTrigger.Publish);
        if (!moved.Ok) return moved.Problem;
        var last = await RuleBook.NewestAsync(Work, ct);
        if (last.Number != draft.BasedOn && !input.SeenNewer) return RulesProblems.ChangedSince(draft.BasedOn, last.Number);
        var published = await publish.RunAsync(new NewRules(draft.Text, input.EffectiveFrom, draft.Note), ct);
        if (!published.Ok) return published.Problem;
        draft.Become(await Db.Set<RuleSet>().Where(r => r.Id == published.Value).Select(r => r.Number).SingleAsync(ct));
        return published.Value;
    }
}
