using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

/// <summary>Keeping a draft: shared by saving, registering and proposing to a second partner.</summary>
internal static class Drafts
{
    /// <summary>The draft with these fields, tracked: the one named, or a new one. Without fields it stays as it is.</summary>
    public static async Task<Result<Deal>> KeepAsync(Work work, DealId? draft, long? version, DealFields? fields, PartnerId? reseller, DealId? renews, bool complete, CancellationToken ct) =>
        (await KeepForAsync(work, draft, version, fields, reseller, renews, complete, ct)).Then<Deal>(kept => kept.Deal);

    /// <summary>The same, with the partner that holds it where it was read on the way.</summary>
    public static async Task<Result<(Deal Deal, PartnerRow? Holder)>> KeepForAsync(Work work, DealId? draft, long? version, DealFields? fields, PartnerId? reseller, DealId? renews, bool complete, CancellationToken ct)
    {
        var (product, own) = await Registration.BeginAsync(work, fields?.Product, ct);
        if (fields is not null && (complete ? Registration.Complete(fields, work.Today, new Check()) : Registration.Draft(fields, new Check())).Problem is { } problem) return problem;
        if (!product.Ok) return product.Problem;
        if (draft is not { } id) return await BeginAsync(work, fields, product.Value, own, reseller, renews, ct);
        return (await ChangeAsync(work, id, version, fields, product.Value, reseller, complete, ct)).Then<(Deal, PartnerRow?)>(deal => (deal, null));
    }

    private static async Task<Result<Deal>> ChangeAsync(Work work, DealId id, long? version, DealFields? fields, string? product, PartnerId? reseller, bool complete, CancellationToken ct)
    {
        var found = await work.OwnDealAsync(id, version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (deal.State != DealState.Draft) return complete ? deal : DealsProblems.NotDraft();
        if (deal.AwaitsPartner) return LifeProblems.AwaitsPartner();
        if (fields is null) return deal;
        if (await RenewsAsync(work, deal.RenewalOf, id, fields, ct) is { } problem) return problem;
        if (reseller is not null && reseller != deal.PartnerId)
        {
            var holder = await Distribution.HolderAsync(work, reseller, ct);
            if (!holder.Ok) return holder.Problem;
            deal.HoldBy(holder.Value.Id, work.Actor.Partner);
        }

        deal.Write(fields, product);
        return deal;
    }

    private static async Task<Result<(Deal Deal, PartnerRow? Holder)>> BeginAsync(Work work, DealFields? fields, string? product, Result<PartnerRow> own, PartnerId? reseller, DealId? renews, CancellationToken ct)
    {
        if (fields is null) return DealsProblems.Missing();
        if (renews is { } of)
        {
            var won = await Renewals.FindAsync(work, of, null, ct);
            if (!won.Ok) return won.Problem;
            if (!Renewals.SameCustomer(won.Value, fields)) return LifeProblems.OtherCustomer();
            reseller = won.Value.PartnerId;
        }

        var holder = await Distribution.HolderAsync(work, own, reseller, ct);
        if (!holder.Ok) return holder.Problem;
        var deal = Deal.Begin(work, holder.Value.Id, fields, product);
        if (holder.Value.Id != work.Actor.Partner) deal.HoldBy(holder.Value.Id, work.Actor.Partner);
        deal.Renew(renews);
        work.Db.Add(deal);
        return (deal, holder.Value);
    }

    private static async Task<Problem?> RenewsAsync(Work work, DealId? renews, DealId? self, DealFields fields, CancellationToken ct)
    {
        if (renews is not { } id) return null;
        var won = await Renewals.FindAsync(work, id, self, ct);
        return !won.Ok ? won.Problem : Renewals.SameCustomer(won.Value, fields) ? null : LifeProblems.OtherCustomer();
    }
}
