using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Transfers;

/// <summary>A deal, the partner that shall take it over, and why.</summary>
internal sealed record TransferInput(DealId Deal, PartnerId? Partner, string? Reason, long? Version = null)
{
    /// <summary>The partner by its web address, where its identifier is not said.</summary>
    public string? Domain { get; init; }
}

/// <summary>The vendor proposes to hand a protected deal to another partner. Both partners are told; nothing changes until the other one accepts.</summary>
internal sealed class ProposeTransfer(Work work, TransferMail mail) : UseCase<TransferInput, TransferId>(work)
{
    protected override Permission Permission => TransferPermissions.Propose;

    protected override async Task<Result<TransferId>> HandleAsync(TransferInput input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (deal.State == DealState.Draft || Work.Actor.IsPartner) return DealsProblems.Missing();
        if (new Check().Text(input.Reason, "reason", "The reason", 1000).Problem is { } problem) return problem;
        if (!DealLifecycle.Claiming.Contains(deal.State)) return TransferProblems.NotTransferable(deal.State);
        if (input.Partner is null && Text.OrNull(input.Domain) is null) return TransferProblems.WhichPartner();
        var partner = await TakerAsync(input, ct);
        if (partner?.Id == deal.PartnerId) return TransferProblems.HolderItself();
        if (partner is null || !Registration.MayRegister(partner.State)) return TransferProblems.NoTaker();
        await Work.LockAsync(Transfers.Key(deal.Id), ct);
        if (await Db.Set<Transfer>().Where(t => t.DealId == deal.Id && t.State == TransferState.Proposed).Select(t => (TransferId?)t.Id).FirstOrDefaultAsync(ct) is { } open) return TransferProblems.AlreadyProposed(open);
        if (await Transfers.ContestedAsync(Work, deal.Id, ct)) return TransferProblems.ConflictOpen();
        var transfer = new Transfer
        {
            TenantId = Work.Tenant, Id = Work.NewId<TransferId>(), DealId = deal.Id, FromId = deal.PartnerId, ToId = partner.Id, FromPerson = deal.RegisteredBy, Title = deal.Title,
            Reason = input.Reason!.Trim(), ProposedAt = Work.Now, ProposedBy = Work.Actor.Person, ProposedByName = Work.Actor.Name,
        };
        Db.Add(transfer);
        await mail.ProposedAsync(transfer, ct);
        return transfer.Id;
    }

    private async Task<PartnerRow?> TakerAsync(TransferInput input, CancellationToken ct)
    {
        var partners = Db.Set<PartnerRow>().AsNoTracking();
        if (input.Partner is { } id) return await partners.SingleOrDefaultAsync(p => p.Id == id, ct);
        return Customer.Domain(input.Domain) is { } domain ? await partners.Where(p => p.Domain == domain).OrderBy(p => p.Since).FirstOrDefaultAsync(ct) : null;
    }
}

/// <summary>What the use cases on transfers share.</summary>
internal static class Transfers
{
    private static readonly ConflictState[] Settled = [ConflictState.None, ConflictState.Settled];

    public static string Key(DealId deal) => $"deal-transfer:{deal}";

    /// <summary>The transfer, as far as the actor sees it, with its deal's lock taken: of two answers at the same instant one comes first.</summary>
    public static async Task<Result<Transfer>> OpenAsync(Work work, TransferAnswer input, CancellationToken ct)
    {
        var id = input.Transfer;
        if (await work.Db.Set<Transfer>().Where(t => t.Id == id).Select(t => (DealId?)t.DealId).SingleOrDefaultAsync(ct) is not { } deal) return TransferProblems.Missing();
        await work.LockAsync(Key(deal), ct);
        var transfer = await work.Db.Set<Transfer>().SingleAsync(t => t.Id == id, ct);
        return input.Version is { } seen && seen != transfer.Version ? Problem.Stale() : transfer;
    }

    public static Task<bool> ContestedAsync(Work work, DealId deal, CancellationToken ct) => work.Db.Set<Conflict>().IgnoreQueryFilters([Db.PartnerFilter])
        .AnyAsync(c => (c.DealId == deal || c.OtherDealId == deal) && !Settled.Contains(c.State), ct);
}
