using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>Puts a draft aside for good.</summary>
internal sealed class DiscardDraft(Work work) : UseCase<RuleDraftId, RuleDraftId>(work)
{
    protected override Permission Permission => DealsPermissions.EditRules;

    protected override async Task<Result<RuleDraftId>> HandleAsync(RuleDraftId input, CancellationToken ct)
    {
        var found = await Work.RuleDraftAsync(input, null, ct);
        if (!found.Ok) return found.Problem;
        var moved = Work.Move(found.Value, RuleDraftTrigger.Discard);
        return moved.Ok ? input : moved.Problem;
    }
}
