using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

/// <summary>What the use cases on agreements share.</summary>
internal static class Agreeing
{
    public static readonly AgreementState[] Alive = [AgreementState.Proposed, AgreementState.Offered, AgreementState.Countered, AgreementState.Accepted];

    /// <summary>Moves an agreement and writes the move down.</summary>
    public static Result<AgreementState> Move(this Work work, CoalitionAgreement agreement, AgreementTrigger on, string? reason = null)
    {
        var next = work.Move(AgreementLifecycle.Machine, agreement.Id.ToString(), agreement.State, on, reason);
        if (!next.Ok) return next;
        agreement.State = next.Value;
        if (next.Value is AgreementState.Ended or AgreementState.Left or AgreementState.Withdrawn or AgreementState.Declined) (agreement.EndedAt, agreement.EndReason) = (work.Now, reason);
        return next;
    }

    /// <summary>The living agreement of a partner on a deal, as far as the actor sees it.</summary>
    public static Task<CoalitionAgreement?> LivingAsync(this Work work, DealId deal, PartnerId partner, CancellationToken ct) =>
        work.Db.Set<CoalitionAgreement>().Where(a => a.DealId == deal && a.PartnerId == partner && Alive.Contains(a.State)).OrderByDescending(a => a.Id).FirstOrDefaultAsync(ct);

    public static Task<List<CoalitionAgreement>> LivingAsync(this Work work, DealId deal, CancellationToken ct) =>
        work.Db.Set<CoalitionAgreement>().Where(a => a.DealId == deal && Alive.Contains(a.State)).OrderBy(a => a.Id).ToListAsync(ct);

    /// <summary>Offers a place whose terms a person has decided in a conflict: it counts when the partner accepts. What was offered before gives way.</summary>
    public static async Task<Result<AgreementState>> OfferDecidedAsync(this Work work, Deal deal, DealMember place, CancellationToken ct)
    {
        if (await work.LivingAsync(deal.Id, place.PartnerId, ct) is { } earlier)
        {
            var withdrawn = work.Move(earlier, AgreementTrigger.Withdraw, "Other terms were decided.");
            if (!withdrawn.Ok) return withdrawn;
        }

        var agreement = new CoalitionAgreement
        {
            TenantId = work.Tenant,
            Id = work.NewId<AgreementId>(),
            DealId = deal.Id,
            PartnerId = place.PartnerId,
            HolderId = deal.PartnerId,
            State = AgreementState.Offered,
            ProposedAt = work.Now,
            ProposedByName = work.Actor.Name,
            ConsentedAt = work.Now,
            ConsentedByName = "Decided in a conflict",
        };
        var (holder, partner) = await work.NamesAsync(deal.PartnerId, place.PartnerId, ct);
        agreement.Write(new Terms(place.Role, place.ShareBasisPoints, place.WorkBasisPoints, place.Visibility) { Reads = place.Reads }, deal, holder, partner, work.Vendor(), work.Now);
        work.Db.Add(agreement);
        return agreement.State;
    }

    public static async Task<(string Holder, string Partner)> NamesAsync(this Work work, PartnerId holder, PartnerId partner, CancellationToken ct)
    {
        var names = await DealList.PartnerNamesAsync(work, [holder, partner], ct);
        return (names.GetValueOrDefault(holder, "The registering partner"), names.GetValueOrDefault(partner, "The invited partner"));
    }

    public static string Vendor(this Work work) => work.Actor.TenantName is { Length: > 0 } name ? name : "The vendor";
}
