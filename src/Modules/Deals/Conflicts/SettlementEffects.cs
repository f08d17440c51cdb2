using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Deals.Workspace;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Conflicts;

/// <summary>Why, for the claimant's deal and for the other's: a partner reads the reason on its own deal.</summary>
internal sealed record SideReasons(string Claimant, string Other);

/// <summary>What a settlement does to the deals: gives protection, takes it, or sets a share. A deal that is over stays over.</summary>
internal sealed class SettlementEffects(Work work, DealReceipts receipts, DealMail mail)
{
    private OverrideReason? _because;

    private Db Db => work.Db;

    public async Task<Result<Done>> ApplyAsync(Conflict conflict, ConflictOutcome outcome, SideReasons why, int? share, OverrideReason? because, CancellationToken ct)
    {
        _because = because;
        if (outcome == ConflictOutcome.NoConflict) return default(Done);
        var claimant = await DealAsync(conflict.DealId, ct);
        if (claimant is null) return DealsProblems.Missing();
        await work.LockCustomerAsync(claimant, ct);
        if (conflict.Kind == ConflictKind.Credit) return await ShareAsync(conflict, claimant, share!.Value, ct);
        var other = conflict.OtherDealId is { } id && id != conflict.DealId ? await DealAsync(id, ct) : null;
        var code = conflict.Kind == ConflictKind.PartnerDirect ? ReasonCode.ExistingDirectOpportunity : ReasonCode.DuplicateOfEarlierRegistration;
        switch (outcome)
        {
            case ConflictOutcome.ClaimantHolds:
                var freed = await TakeAsync(other, why.Other, code, ct);
                return freed.Ok ? await GiveAsync(claimant, why.Claimant, ct) : freed;
            case ConflictOutcome.OtherHolds when conflict.Kind == ConflictKind.Refusal:
                return default(Done);
            case ConflictOutcome.OtherHolds:
                var taken = await TakeAsync(claimant, why.Claimant, code, ct);
                return taken.Ok && other is not null ? await GiveAsync(other, why.Other, ct) : taken;
            case ConflictOutcome.NoneHolds:
                var first = await TakeAsync(claimant, why.Claimant, ReasonCode.Other, ct);
                return first.Ok ? await TakeAsync(other, why.Other, ReasonCode.Other, ct) : first;
            default:
                return await TogetherAsync(claimant, other, why, share ?? 0, ct);
        }
    }

    // Whoever holds it keeps the deal; the other is offered a place on its team with the share.
    private async Task<Result<Done>> TogetherAsync(Deal claimant, Deal? other, SideReasons why, int share, CancellationToken ct)
    {
        if (other is null) return await GiveAsync(claimant, why.Claimant, ct);
        var (holder, guest, holders, guests) = DealLifecycle.Claiming.Contains(other.State) ? (other, claimant, why.Other, why.Claimant) : (claimant, other, why.Claimant, why.Other);
        var given = await GiveAsync(holder, holders, ct);
        if (!given.Ok) return given;
        var taken = await TakeAsync(guest, guests, ReasonCode.DuplicateOfEarlierRegistration, ct);
        if (!taken.Ok || holder.PartnerId == guest.PartnerId) return taken;
        return await PlaceAsync(holder, guest.PartnerId, share, ct);
    }

    private async Task<Result<Done>> ShareAsync(Conflict conflict, Deal deal, int share, CancellationToken ct)
    {
        // The holder has what the members have not: its share is set through the other's place.
        return conflict.PartnerId == deal.PartnerId
            ? await PlaceAsync(deal, conflict.OtherPartnerId!.Value, 10_000 - share, ct)
            : await PlaceAsync(deal, conflict.PartnerId, share, ct);
    }

