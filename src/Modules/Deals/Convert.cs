using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>The opportunity of the CRM in which a deal goes on.</summary>
internal sealed record ConvertInput(DealId Deal, OpportunityId? Opportunity, long? Version = null);

/// <summary>The vendor links the opportunity: the registration is converted and stays protected until the deal is won or lost.</summary>
internal sealed class Convert(Work work) : UseCase<ConvertInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Close;

    protected override async Task<Result<DealId>> HandleAsync(ConvertInput input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (input.Opportunity is not { } id) return Problem.Invalid("opportunity", "Choose the opportunity.");
        var opportunity = await Db.Set<OpportunityRow>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct);
        if (opportunity is null) return DealsProblems.NoSuchOpportunity();
        if (await Closing.RefusedAsync(Work, deal, opportunity, ct) is { } refused) return refused;
        return await Work.ConvertAsync(deal, opportunity, ct);
    }
}

/// <summary>How a registration becomes an opportunity, whoever says so.</summary>
internal static class Linking
{
    public static async Task<Result<DealId>> ConvertAsync(this Work work, Deal deal, OpportunityRow opportunity, CancellationToken ct)
    {
        var id = opportunity.Id;
        if (deal.AccountId is { } account && opportunity.AccountId is { } other && account != other) return DealsProblems.OtherCustomersOpportunity();
        await work.LockAsync($"opportunity:{id}", ct);
        if (await work.Db.Set<Deal>().AnyAsync(d => d.OpportunityId == id && d.Id != deal.Id, ct)) return DealsProblems.OpportunityTaken(id);
        var moved = work.Move(deal, DealTrigger.Convert, $"Linked to opportunity {opportunity.ExternalId}.");
        if (!moved.Ok) return moved.Problem;
        deal.Link(id, work.Now);
        work.Publish(new DealChanged(deal.Id, work.Now));
        if (deal.AccountId is null && opportunity.AccountId is { } known) deal.Identify(AccountState.Matched, known);
        return deal.Id;
    }
}
