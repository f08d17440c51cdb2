using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Transfers;

/// <summary>What is said to a transfer: by the partner that is asked, or by the vendor that takes it back.</summary>
internal sealed record TransferAnswer(TransferId Transfer, bool Accept, string? Reason = null, long? Version = null);

/// <summary>
/// The partner that is asked takes a deal over, or does not. From that instant it holds the deal: what is won later is its credit and its earnings. Status, protection and
/// dates stay as they were promised; the deal team stays; the partner that held it sees it no more.
/// </summary>
internal sealed class AnswerTransfer(Work work, TransferMail mail, DealReceipts receipts) : UseCase<TransferAnswer, TransferId>(work)
{
    private static readonly AgreementState[] Open = [AgreementState.Proposed, AgreementState.Offered, AgreementState.Countered];

    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<TransferId>> HandleAsync(TransferAnswer input, CancellationToken ct)
    {
        var found = await Transfers.OpenAsync(Work, input, ct);
        if (!found.Ok) return found.Problem;
        var transfer = found.Value;
        if (Work.Actor.Partner != transfer.ToId) return TransferProblems.NotAsked();
        if (new Check().Text(input.Reason, "reason", "The reason", 1000, required: !input.Accept).Problem is { } problem) return problem;
        var giver = await mail.GiverAsync(transfer, ct);
        if (input.Accept && await TakeOverAsync(transfer, ct) is { } refused) return refused;
        var moved = transfer.Move(Work, input.Accept ? TransferTrigger.Accept : TransferTrigger.Decline, Text.OrNull(input.Reason));
        if (!moved.Ok) return moved.Problem;
        await mail.AnsweredAsync(transfer, giver, ct);
        return transfer.Id;
    }

    private async Task<Problem?> TakeOverAsync(Transfer transfer, CancellationToken ct)
    {
        if (!Transfer.Machine.Allows(transfer.State, TransferTrigger.Accept)) return Transfer.Machine.Next(transfer.State, TransferTrigger.Accept).Problem;
        // Nobody sees a deal before it holds it; that the vendor has offered this one is decided above.
        var (from, to, id) = (transfer.FromId, transfer.ToId, transfer.DealId);
        var deal = await Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).SingleAsync(d => d.Id == id, ct);
        if (!DealLifecycle.Claiming.Contains(deal.State) || deal.PartnerId != from) return TransferProblems.NotTransferable(deal.State);
        if (await Transfers.ContestedAsync(Work, id, ct)) return TransferProblems.ConflictOpen();
        var partner = await Db.Set<PartnerRow>().AsNoTracking().SingleAsync(p => p.Id == to, ct);
        if (!Registration.MayRegister(partner.State)) return DealsProblems.PartnerNotActive(partner.State);
        var moved = Work.Move(DealLifecycle.Machine, id.ToString(), deal.State, DealTrigger.Transfer, transfer.Reason);
        if (!moved.Ok) return moved.Problem;
        await Work.LockAsync($"deal-team:{id}", ct);
        await LapseAsync(deal, ct);
        deal.HandOver(to, Work.Actor.Person, Work.Actor.Name, Work.Now);
        await SellAsync(deal, to, ct);
        await TeamAsync(deal, from, to, ct);
        await receipts.TransferredAsync(deal, from, to, transfer.Reason, ct);
        Work.Publish(new DealTransferred(id, from, to, Work.Actor.Name, Work.Now));
        return null;
    }

    // It is sold on in the same motion where the one that comes has it.
    private async Task SellAsync(Deal deal, PartnerId to, CancellationToken ct)
    {
        var active = await Db.Set<PartnerMotionRow>().Where(m => m.PartnerId == to && m.State == MotionState.Active).Select(m => m.Motion).ToListAsync(ct);
        if (deal.Motion is not { } motion || !active.Contains(motion)) deal.SellBy(DealMotion.Of(active));
    }

    // What the one that goes has asked for is not what the one that comes wants.
    private async Task LapseAsync(Deal deal, CancellationToken ct)
    {
        const string words = "The registration has gone to another partner.";
        var id = deal.Id;
        foreach (var request in await Db.Set<DealRequest>().IgnoreQueryFilters([Db.PartnerFilter]).Where(r => r.DealId == id && r.State == RequestState.Pending).ToListAsync(ct)) request.Move(Work, RequestTrigger.Lapse, words);
        if (deal.ProtectionState == ProtectionState.ExtensionRequested) DecideRequest.Keep(Work, deal, words);
    }

    // Nobody has agreed to it yet: the same terms, with the partner with which they will hold.
    private async Task RewordAsync(Deal deal, CoalitionAgreement agreement, CancellationToken ct)
    {
        var (holder, partner) = await Work.NamesAsync(deal.PartnerId, agreement.PartnerId, ct);
        agreement.Write(agreement.Terms, deal, holder, partner, Work.Vendor(), Work.Now);
    }

    // The team goes on with the new holder. Where that one was on the team, it is now what the others agree with: its own place and its agreement are over.
    private async Task TeamAsync(Deal deal, PartnerId from, PartnerId to, CancellationToken ct)
    {
        var id = deal.Id;
        foreach (var member in await Db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).Where(m => m.DealId == id).ToListAsync(ct))
        {
            member.HolderId = to;
            if (member.PartnerId == to) (member.State, member.AnsweredAt, member.AnsweredByName) = (MemberState.Left, Work.Now, Work.Actor.Name);
        }

        await Workspace.MilestoneOwners.FallBackAsync(Work, id, from, to, ct);
        foreach (var step in await Db.Set<Workspace.NextStep>().IgnoreQueryFilters([Db.PartnerFilter]).Where(s => s.DealId == id && s.EndedAt == null).ToListAsync(ct)) step.HolderId = to;
        foreach (var agreement in await Db.Set<CoalitionAgreement>().IgnoreQueryFilters([Db.PartnerFilter]).Where(a => a.DealId == id).ToListAsync(ct))
        {
            agreement.HolderId = to;
            if (agreement.PartnerId == to && agreement.EndedAt is null) Work.Move(agreement, agreement.State == AgreementState.Accepted ? AgreementTrigger.Leave : AgreementTrigger.Withdraw, "It has taken the deal over.");
            else if (Open.Contains(agreement.State)) await RewordAsync(deal, agreement, ct);
        }
    }
}
