using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

/// <summary>Keeping a draft: shared by saving, registering and proposing to a second partner.</summary>
internal sealed class Drafts(Work work, CustomFields own)
{
    /// <summary>The draft with these fields, tracked: the one named, or a new one. Without fields it stays as it is.</summary>
    public async Task<Result<Deal>> KeepAsync(DealId? draft, long? version, DealFields? fields, PartnerId? reseller, DealId? renews, bool complete, CancellationToken ct) =>
        (await KeepForAsync(draft, version, fields, reseller, renews, complete, ct)).Then<Deal>(kept => kept.Deal);

    /// <summary>The same, with the partner that holds it where it was read on the way.</summary>
    public async Task<Result<(Deal Deal, PartnerRow? Holder)>> KeepForAsync(DealId? draft, long? version, DealFields? fields, PartnerId? reseller, DealId? renews, bool complete, CancellationToken ct)
    {
        var begun = await Registration.BeginAsync(work, fields?.Product, ct);
        if (fields is not null && (complete ? Registration.Complete(fields, work.Today, new Check()) : Registration.Draft(fields, new Check())).Problem is { } problem) return problem;
        if (!begun.Product.Ok) return begun.Product.Problem;
        var kept = draft is not { } id ? await BeginAsync(fields, begun.Product.Value, begun.Partner, reseller, renews, ct)
            : (await ChangeAsync(id, version, fields, begun.Product.Value, reseller, complete, ct)).Then<(Deal Deal, PartnerRow? Holder)>(deal => (deal, null));
        if (!kept.Ok || !((complete && begun.MustFill) || fields?.Own is { Count: > 0 }) || kept.Value.Deal.State != DealState.Draft) return kept;
        // A registration that was sent already is not asked again.
        return await own.KeepAsync("deals", kept.Value.Deal.Id.ToString(), isNew: draft is null, fields?.Own, complete, ct) is { } refused ? refused : kept;
    }

    private async Task<Result<Deal>> ChangeAsync(DealId id, long? version, DealFields? fields, string? product, PartnerId? reseller, bool complete, CancellationToken ct)
    {
        var found = await work.OwnDealAsync(id, version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (deal.State != DealState.Draft) return complete ? deal : DealsProblems.NotDraft();
        if (deal.AwaitsPartner) return LifeProblems.AwaitsPartner();
        if (fields is null) return deal;
        if (await RenewsAsync(deal.RenewalOf, id, fields, ct) is { } problem) return problem;
        if (reseller is not null && reseller != deal.PartnerId)
        {
            var holder = await Distribution.HolderAsync(work, reseller, ct);
            if (!holder.Ok) return holder.Problem;
            deal.HoldBy(holder.Value.Id, work.Actor.Partner);
        }

        // Whoever is not shown the amount sends none back.
        var unseen = !complete && fields.Amount is null && !work.Db.ReadsAmounts();
        deal.Write(unseen ? fields with { Amount = deal.Amount, Currency = deal.Currency } : fields, product);
        return deal;
    }

    private async Task<Result<(Deal Deal, PartnerRow? Holder)>> BeginAsync(DealFields? fields, string? product, Result<PartnerRow> caller, PartnerId? reseller, DealId? renews, CancellationToken ct)
    {
        if (fields is null) return DealsProblems.Missing();
        if (renews is { } of)
        {
            var won = await Renewals.FindAsync(work, of, null, ct);
            if (!won.Ok) return won.Problem;
            if (Renewals.Other(won.Value, fields) is { } other) return other;
            reseller = won.Value.PartnerId;
        }

        var holder = await Distribution.HolderAsync(work, caller, reseller, ct);
        if (!holder.Ok) return holder.Problem;
        var deal = Deal.Begin(work, holder.Value.Id, fields, product);
        if (holder.Value.Id != work.Actor.Partner) deal.HoldBy(holder.Value.Id, work.Actor.Partner);
        deal.Renew(renews);
        work.Db.Add(deal);
        return (deal, holder.Value);
    }

    private async Task<Problem?> RenewsAsync(DealId? renews, DealId? self, DealFields fields, CancellationToken ct)
    {
        if (renews is not { } id) return null;
        var won = await Renewals.FindAsync(work, id, self, ct);
        return won.Ok ? Renewals.Other(won.Value, fields) : won.Problem;
    }
}
