using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>A draft to keep.</summary>
/// <param name="Deal">The draft that exists, or null for a new one.</param>
/// <param name="Fields">What has been typed so far.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record DraftInput(DealId? Deal, DealFields Fields, long? Version = null);

/// <summary>Keeps an unfinished registration; nobody but the partner reads it as a claim.</summary>
internal sealed class SaveDraft(Work work) : UseCase<DraftInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(DraftInput input, CancellationToken ct)
    {
        if (Registration.Draft(input.Fields, new Check()).Problem is { } problem) return problem;
        var product = await Registration.ProductNameAsync(Work, input.Fields.Product, ct);
        if (!product.Ok) return product.Problem;

        if (input.Deal is { } id)
        {
            var found = await Work.OwnDealAsync(id, input.Version, ct);
            if (!found.Ok) return found.Problem;
            if (found.Value.State != DealState.Draft) return DealsProblems.NotDraft();
            found.Value.Write(input.Fields, product.Value);
            return id;
        }

        var partner = await Registration.PartnerAsync(Work, ct);
        if (!partner.Ok) return partner.Problem;
        var deal = Deal.Begin(Work, partner.Value.Id, input.Fields, product.Value);
        Db.Add(deal);
        return deal.Id;
    }
}
