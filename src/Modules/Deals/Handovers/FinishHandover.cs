using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>A handover and the number under which the deal goes on there.</summary>
/// <param name="Handover">The handover.</param>
/// <param name="Number">The identifier of the opportunity, or the number of the order.</param>
/// <param name="Owner">For the CRM: its seller by name, or null.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record FinishInput(HandoverId Handover, string? Number, string? Owner = null, long? Version = null);

/// <summary>
/// The deal is in the other system. From the CRM its opportunity is mirrored and the registration is converted, so that nobody types it again. The same number said twice is one answer.
/// </summary>
internal sealed class FinishHandover(Work work) : UseCase<FinishInput, HandoverId>(work)
{
    protected override Permission Permission => HandoverPermissions.Work;

    protected override async Task<Result<HandoverId>> HandleAsync(FinishInput input, CancellationToken ct)
    {
        var found = await Work.HandoverAsync(input.Handover, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var handover = found.Value;
        if (new Check().Text(input.Number, "number", "The number", 80, required: !handover.IsUpdate).Text(input.Owner, "owner", "The seller’s name", 120, required: false).Problem is { } problem) return problem;
        var number = Text.OrNull(input.Number)?.Trim();
        if (handover is { State: HandoverState.Done, Number: { } named }) return number is null || named == number ? handover.Id : HandoverProblems.OtherNumber(named);
        var deal = await Db.Set<Deal>().SingleAsync(d => d.Id == handover.DealId, ct);
        // The other system has it whatever has become of the deal here: its number is not lost.
        var late = handover.System == ConnectedKind.Crm && !handover.IsUpdate && deal.OpportunityId is null && !DealLifecycle.Machine.Allows(deal.State, DealTrigger.Convert);
        // What a person has entered there by hand is the deal as it stands now.
        if (handover.Facts is null && handover.State == HandoverState.Waiting) await HandoverFacts.NoteAsync(Work, [handover], ct);
        // A system that has taken it may name its number later.
        if (handover.State != HandoverState.Done && handover.Move(Work, HandoverTrigger.Finish, late ? "The deal had ended here before it was there." : null).Problem is { } refused) return refused;
        if (number is null) return handover.Id;
        handover.Arrive(number);
        if (handover.System == ConnectedKind.Erp || handover.IsUpdate || late) return handover.Id;
        var linked = await LinkAsync(deal, number, Text.OrNull(input.Owner)?.Trim(), ct);
        return linked is null ? handover.Id : linked;
    }

    private async Task<Problem?> LinkAsync(Deal deal, string number, string? owner, CancellationToken ct)
    {
        if (deal.OpportunityId is not null) return null;
        var opened = await OpenOpportunity.WithinAsync(Work, new NewOpportunity(number, deal.AccountId, deal.ProductId, new Money(deal.Amount, deal.Currency), deal.ExpectedClose, owner), ct);
        if (!opened.Ok) return opened.Problem;
        return (await Work.ConvertAsync(deal, opened.Value, ct)).Problem;
    }
}

/// <summary>What the use cases on handovers share.</summary>
internal static class Handovers
{
    /// <summary>The handover, tracked, if nobody changed it since <paramref name="version"/>.</summary>
    public static async Task<Result<Handover>> HandoverAsync(this Work work, HandoverId id, long? version, CancellationToken ct)
    {
        var handover = await work.Db.Set<Handover>().SingleOrDefaultAsync(h => h.Id == id, ct);
        if (handover is null) return HandoverProblems.Missing();
        return version is { } seen && seen != handover.Version ? Problem.Stale() : handover;
    }
}