    // Nobody is put on a team by somebody else's word: who has accepted a place has the share that was decided, anybody else is offered it.
    private async Task<Result<Done>> PlaceAsync(Deal deal, PartnerId partner, int share, CancellationToken ct)
    {
        var id = deal.Id;
        await work.LockAsync($"deal-team:{id}", ct);
        var team = await Db.Set<DealMember>().Where(m => m.DealId == id).ToListAsync(ct);
        var place = team.Find(m => m.PartnerId == partner);
        var left = Shares.Left(team.Where(m => m.PartnerId != partner));
        if (share > left) return DealsProblems.SharesExceeded(left);
        if (place is { State: MemberState.Accepted })
        {
            place.ShareBasisPoints = share;
            work.Publish(new DealMemberJoined(id, partner, place.Role, share, work.Now));
            return default(Done);
        }

        if (place is null)
        {
            place = new DealMember { TenantId = work.Tenant, DealId = id, PartnerId = partner, HolderId = deal.PartnerId, Role = DealRole.Influence };
            Db.Add(place);
        }

        place.Reads = Db.Sights().Parts(place.Visibility);

        // Of the work it had a place with before, others may have taken on a part meanwhile.
        place.WorkBasisPoints = Math.Min(place.WorkBasisPoints, Shares.WorkLeft(team.Where(m => m.PartnerId != partner)));
        (place.State, place.ShareBasisPoints, place.InvitedAt, place.InvitedByName, place.AnsweredAt, place.AnsweredByName) = (MemberState.Invited, share, work.Now, work.Actor.Name, null, null);
        var offered = await work.OfferDecidedAsync(deal, place, ct);
        if (!offered.Ok) return offered.Problem;
        await mail.InvitedAsync(deal, place, ct);
        return default(Done);
    }

    private async Task<Result<Done>> GiveAsync(Deal deal, string reason, CancellationToken ct)
    {
        if (deal.State is DealState.Rejected or DealState.Revoked)
        {
            var id = deal.Id;
            if (deal.State == DealState.Rejected && await Db.Set<Decision>().Where(d => d.DealId == id).OrderByDescending(d => d.Id).FirstOrDefaultAsync(ct) is { Outcome: Outcome.Refuse } refused)
            {
                if (_because is not { } because) return ConflictsProblems.OverrideUnexplained();
                refused.Override(because);
            }

            var reopened = work.Move(deal, DealTrigger.Reinstate, reason);
            if (!reopened.Ok) return reopened.Problem;
            await work.KeepKeysAsync(deal, ct);
        }

        // What waits for the partner's answer, is held already, or ended otherwise stays where it is.
        if (deal.State != DealState.InReview) return default(Done);
        var partner = await Db.Set<PartnerRow>().AsNoTracking().SingleAsync(p => p.Id == deal.PartnerId, ct);
        var rival = (await Claims.OnAsync(work, deal, ct)).FirstOrDefault(c => c.IsProtected(work.Today) && c.Covers(deal.ProductId) && !Moved(c.Deal)
            && Claims.Judge(Customer.Typed(deal), deal.AccountId, c) == SameCustomer.Yes);
        if (rival is not null) return DealsProblems.Protected(rival.Deal, rival.ExpiresOn);
        var rules = RuleSetText.FromJson((await RuleBook.CurrentAsync(work, ct)).Content);
        var moved = work.Move(deal, DealTrigger.Approve, reason);
        if (!moved.Ok) return moved.Problem;
        deal.Protect(work.Today.AddDays(rules.Protection[Words.Of(await DealMotion.TierAsync(work, partner, deal.Motion, ct))]));
        work.Publish(new DealDecided(deal.Id, deal.PartnerId, deal.State, null, work.Now));
        await receipts.DecidedAsync(deal, ct);
        return default(Done);
    }

    private async Task<Result<Done>> TakeAsync(Deal? deal, string reason, ReasonCode code, CancellationToken ct)
    {
        if (deal is null) return default(Done);
        var on = deal.State switch { DealState.Approved or DealState.Converted => DealTrigger.Revoke, DealState.InReview or DealState.InfoRequested => DealTrigger.Reject, _ => (DealTrigger?)null };
        if (on is not { } trigger) return default(Done);
        var moved = work.Move(deal, trigger, reason, code);
        if (!moved.Ok) return moved.Problem;
        if (trigger == DealTrigger.Revoke) work.Publish(new DealEnded(deal.Id, deal.PartnerId, deal.State, work.Now));
        else work.Publish(new DealDecided(deal.Id, deal.PartnerId, deal.State, Words.Of(code), work.Now));
        await receipts.DecidedAsync(deal, ct);
        return default(Done);
    }

    // The database still shows what this transaction has taken away.
    private bool Moved(DealId id) => Db.Set<Deal>().Local.Any(d => d.Id == id && !DealLifecycle.Claiming.Contains(d.State));

    private Task<Deal?> DealAsync(DealId id, CancellationToken ct) => Db.Set<Deal>().SingleOrDefaultAsync(d => d.Id == id, ct);
}
