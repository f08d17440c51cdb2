using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>An opportunity that the CRM has opened for something that began here.</summary>
/// <param name="ExternalId">Its identifier in the CRM.</param>
/// <param name="Account">Whose it is, or null.</param>
/// <param name="Product">What is to be sold, or null.</param>
/// <param name="Amount">The expected amount; one of zero is not known.</param>
/// <param name="ExpectedOn">The expected close, or null.</param>
/// <param name="OwnerName">The seller by name or e-mail address, or null.</param>
public sealed record NewOpportunity(string ExternalId, AccountId? Account, ProductId? Product, Money Amount, DateOnly? ExpectedOn, string? OwnerName);

/// <summary>Mirrors an opportunity before the next import brings it: the import finds it by the same identifier.</summary>
public static class OpenOpportunity
{
    /// <summary>The opportunity by that identifier, opened today where none is known; a part of the caller's own act, saved with it.</summary>
    public static async Task<Result<OpportunityRow>> WithinAsync(Work work, NewOpportunity input, CancellationToken ct)
    {
        await work.LockAsync($"opportunity:external:{input.ExternalId}", ct);
        if (await work.Db.Set<OpportunityRow>().AsNoTracking().SingleOrDefaultAsync(o => o.ExternalId == input.ExternalId, ct) is { } known) return known;
        var owner = await SalesPeople.MeantAsync(work, input.OwnerName, ct);
        var opened = Opportunity.Create(work.Tenant, work.NewId<OpportunityId>(), new OpportunityFacts
        {
            ExternalId = input.ExternalId,
            Stage = OpportunityStage.Prospecting,
            AccountId = input.Account,
            ProductId = input.Product,
            OwnerName = owner.Name,
            OwnerId = owner.Person,
            Amount = input.Amount.Minor == 0 ? null : input.Amount.Minor,
            OpenedOn = work.Today,
            ExpectedOn = input.ExpectedOn,
        }, input.Amount.Currency, work.Today);
        work.Db.Add(opened);
        return new OpportunityRow
        {
            TenantId = opened.TenantId, Id = opened.Id, ExternalId = opened.ExternalId, AccountId = opened.AccountId, ProductId = opened.ProductId, OwnerName = opened.OwnerName, OwnerId = opened.OwnerId,
            Stage = opened.Stage, Amount = opened.Amount, Currency = opened.Currency, OpenedOn = opened.OpenedOn, StageChangedOn = opened.StageChangedOn, ExpectedOn = opened.ExpectedOn,
        };
    }
}
