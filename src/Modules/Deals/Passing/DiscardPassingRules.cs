using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>Throws the draft away.</summary>
internal sealed class DiscardPassingRules(Work work) : UseCase<PassingPublication, PassingRulesId>(work)
{
    protected override Permission Permission => DealsPermissions.EditRules;

    protected override async Task<Result<PassingRulesId>> HandleAsync(PassingPublication input, CancellationToken ct)
    {
        await Work.LockAsync(KeepPassingRules.LockKey, ct);
        var draft = await Db.Set<PassingRules>().FirstOrDefaultAsync(r => r.State == PassingRulesState.Draft, ct);
        if (draft is null) return RulesProblems.MissingDraft();
        var moved = Work.Move(PassingRules.Machine, draft.Id.ToString(), draft.State, PassingRulesTrigger.Discard);
        if (!moved.Ok) return moved.Problem;
        draft.Discard();
        return draft.Id;
    }
}
